"""What people do with what is said of a persona, note by note."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from personas.actions.sheet import keep, keep_edition, notes_of, stand, take_off
from personas.models import EMPATHY, MOST_NOTES, Note, NoteKind, Persona
from workspaces.access import locked
from workspaces.actions import keeping, record, record_all
from workspaces.errors import Refused, Stale
from workspaces.models import Actor
from workspaces.transactions import retried


class Gone(Refused):
    """The note, or the neighbour it was to follow, stands there no more."""

    status = 409


@retried
def add_notes(persona: Persona, kind: str, texts: Sequence[str], *, by: Actor, **facts: Any) -> list[Note]:
    """Say these of a persona, behind what is said already. What that kind says word for word is not said twice.

    `facts`: what they rest on. Raises Refused for more notes than a persona may have.
    """
    now = locked(persona)
    there = notes_of(now, kind)
    known = {note.text for note in there}
    said = list(dict.fromkeys(text.strip() for text in texts if text.strip()))
    made = [
        Note(workspace=now.workspace, persona=now, kind=kind, text=text, **facts) for text in said if text not in known
    ]
    if made:
        if Note.objects.of(now.workspace).kept().filter(persona=now).count() + len(made) > MOST_NOTES:
            raise Refused(_("A persona has at most %(most)s notes.") % {"most": MOST_NOTES})
        stand([*there, *made])
        record_all(now.workspace, "note.create", made, by=by)
        _sheet_changed(now, {kind}, by=by)
    return [note for note in notes_of(now, kind) if note.text in said]


@retried
def edit_note(note: Note, *, version: int, by: Actor, **facts: Any) -> Note:
    """Change what a note says or rests on. What changes nothing is harmless. Raises Stale, and IntegrityError."""
    persona = locked(note.persona)
    try:
        now = locked(note, version)
    except Stale as stale:
        if keeping.differs(stale.current, facts):
            raise
        return stale.current  # type: ignore[return-value] # sent twice
    if keeping.differs(now, facts):
        for name, value in facts.items():
            setattr(now, name, value)
        keeping.store(now, "edit", by=by)
        _sheet_changed(persona, {now.kind}, by=by)
    return now


@retried
def move_note(note: Note, *, to: str, after: Note | None, by: Actor) -> Note:
    """Let a note stand behind another of that kind, or first. Moving nothing is harmless.

    Raises Gone where the note or that neighbour was taken away or stands elsewhere by now.
    """
    persona = locked(note.persona)
    now = locked(note)
    if now.archived_at is not None:
        raise Gone(_("“%(note)s” was taken away meanwhile.") % {"note": now})
    there = [one for one in notes_of(persona, to) if one.pk != now.pk]
    places = {one.pk: place for place, one in enumerate(there, start=1)}
    if after is not None and after.pk not in places and after.pk != now.pk:
        raise Gone(_("“%(note)s” stands elsewhere by now.") % {"note": after})
    if after is not None and after.pk == now.pk:
        return now
    place = places[after.pk] if after else 0
    was = now.kind
    if was == to and now.position == place:
        return now
    there.insert(place, now)
    if was != to:
        now.kind, now.position, now.version = to, place, now.version + 1
        now.weight = now.weight if to == NoteKind.CHANNEL else None
        now.save()
        stand(one for one in notes_of(persona, was))
    stand(there)
    record(persona.workspace, "note.move", now, by=by)
    _sheet_changed(persona, {was, to}, by=by)
    return now


@retried
def archive_note(note: Note, *, by: Actor) -> Note:
    """Take a note away; it can be restored for 30 days. Twice is harmless."""
    persona = locked(note.persona)
    now = locked(note)
    if now.archived_at is None:
        take_off(now)
        stand(notes_of(persona, now.kind))
        record(persona.workspace, "note.archive", now, by=by)
        _sheet_changed(persona, {now.kind}, by=by)
    return now


@retried
def restore_note(note: Note, *, by: Actor) -> Note:
    """Take a note back, as the last of its kind. Twice is harmless."""
    persona = locked(note.persona)
    now = locked(note)
    if now.archived_at is not None:
        now.archived_at = None
        now.version += 1
        stand([*notes_of(persona, now.kind), now])
        record(persona.workspace, "note.restore", now, by=by)
        _sheet_changed(persona, {now.kind}, by=by)
    return now


def _sheet_changed(persona: Persona, kinds: set[str], *, by: Actor) -> None:
    """The lists are edited with the facts, too, and so raise the persona's version; the empathy map does not."""
    if kinds <= set(EMPATHY):
        keep_edition(persona, by=by)
    else:
        keep(persona, "edit", by=by)
