"""Customers' own words, picked for a persona's sheet."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from feedback.models import PickedVerbatim, Response
from personas.actions import add_notes, forget_notes
from personas.models import LONGEST_NOTE, Evidence, Note, Persona
from workspaces.access import locked
from workspaces.models import Actor, Workspace
from workspaces.transactions import retried


@retried
def pick_verbatim(response: Response, persona: Persona, *, kind: str, by: Actor) -> Note | None:
    """Say of a persona what a customer wrote, as measured, and remember which answer it is. Twice is harmless.

    None where the comment is gone by now.
    """
    said = locked(response).text.strip()
    if not said:
        return None
    known = PickedVerbatim.objects.of(persona.workspace).filter(response=response, note__persona=persona)
    there: PickedVerbatim | None = known.filter(note__archived_at=None).select_related("note").first()
    if there:
        return there.note
    text = Truncator(" ".join(said.split())).chars(LONGEST_NOTE)
    day = date_format(response.submission.day, "SHORT_DATE_FORMAT")
    rests_on = {"evidence": Evidence.MEASURED, "heard": 1, "source": _("An answer of %(day)s") % {"day": day}}
    note = add_notes(persona, kind, [text], by=by, **rests_on)[0]
    PickedVerbatim.objects.get_or_create(workspace=persona.workspace, note=note, defaults={"response": response})
    return note


def forget_picked(workspace: Workspace, responses: Iterable[int]) -> int:
    """Delete the notes that quote these answers, in every version of their sheets, too; return how many."""
    quoting = PickedVerbatim.objects.of(workspace).filter(response__in=list(responses))
    return forget_notes(workspace, list(quoting.values_list("note", flat=True)))
