"""What a file says of a persona, as far as it can be read, whatever its format."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from personas.models import MOST_NOTES, Evidence, Note, NoteKind, Persona


class Strange(NamedTuple):
    """Something in a file that is not taken: where, and its beginning or why."""

    where: str
    what: str


@dataclass
class Understood:
    """Facts by their names, and notes as `create_persona` takes them.

    `strange`: what is not known here, and left out; `faults`: for which nothing is taken.
    """

    facts: dict[str, Any] = field(default_factory=dict)
    notes: list[dict[str, Any]] = field(default_factory=list)
    strange: list[Strange] = field(default_factory=list)
    faults: list[Strange] = field(default_factory=list)

    def by_kind(self) -> list[tuple[NoteKind, list[dict[str, Any]]]]:
        """The notes, by what they speak of, in the order of the page."""
        said = [(kind, [note for note in self.notes if note["kind"] == kind]) for kind in NoteKind]
        return [(kind, notes) for kind, notes in said if notes]

    def fact(self, name: str, value: Any) -> str:
        """Take a fact as the persona keeps it; return why not, where that cannot be."""
        field = Persona._meta.get_field(name)
        try:
            self.facts[name] = field.clean(value, None)  # type: ignore[union-attr]
        except ValidationError as error:
            return " ".join(error.messages)
        return ""

    def note(self, kind: str, text: str, **rests_on: Any) -> str:
        """Take a note; return why not, where that cannot be. What is said twice is taken once."""
        facts = {"evidence": Evidence.ASSUMPTION.value, "heard": 0, "source": "", "weight": None} | rests_on
        note = Note(kind=kind, text=text, **facts)
        try:
            note.clean_fields(exclude=["workspace", "persona"])
            _check(note)
        except ValidationError as error:
            return " ".join(error.messages)
        if len(self.notes) >= MOST_NOTES:
            return _("A persona has at most %(most)s notes.") % {"most": MOST_NOTES}
        if not any((one["kind"], one["text"]) == (kind, text) for one in self.notes):
            self.notes.append({"kind": kind, "text": text, **facts})
        return ""


def _check(note: Note) -> None:
    """What the database would refuse beside the single fields."""
    if (note.evidence == Evidence.ASSUMPTION) != (note.heard == 0):
        raise ValidationError(_("Say how often it was heard, at least once; of an assumption nothing was heard."))
    if note.weight is not None and note.kind != NoteKind.CHANNEL:
        raise ValidationError(_("Only channels and media have a weight."))
