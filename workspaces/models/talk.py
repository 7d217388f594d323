"""What the team says to each other about a thing."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workspaces.models.owned import Editable, SameParent, WorkspaceOwned
from workspaces.models.user import User
from workspaces.models.work import Actor, ApiToken


class Thread(WorkspaceOwned):
    """All that is said about one thing. The thing points at it, so what is said knows nobody.

    `comments` counts those in conversations that are not resolved; every change of what is said raises `version`.
    """

    comments = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)


class Comment(WorkspaceOwned, Editable):
    """One thing said. What answers no other begins a conversation, which can be resolved and is archived as a whole."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="said", db_index=False)
    answers = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answered_by")
    text = models.CharField(_("comment"), max_length=4000)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    token = models.ForeignKey(ApiToken, models.SET_NULL, null=True, related_name="+", db_index=False)
    resolved_at = models.DateTimeField(_("resolved"), null=True, editable=False)
    resolved_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", db_index=False)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["thread", "id"], name="comment_thread_id"),
            models.CheckConstraint(
                condition=Q(answers=None) | Q(resolved_at=None), name="comment_conversations_are_resolved"
            ),
            SameParent(link="thread", to="workspaces.Thread", name="comment_thread_here"),
            SameParent(link="answers", to="workspaces.Comment", name="comment_answers_here"),
            SameParent(link="answers", to="workspaces.Comment", shared="thread", name="comment_answers_in_thread"),
            SameParent(link="token", to="workspaces.ApiToken", name="comment_token_here"),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 60 else f"{self.text[:59]}…"

    @property
    def author(self) -> Actor | None:
        """Who said it, as far as they are still known: a person, or the token of a program."""
        return self.by or self.token


def in_sight(comment: str = "") -> Q:
    """Comments that are not archived, nor their conversations. `comment`: the lookup of it, such as `comment__`."""
    return Q(**{f"{comment}archived_at": None, f"{comment}answers__archived_at": None})
