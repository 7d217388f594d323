"""Rows of what is said of a persona, for tests/rows.py."""

from feedback.models import PickedVerbatim, Response
from personas.actions import add_notes, edit_persona
from personas.models import Persona
from workspaces.models import User, Workspace


def fill_persona(workspace: Workspace, persona: Persona, *, by: User) -> None:
    """Needs, a thought, and a customer's own words; all of it is one edition of the sheet."""
    edit_persona(persona, version=1, needs="to be on time\nto sit", by=by)
    add_notes(persona, "thinks", ["Trains should beat the car."], evidence="interviewed", heard=5, by=by)
    said = add_notes(persona, "says", ["Nobody told us anything."], evidence="measured", heard=1, by=by)[0]
    response = Response.objects.of(workspace).latest("pk")
    PickedVerbatim.objects.create(workspace=workspace, note=said, response=response)
