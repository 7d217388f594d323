"""Comments on touchpoints over REST."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from touchpoints.actions import comment_on
from touchpoints.models import Touchpoint
from workspaces.actions import (
    archive_comment,
    edit_comment,
    reopen_conversation,
    resolve_conversation,
    restore_comment,
)
from workspaces.api.fields import Here, KeptRow, ListQuery, asked, ordering
from workspaces.api.once import once
from workspaces.api.resource import KeptResource, Verbs
from workspaces.errors import Refused
from workspaces.models import Comment, Workspace, WorkspaceQuerySet


class CommentSerializer(KeptRow):
    """Something said about a touchpoint. `answers` names the comment that began the conversation, null where it did.

    `@Name` in the text tells that member. Only who wrote a comment may change it; the rest of it stays as it is.
    """

    touchpoint = Here(Touchpoint, source="thread.touchpoint")
    author = serializers.CharField(read_only=True, allow_null=True, help_text="the person or token, as far as known")
    resolved_at = serializers.DateTimeField(read_only=True, allow_null=True, help_text="of conversations")

    class Meta:
        model = Comment
        fields = [
            "id", "version", "touchpoint", "answers", "text", "author", "resolved_at", "created_at", "updated_at",
            "archived_at",
        ]  # fmt: skip

    def validate(self, facts: dict[str, Any]) -> dict[str, Any]:
        """It stays where it was said."""
        thread = facts.pop("thread", None)
        if self.instance is None:
            return facts | {"touchpoint": thread["touchpoint"]} if thread else facts
        moved = thread is not None and thread["touchpoint"] != self.instance.thread.touchpoint
        if moved or facts.pop("answers", self.instance.answers) != self.instance.answers:
            raise Refused(_("A comment stays where it was said."))
        return facts


class CommentQuery(ListQuery):
    """What may be asked of the comments."""

    touchpoint = asked(Touchpoint, source="thread__touchpoint")
    answers = asked(Comment)
    is_open = serializers.BooleanField(
        source="resolved_at__isnull", required=False, help_text="only conversations that are not resolved, or that are"
    )
    ordering = ordering("created_at", "updated_at")


def make(workspace: Workspace, *, touchpoint: Touchpoint, **facts: Any) -> Comment:
    """A new comment, as `comment_on` takes it."""
    return comment_on(touchpoint, **facts)


class CommentResource(KeptResource):
    """What the team, and programs, say about touchpoints."""

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
        """Of touchpoints, with whoever wrote them."""
        rows = super().rows().filter(thread__touchpoint__isnull=False)
        return rows.select_related("by", "token", "thread__touchpoint")

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
