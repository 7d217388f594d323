"""What is said of personas over REST, note by note."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from personas.actions import add_notes, archive_note, edit_note, move_note, restore_note
from personas.models import Evidence, Note, NoteKind, Persona
from workspaces.api.fields import Here, KeptRow, ListQuery, asked, ordering, part_of
from workspaces.api.resource import KeptResource, Verbs
from workspaces.models import Actor, Workspace, WorkspaceQuerySet
from workspaces.transactions import retried


class PersonaNoteSerializer(KeptRow):
    """One thing that is said of a persona, and what it rests on.

    `heard`: in how many interviews, or in how many answers; 0 of an assumption. `position` counts from 0 within its
    kind. `after`: the note that it is to follow, null for the first place; a new note without it is the last.
    """

    persona = Here(Persona)
    after = Here(Note, required=False, allow_null=True, write_only=True)

    class Meta:
        model = Note
        fields = [
            "id", "version", "persona", "kind", "position", "after", "text", "evidence", "heard", "source", "weight",
            "created_at", "updated_at", "archived_at",
        ]  # fmt: skip

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A note stays with its persona, and follows one of the same persona."""
        persona = attrs.get("persona") or self.instance.persona  # type: ignore[union-attr] # a new one names it
        if self.instance and persona != self.instance.persona:
            raise serializers.ValidationError({"persona": [_("A note stays with its persona.")]})
        after = attrs.get("after")
        if after is not None and after.persona_id != persona.pk:
            raise serializers.ValidationError({"after": [Here.default_error_messages["does_not_exist"]]})
        return attrs


class PersonaNoteQuery(ListQuery):
    """What may be asked of the notes."""

    q = part_of("text")
    persona = asked(Persona)
    kind = serializers.ChoiceField(choices=NoteKind.choices, required=False)
    evidence = serializers.ChoiceField(choices=Evidence.choices, required=False)
    ordering = ordering("position", "updated_at")


@retried
def make(workspace: Workspace, *, by: Actor, persona: Persona, kind: str, text: str, **facts: Any) -> Note:
    """A new note behind those of its kind, or where it is to stand. What is said already is not said twice."""
    moves, after = "after" in facts, facts.pop("after", None)
    note = add_notes(persona, kind, [text], by=by, **facts)[0]
    return move_note(note, to=kind, after=after, by=by) if moves else note


@retried
def change(note: Note, *, version: int, by: Actor, **facts: Any) -> Note:
    """Change what a note says, and where it stands where `kind` or `after` is named."""
    facts.pop("persona", None)
    moves = "after" in facts or facts.get("kind", note.kind) != note.kind
    to, after = facts.pop("kind", note.kind), facts.pop("after", None)
    now = edit_note(note, version=version, by=by, **facts)
    return move_note(now, to=to, after=after, by=by) if moves else now


class PersonaNoteResource(KeptResource):
    """What is said of personas: the lists of their sheets, and their empathy maps."""

    model = Note
    serializer_class = PersonaNoteSerializer
    queries = {"list": PersonaNoteQuery}
    lookup_url_kwarg = "note_id"
    examples = {
        "create": {
            "persona": 5,
            "kind": "thinks",
            "text": "If a plan breaks, I want one person who owns it.",
            "evidence": "interviewed",
            "heard": 9,
            "source": "Interviews in May",
        },
        "partial_update": {"kind": "feels", "after": None, "version": 1},
    }
    verbs = Verbs(make, change, archive_note, restore_note)

    def rows(self) -> WorkspaceQuerySet:
        """With the persona of each."""
        return super().rows().select_related("persona")
