"""What people do with personas."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from personas.actions.sheet import FACTS, OF_NOTE, keep, keep_edition, lines_of, notes_of, say_lists
from personas.models import LISTS, Note, Persona, entries
from workspaces import clock
from workspaces.access import locked
from workspaces.actions import keeping, record
from workspaces.errors import Stale
from workspaces.models import Actor, User, Workspace
from workspaces.transactions import retried


@transaction.atomic
def create_persona(
    workspace: Workspace, *, by: Actor, notes: Iterable[Mapping[str, Any]] = (), **facts: Any
) -> Persona:
    """A new persona; lists are texts of one entry a line, `notes` say on what they rest, too, and stand in their order.

    Raises IntegrityError when the name is taken.
    """
    said = {name: facts.pop(name) for name in LISTS if name in facts}
    persona: Persona = Persona.objects.create(workspace=workspace, **facts)
    say_lists(persona, said)
    _say_notes(persona, notes)
    record(workspace, "persona.create", persona, by=by)
    keep_edition(persona, by=by)
    return persona


@retried
def edit_persona(persona: Persona, *, version: int, by: Actor, **facts: Any) -> Persona:
    """Change what is known of a persona; lists are texts of one entry a line, and known lines keep what they rest on.

    An edit that changes nothing is harmless. Raises Stale, and IntegrityError when the name is taken.
    """
    said = {name: facts.pop(name) for name in LISTS if name in facts}
    try:
        now = locked(persona, version)
    except Stale as stale:
        current: Persona = stale.current  # type: ignore[assignment]
        before = lines_of(current)
        if keeping.differs(current, facts) or any(before[name] != entries(text) for name, text in said.items()):
            raise
        return current  # sent twice
    changed = keeping.differs(now, facts)
    for name, value in facts.items():
        setattr(now, name, value)
    if say_lists(now, said) or changed:
        keep(now, "edit", by=by)
    return now


@retried
def rewrite(persona: Persona, fact: str, *, was: Any, value: Any, by: Actor) -> Persona:
    """Let one fact say `value`, whatever happened to the others. Twice is harmless.

    Raises Stale when it does not say any more what the person saw (`was`), and IntegrityError when a name is taken.
    """
    now = locked(persona)
    stored = getattr(now, fact)
    if stored == value:
        return now
    if stored != was:
        raise Stale(now)
    setattr(now, fact, value)
    keep(now, "edit", by=by)
    return now


@retried
def review_persona(persona: Persona, *, by: Actor) -> Persona:
    """Say that all of it was looked at today and still holds. Twice a day is harmless."""
    now = locked(persona)
    today = clock.today(now.workspace.zone)
    if now.reviewed_on != today:
        now.reviewed_on, now.reviewed_by = today, by if isinstance(by, User) else None
        if now.review_date and now.review_date <= today:
            now.review_date = None
        keep(now, "review", by=by)
    return now


def duplicate_persona(persona: Persona, *, name: str, by: Actor) -> Persona:
    """Another persona of that name with all that is said of this one. Raises IntegrityError when the name is taken."""
    facts = {fact: getattr(persona, fact) for fact in FACTS} | {"name": name}
    notes = [{fact: getattr(note, fact) for fact in OF_NOTE} for note in notes_of(persona)]
    return create_persona(persona.workspace, by=by, notes=notes, **facts)


def _say_notes(persona: Persona, notes: Iterable[Mapping[str, Any]]) -> None:
    """Of a persona that is new: each behind those of its kind."""
    places: Counter[str] = Counter(note.kind for note in notes_of(persona))
    new = []
    for facts in notes:
        kind = facts["kind"]
        new.append(Note(workspace=persona.workspace, persona=persona, position=places[kind], **facts))
        places[kind] += 1
    Note.objects.bulk_create(new)


def archive_persona(persona: Persona, *, by: Actor) -> Persona:
    """Take a persona out of lists and choices. Journeys that are drawn for it keep it."""
    return keeping.archive(persona, by=by)


def restore_persona(persona: Persona, *, by: Actor) -> Persona:
    """Take a persona back. Raises IntegrityError when another has its name by now."""
    return keeping.restore(persona, by=by)
