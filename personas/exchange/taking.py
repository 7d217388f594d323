"""A persona from a file, whatever its format: looked at first, then made."""

from personas.actions import create_persona
from personas.exchange.reading_json import understand_json
from personas.exchange.reading_markdown import understand_markdown
from personas.exchange.understood import Understood
from personas.models import Persona
from workspaces.models import Actor, Workspace


def understand(text: str) -> Understood:
    """Read a file: what begins as JSON does is JSON, all else Markdown."""
    return understand_json(text) if text.lstrip("\ufeff \t\r\n")[:1] in {"{", "["} else understand_markdown(text)


def take_persona(found: Understood, workspace: Workspace, *, name: str, by: Actor) -> Persona:
    """The persona of a file without faults, by that name. Raises IntegrityError when the name is taken."""
    assert not found.faults
    return create_persona(workspace, by=by, notes=found.notes, **found.facts | {"name": name})
