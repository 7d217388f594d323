"""What is said in a thread, as a member reads it."""

from collections import defaultdict
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, Value
from django.db.models.functions import Coalesce, NullIf

from workspaces.mentions import names_of
from workspaces.models import Comment, Membership, Notice, Reason, Role, Thread, in_sight


class Heard(NamedTuple):
    """A comment, the names that are mentioned in it, and what its reader may do with it."""

    comment: Comment
    mentioned: list[str]
    may_edit: bool
    may_archive: bool


class Conversation(NamedTuple):
    """What began a conversation, and the answers, oldest first."""

    root: Heard
    answers: list[Heard]
    may_resolve: bool

    @property
    def resolved(self) -> bool:
        """Whether it has been settled."""
        return self.root.comment.resolved_at is not None


def conversations(thread: Thread | None, reader: Membership) -> list[Conversation]:
    """All that can be read in a thread, oldest first: one statement. None for a thread in which nobody has spoken."""
    if thread is None:
        return []
    called = (NullIf("member__user__name", Value("")), "member__user__email")
    named = Coalesce(*called, output_field=CharField())
    told = Notice.objects.filter(comment=OuterRef("pk"), reason=Reason.MENTION).order_by("pk")
    said = (
        Comment.objects.filter(in_sight(), thread=thread)
        .select_related("by", "token", "resolved_by")
        .annotate(mentions=ArraySubquery(told.annotate(named=named).values("named")))
    )
    answers: dict[int | None, list[Heard]] = defaultdict(list)
    for comment in said:
        answers[comment.answers_id].append(_heard(comment, reader))
    return [
        Conversation(one, answers[one.comment.pk], one.may_edit or reader.may(Role.EDITOR)) for one in answers[None]
    ]


def _heard(comment: Comment, reader: Membership) -> Heard:
    own = comment.by_id == reader.user_id
    mentioned = [name for named in comment.mentions for name in names_of(named)]  # type: ignore[attr-defined]
    return Heard(comment, mentioned, own, own or reader.may(Role.ADMIN))
