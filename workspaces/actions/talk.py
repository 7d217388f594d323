"""What members and programs say about a thing: comments in conversations, and whom they are meant for."""

import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from workspaces import clock
from workspaces.access import locked
from workspaces.actions import keeping
from workspaces.actions.audit import record
from workspaces.actions.mailing import ring_for_mail
from workspaces.errors import Refused
from workspaces.live import announce
from workspaces.mentions import mentioned_in
from workspaces.models import Actor, Comment, Mailing, Membership, Notice, Reason, Role, Thread, User, in_sight
from workspaces.transactions import retried

SAID_TWICE = datetime.timedelta(minutes=1)  # the same words again within it are a second click


@retried
def say(thread: Thread, *, text: str, by: Actor, answers: Comment | None = None) -> Comment:
    """Say something about the thread's thing, in answer to a comment or to begin a conversation.

    Whoever `@Name` names gets a notice, as do those who have spoken in the conversation. Answering reopens it. The
    same words again within a minute are taken for a second click. Raises Refused where nothing is left to answer.
    """
    thread = locked(thread)
    root = _conversation(thread, answers)
    mine = Comment.objects.of(thread.workspace).filter(thread=thread, answers=root, **_author(by))
    comment: Comment | None = mine.filter(archived_at=None, created_at__gt=clock.now() - SAID_TWICE).last()
    if comment is not None and comment.text == text:
        return comment
    comment = Comment.objects.create(
        workspace=thread.workspace, thread=thread, answers=root, text=text, created_at=clock.now(), **_author(by)
    )
    record(thread.workspace, "comment.create", comment, by=by)
    if root is not None and root.resolved_at is not None:
        _resolve(root, None, by=by)
    _notify(comment)
    _count(thread)
    return comment


@retried
def say_about(thing: Any, *, text: str, by: Actor, answers: Comment | None = None) -> Comment:
    """Say something about what points at its thread, which is made with the first word; see `say`."""
    thing = locked(thing)
    if thing.thread is None:
        thing.thread = Thread.objects.create(workspace=thing.workspace)
        # No edit of the thing: whoever edits it meanwhile is not disturbed.
        thing.save(update_fields=["thread"])
        announce(thing.workspace_id, **{thing._meta.model_name: thing.pk})
    return say(thing.thread, text=text, by=by, answers=answers)


@retried
def edit_comment(comment: Comment, *, version: int, by: Actor, text: str | None = None) -> Comment:
    """Say it otherwise; without a text it stays as it is. Only who said it may. Raises Stale and Refused."""
    _refuse_strangers(comment, by)
    thread = locked(comment.thread)
    said = keeping.edit(comment, version=version, by=by, text=comment.text if text is None else text)
    said.notices.filter(reason=Reason.MENTION).exclude(member__in=_named(said)).delete()
    _notify(said)
    _count(thread)
    return said


@retried
def archive_comment(comment: Comment, *, by: Actor) -> Comment:
    """Take it out of sight, with all answers where it began a conversation. Who said it may, and admins."""
    _refuse_strangers(comment, by, but=Role.ADMIN)
    thread = locked(comment.thread)
    gone = keeping.archive(comment, by=by)
    _count(thread)
    return gone


@retried
def restore_comment(comment: Comment, *, by: Actor) -> Comment:
    """Take it back. Who said it may, and admins."""
    _refuse_strangers(comment, by, but=Role.ADMIN)
    thread = locked(comment.thread)
    back = keeping.restore(comment, by=by)
    _count(thread)
    return back


def resolve_conversation(comment: Comment, *, by: Actor) -> Comment:
    """Settle the conversation that this comment began. Who began it may, and editors. Twice is harmless."""
    return _settle(comment, clock.now(), by=by)


def reopen_conversation(comment: Comment, *, by: Actor) -> Comment:
    """Take up again what had been settled. Who began it may, and editors. Twice is harmless."""
    return _settle(comment, None, by=by)


@retried
def _settle(comment: Comment, at: datetime.datetime | None, *, by: Actor) -> Comment:
    if comment.answers_id is not None:
        raise Refused(_("Only a conversation as a whole can be resolved."))
    _refuse_strangers(comment, by, but=Role.EDITOR)
    thread = locked(comment.thread)
    root = locked(comment)
    if (root.resolved_at is None) != (at is None):
        _resolve(root, at, by=by)
        _count(thread)
    return root


def _resolve(root: Comment, at: datetime.datetime | None, *, by: Actor) -> None:
    root.resolved_at, root.resolved_by = at, by if at and isinstance(by, User) else None
    keeping.store(root, "resolve" if at else "reopen", by=by)


def _conversation(thread: Thread, answered: Comment | None) -> Comment | None:
    """What began the conversation of an answered comment: answers stand in one row behind it."""
    if answered is None:
        return None
    root = locked(answered.answers or answered)
    if root.thread_id != thread.pk or root.archived_at is not None:
        raise Refused(_("This conversation is no longer there."))
    return root


def _author(by: Actor) -> dict[str, Actor]:
    return {"by": by} if isinstance(by, User) else {"token": by}


def _refuse_strangers(comment: Comment, by: Actor, *, but: Role | None = None) -> None:
    if comment.author == by:
        return
    allowed = but is not None and (
        not isinstance(by, User) or Membership.objects.of(comment.workspace).filter(user=by, role__gte=but).exists()
    )
    if not allowed:
        raise Refused(_("Only who wrote this comment may do that."))


def _notify(comment: Comment) -> None:
    """Tell whom the text names and those who have spoken in the conversation, each once, and never the author."""
    named = _named(comment)
    speakers: set[int | None] = set()
    if root := comment.answers:
        spoken = Comment.objects.filter(in_sight()).filter(Q(answers=root) | Q(pk=root.pk))
        speakers = set(spoken.values_list("by", flat=True))
    answered = Membership.objects.of(comment.workspace).filter(user__in=speakers - {None})
    told = {member.pk: (member, Reason.ANSWER) for member in answered}
    told |= {member.pk: (member, Reason.MENTION) for member in named}
    new = [_notice(comment, member, reason) for member, reason in told.values() if member.user_id != comment.by_id]
    Notice.objects.bulk_create(new, update_conflicts=True, unique_fields=["member", "key"], update_fields=["reason"])
    for notice in new:
        announce(comment.workspace_id, notice=notice.member.user_id)
    if new:
        ring_for_mail(Notice)


def _notice(comment: Comment, member: Membership, reason: Reason) -> Notice:
    return Notice(
        workspace=comment.workspace,
        member=member,
        comment=comment,
        reason=reason,
        key=f"comment:{comment.pk}",
        path=reverse("comment", args=[comment.workspace.slug, comment.pk]),
        created_at=clock.now(),
        mail=Mailing.WAITING,
        mail_at=clock.now(),
    )


def _named(comment: Comment) -> list[Membership]:
    return mentioned_in(comment.text, Membership.objects.of(comment.workspace).select_related("user"))


def _count(thread: Thread) -> None:
    """Write down how many comments are open in a locked thread, and tell the pages that show it."""
    unresolved = Comment.objects.filter(in_sight(), thread=thread, resolved_at=None, answers__resolved_at=None)
    thread.comments = unresolved.count()
    thread.version += 1
    thread.save()
    announce(thread.workspace_id, thread=thread.pk, version=thread.version)
