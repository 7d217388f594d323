"""A persona to play with, and what a person types about one."""

from typing import Any

from django.urls import reverse

from personas.actions import create_persona
from personas.models import Persona
from workspaces.models import User, Workspace

HTMX = {"HX-Request": "true"}


def mara(workspace: Workspace, by: User, **facts: Any) -> Persona:
    """Mara Lindner, who travels at weekends."""
    return create_persona(workspace, by=by, **{"name": "Mara Lindner", "segment": "Weekend traveller", **facts})


def typed(**facts: Any) -> dict[str, Any]:
    """A filled form."""
    return {"name": "Mara Lindner", "evidence": "assumption", "interviews": "0", **facts}


def page(name: str, persona: Persona, **more: int | str) -> str:
    """The address of one of a persona's pages."""
    return reverse(name, kwargs={"slug": persona.workspace.slug, "persona_id": persona.pk, **more})
