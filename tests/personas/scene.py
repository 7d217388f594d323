"""A persona to play with, and what a person types about one."""

from typing import Any

from personas.actions import create_persona
from personas.models import Persona
from workspaces.models import User, Workspace


def mara(workspace: Workspace, by: User, **facts: Any) -> Persona:
    """Mara Lindner, who travels at weekends."""
    return create_persona(workspace, by=by, **{"name": "Mara Lindner", "segment": "Weekend traveller", **facts})


def typed(**facts: Any) -> dict[str, Any]:
    """A filled form."""
    return {"name": "Mara Lindner", "evidence": "assumption", **facts}
