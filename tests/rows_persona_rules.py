"""Rows about whose answers are, for tests/rows.py."""

from feedback.models import PersonaMerge, PersonaRule
from personas.models import Persona
from workspaces.models import Workspace


def fill_personas(workspace: Workspace) -> Persona:
    """A persona into which an older one was merged, and a rule that gives it by an attribute."""
    merged = Persona.objects.create(workspace=workspace, name="Pendler", archived_at="2026-03-01T12:00Z")
    persona: Persona = Persona.objects.create(workspace=workspace, name="Commuter")
    PersonaMerge.objects.create(workspace=workspace, persona=merged, into=persona)
    conditions = [{"fact": "attribute", "attribute": "line", "any_of": ["ICE 1703"]}]
    PersonaRule.objects.create(workspace=workspace, persona=persona, conditions=conditions, position=1)
    return persona
