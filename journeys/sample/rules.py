"""Whose the sample's answers are that do not say so. The rules come after them: applying them is left to try."""

from collections.abc import Mapping, Sequence
from typing import Any

from feedback.actions import create_persona_rule
from personas.models import Persona
from workspaces.models import User, Workspace


def write_rules(
    workspace: Workspace, entries: Sequence[Mapping[str, Any]], personas: Mapping[str, Persona], *, by: User
) -> None:
    """The rules of the file, in their order. `personas`: by its keys."""
    for entry in entries:
        conditions = [{"fact": "attribute", "attribute": "reason", "any_of": entry["reason"]}]
        if "device" in entry:
            conditions.append({"fact": "device", "any_of": [entry["device"]]})
        create_persona_rule(workspace, persona=personas[entry["persona"]], conditions=conditions, by=by)
