"""What members are to know of, in the app and by mail."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workspaces.models.owned import SameParent, WorkspaceOwned
from workspaces.models.talk import Comment
from workspaces.models.workspace import Membership


class Reason(models.TextChoices):
    """Why somebody is told."""

    MENTION = "mention", _("mentions you")
    ANSWER = "answer", _("answers you")
    ALARM = "alarm", _("health is falling")
    BURST = "burst", _("many complaints at once")
    BAND = "band", _("another band")
    CASE = "case", _("a complaint")
    REVIEW = "review", _("a review is due")
    WEBHOOK = "webhook", _("a webhook was switched off")
    NAMED = "named", _("you are named")


SAID_BY = {
    Reason.CASE: "feedback",
    Reason.REVIEW: "measures",
    Reason.WEBHOOK: "workspaces",
    Reason.NAMED: "personas",
}  # the room whose templates say a reason, where it is not touchpoints
SPOKEN = (Reason.MENTION, Reason.ANSWER)  # these tell of a comment, all others of `told`


class Mailing(models.TextChoices):
    """How far a mail is."""

    NONE = "none"  # not asked for, or no longer
    WAITING = "waiting"
    SENDING = "sending"  # given to the mail server, which has not said that it took it
    SENT = "sent"
    GIVEN_UP = "given_up"


OPEN = [Mailing.WAITING, Mailing.SENDING, Mailing.GIVEN_UP]  # what is sent, or not wanted, is done with


class Mailed(models.Model):
    """What a member is mailed, once: its rows are an outbox (`workspaces.actions.mailing`).

    `mail_at`: when the mail is due, or since when it stands as it does.
    """

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    mail = models.CharField(max_length=8, choices=Mailing, default=Mailing.NONE, editable=False)
    mail_at = models.DateTimeField(default=timezone.now, editable=False)
    mail_attempts = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


class Notice(WorkspaceOwned, Mailed):
    """Something that a member is to know of, once: a comment, or what the templates of its reason say of `told`.

    Who is mentioned in a comment is linked to it by this, not by the text alone. `told` holds facts in JSON, such as
    names and figures, and never what a customer wrote. `path` leads to a page of the workspace, from "/w/" on.
    """

    member = models.ForeignKey(Membership, models.CASCADE, related_name="notices", db_index=False)
    reason = models.CharField(max_length=7, choices=Reason)
    key = models.CharField(max_length=120)
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, related_name="notices")
    told = models.JSONField(default=dict)
    path = models.CharField(max_length=500)
    read_at = models.DateTimeField(_("read"), null=True, editable=False)

    class Meta(WorkspaceOwned.Meta):
        ordering = ["-id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["member", "key"], name="notice_once"),
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="notice_reason_known"),
            models.CheckConstraint(
                condition=Q(comment=None) & ~Q(reason__in=SPOKEN)
                | Q(comment__isnull=False, reason__in=SPOKEN)
                & Q(key=Concat(Value("comment:"), Cast(F("comment"), models.CharField()))),
                name="notice_of_a_comment",
            ),
            models.CheckConstraint(condition=Q(path__startswith="/w/"), name="notice_path_here"),
            models.CheckConstraint(condition=Q(mail__in=Mailing.values), name="notice_mail_known"),
            SameParent(link="member", to="workspaces.Membership", name="notice_member_here"),
            SameParent(link="comment", to="workspaces.Comment", name="notice_comment_here"),
        ]
        indexes = [
            models.Index(fields=["member"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["mail_at"], condition=Q(mail__in=OPEN), name="notice_mail_open"),
        ]

    @property
    def wording(self) -> str:
        """The templates that say it, without their endings: .html, .txt and _subject.txt."""
        return f"{SAID_BY.get(Reason(self.reason), 'touchpoints')}/notices/{self.reason}"

    @property
    def link(self) -> str:
        """Where it leads, below the site: `path`, by the address that the workspace has now."""
        _root, _w, _slug, *rest = self.path.split("/")
        return "/".join(["", "w", self.workspace.slug, *rest])


class Digest(WorkspaceOwned, Mailed):
    """That a member is mailed, on the morning of a local day, what has happened. Its figures are those of that moment.

    Once a day: also where there was nothing to tell, and nothing was mailed.
    """

    member = models.ForeignKey(Membership, models.CASCADE, related_name="+", db_index=False)
    day = models.DateField(editable=False)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["member", "day"], name="digest_once"),
            models.CheckConstraint(condition=Q(mail__in=Mailing.values), name="digest_mail_known"),
            SameParent(link="member", to="workspaces.Membership", name="digest_member_here"),
        ]
        indexes = [models.Index(fields=["mail_at"], condition=Q(mail__in=OPEN), name="digest_mail_open")]
