"""The sample's personas, with what is said of them and on what it rests."""

from typing import Any

from journeys.sample.content import LANGUAGES
from journeys.sample.days import in_days
from personas.actions import FACTS, create_persona
from personas.models import LISTS, NoteKind, Persona
from workspaces.models import User, Workspace


def write_personas(workspace: Workspace, entries: list[dict[str, Any]], *, by: User) -> dict[str, Persona]:
    """The personas, by their keys in the sample's files."""
    made = {}
    for entry in entries:
        facts = {name: entry[name] for name in (*FACTS, *LISTS) if name in entry}
        notes = list(_notes(entry, LANGUAGES.index(workspace.language)))
        if "review_in" in entry:
            facts["review_date"] = in_days(workspace, entry["review_in"])
        persona = made[entry["key"]] = create_persona(workspace, by=by, notes=notes, **facts)
        if "reviewed_ago" in entry:
            day = in_days(workspace, -entry["reviewed_ago"])
            Persona.objects.of(workspace).filter(pk=persona.pk).update(reviewed_on=day, reviewed_by=by)
    return made


def _notes(entry: dict[str, Any], language: int) -> list[dict[str, Any]]:
    told = [
        {"kind": kind, "text": texts[language], "evidence": evidence, "heard": heard}
        for kind, evidence, heard, *texts in entry["notes"]
    ]
    channels = [
        {"kind": NoteKind.CHANNEL.value, "text": texts[language], "weight": weight}
        for *texts, weight in entry["channels"]
    ]
    return told + channels
