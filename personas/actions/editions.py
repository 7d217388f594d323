"""Going back to how a persona's sheet stood once, and forgetting what may not be kept."""

from collections.abc import Iterable
from typing import Any

from personas.actions.sheet import OF_NOTE, facts_in, keep, sheet_of, stand, take_off
from personas.models import Note, NoteKind, Persona, PersonaEdition
from workspaces.access import locked
from workspaces.models import Actor, Workspace
from workspaces.transactions import retried


@retried
def restore_edition(edition: PersonaEdition, *, by: Actor) -> Persona:
    """Let the sheet say again what it said in that edition; how it stood until now is an edition, too.

    Twice is harmless. Raises IntegrityError when the name of then is another persona's by now.
    """
    persona = locked(edition.persona)
    if sheet_of(persona) == edition.sheet:
        return persona
    for name, value in facts_in(edition.sheet).items():
        setattr(persona, name, value)
    _say_again(persona, edition.sheet.get("notes", []))
    keep(persona, "edit", by=by, anew=True)
    return persona


def _say_again(persona: Persona, said: list[dict[str, Any]]) -> None:
    """Let exactly these notes stand, in their order; those that were purged since are made anew."""
    known = {note.pk: note for note in Note.objects.of(persona.workspace).filter(persona=persona)}
    standing: dict[str, list[Note]] = {kind: [] for kind in NoteKind.values}
    for one in said:
        note = known.pop(one["id"], None) or Note(workspace=persona.workspace, persona=persona)
        facts = {name: one[name] for name in OF_NOTE}
        if note.archived_at or any(getattr(note, name) != value for name, value in facts.items()):
            note.archived_at, note.position, note.version = None, None, note.version + bool(note.pk)
            for name, value in facts.items():
                setattr(note, name, value)
        standing[one["kind"]].append(note)
    for note in known.values():
        if note.archived_at is None:
            take_off(note)
    for notes in standing.values():
        stand(notes)


def forget_notes(workspace: Workspace, notes: Iterable[int]) -> int:
    """Delete these notes for good, in every edition, too, and return how many there were."""
    gone = set(notes)
    personas = set(Note.objects.of(workspace).filter(pk__in=gone).values_list("persona", flat=True))
    for edition in PersonaEdition.objects.of(workspace).filter(persona__in=personas).select_for_update():
        kept = [note for note in edition.sheet.get("notes", []) if note["id"] not in gone]
        if len(kept) != len(edition.sheet.get("notes", [])):
            edition.sheet["notes"] = kept
            edition.save(update_fields=["sheet"])
    deleted: dict[str, int] = Note.objects.of(workspace).filter(pk__in=gone).delete()[1]
    return deleted.get(Note._meta.label, 0)
