"""Comments on touchpoints, measures and opportunities over REST."""

from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from measures.models import Measure, Opportunity
from touchpoints.models import Touchpoint
from workspaces.actions import (
    archive_comment,
    edit_comment,
    reopen_conversation,
    resolve_conversation,
    restore_comment,
    say_about,
)
from workspaces.api.fields import Here, KeptRow, ListQuery, asked, ordering
from workspaces.api.once import once
from workspaces.api.resource import KeptResource, Verbs
from workspaces.errors import Refused
from workspaces.models import Comment, Workspace, WorkspaceQuerySet

# What is discussed over REST, by the name of its field. Notes on cases are the pages' alone.
THINGS: dict[str, type[Model]] = {"touchpoint": Touchpoint, "measure": Measure, "opportunity": Opportunity}


def about(model: type[Model]) -> Here:
    """A field that names what is discussed; null in comments about something else."""
    return Here(model, source=f"thread.{model._meta.model_name}", required=False, allow_null=True)


class CommentSerializer(KeptRow):
    """Something said about a `touchpoint`, a `measure` or an `opportunity`; the other two are null.

    `answers` names the comment that began the conversation, null where it did. `@Name` in the text tells that member.
    Only who wrote a comment may change it; the rest of it stays as it is.
    """

    touchpoint = about(Touchpoint)
    measure = about(Measure)
    opportunity = about(Opportunity)
    author = serializers.CharField(read_only=True, allow_null=True, help_text="the person or token, as far as known")
    resolved_at = serializers.DateTimeField(read_only=True, allow_null=True, help_text="of conversations")

    class Meta:
        model = Comment
        fields = [
            "id", "version", "touchpoint", "measure", "opportunity", "answers", "text", "author", "resolved_at",
            "created_at", "updated_at", "archived_at",
        ]  # fmt: skip

    def validate(self, facts: dict[str, Any]) -> dict[str, Any]:
        """It is about one thing, and stays where it was said."""
        named = facts.pop("thread", {})
        things = [thing for thing in named.values() if thing is not None]
        if self.instance is None:
            if len(things) != 1:
                raise Refused(_("Name what it is about: a touchpoint, a measure or an opportunity."))
            return facts | {"thing": things[0]}
        moved = any(thing != getattr(self.instance.thread, name, None) for name, thing in named.items())
        if moved or facts.pop("answers", self.instance.answers) != self.instance.answers:
            raise Refused(_("A comment stays where it was said."))
        return facts


class CommentQuery(ListQuery):
    """What may be asked of the comments."""

    touchpoint = asked(Touchpoint, source="thread__touchpoint")
    measure = asked(Measure, source="thread__measure")
    opportunity = asked(Opportunity, source="thread__opportunity")
    answers = asked(Comment)
    is_open = serializers.BooleanField(
        source="resolved_at__isnull", required=False, help_text="only conversations that are not resolved, or that are"
    )
    ordering = ordering("created_at", "updated_at")


def make(_workspace: Workspace, *, thing: Any, **facts: Any) -> Comment:
    """A new comment, as `say_about` takes it."""
    return say_about(thing, **facts)


class CommentResource(KeptResource):
    """What the team, and programs, say about touchpoints, measures and opportunities."""

    model = Comment
    serializer_class = CommentSerializer
    queries = {"list": CommentQuery}
    lookup_url_kwarg = "comment_id"
    examples = {
        "create": {"touchpoint": 12, "text": "@Edda Lund, does the push still come late?"},
        "partial_update": {"text": "@Edda Lund, does it still come late?", "version": 1},
    }
    verbs = Verbs(make, edit_comment, archive_comment, restore_comment)

    def rows(self) -> WorkspaceQuerySet:
        """Of these things, with whoever wrote them."""
        said = Q(*((f"thread__{name}__isnull", False) for name in THINGS), _connector=Q.OR)
        return super().rows().filter(said).select_related("by", "token", *(f"thread__{name}" for name in THINGS))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    @once
    def resolve(self, request: Request, **named: Any) -> Response:
        """Settle the conversation that this comment began. Twice is harmless."""
        resolve_conversation(self.get_object(), by=self.by)
        return self.answer(self.get_object())

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    @once
    def reopen(self, request: Request, **named: Any) -> Response:
        """Take a settled conversation up again. Twice is harmless."""
        reopen_conversation(self.get_object(), by=self.by)
        return self.answer(self.get_object())
