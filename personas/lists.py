"""What is said of a persona as its page shows it: a list for each kind of note."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from personas.actions import notes_of
from personas.models import EMPATHY, LISTS, Note, NoteKind, Persona


class NoteList(NamedTuple):
    """The notes of one kind, in order."""

    kind: NoteKind
    notes: Sequence[Note]

    @property
    def in_serif(self) -> bool:
        """Whether they are the customers' own words."""
        return self.kind == NoteKind.SAYS

    @property
    def group(self) -> str:
        """Of what it is a part: the empathy map (`map`) or the `sheet`; a note stays in its part."""
        return "map" if self.kind in EMPATHY else "sheet"

    @property
    def ways(self) -> list[NoteKind]:
        """Where its notes may be moved to."""
        part: tuple[NoteKind, ...] = EMPATHY if self.kind in EMPATHY else tuple(LISTS.values())
        return [other for other in part if other != self.kind]

    @property
    def with_weights(self) -> bool:
        """Whether each has a weight, to be drawn as a bar."""
        return self.kind == NoteKind.CHANNEL


def lists_of(persona: Persona, kinds: Iterable[str] = NoteKind.values) -> dict[str, NoteList]:
    """The lists of these kinds: one statement."""
    said: dict[str, list[Note]] = {kind: [] for kind in kinds}
    for note in notes_of(persona):
        if note.kind in said:
            note.persona = persona
            said[note.kind].append(note)
    return {kind: NoteList(NoteKind(kind), notes) for kind, notes in said.items()}


def of_kinds(lists: dict[str, NoteList], kinds: Iterable[NoteKind]) -> list[NoteList]:
    """These of the lists, in that order."""
    return [lists[kind] for kind in kinds]
