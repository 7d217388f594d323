"""What people do with personas."""

from typing import Any

from django.db import transaction

from personas.models import Persona
from workspaces.actions import keeping, record
from workspaces.models import Actor, Workspace


@transaction.atomic
def create_persona(workspace: Workspace, *, by: Actor, **facts: Any) -> Persona:
    """A new persona. Raises IntegrityError when the name is taken."""
    persona: Persona = Persona.objects.create(workspace=workspace, **facts)
    record(workspace, "persona.create", persona, by=by)
    return persona


def edit_persona(persona: Persona, *, version: int, by: Actor, **facts: Any) -> Persona:
    """Change what is known of a persona. Raises Stale, and IntegrityError when the name is taken."""
    return keeping.edit(persona, version=version, by=by, **facts)


def archive_persona(persona: Persona, *, by: Actor) -> Persona:
    """Take a persona out of lists and choices. Journeys that are drawn for it keep it."""
    return keeping.archive(persona, by=by)


def restore_persona(persona: Persona, *, by: Actor) -> Persona:
    """Take a persona back. Raises IntegrityError when another has its name by now."""
    return keeping.restore(persona, by=by)
