"""Tokens, long work, the audit trail and rate limits."""

import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workspaces.models.owned import SameParent, WorkspaceOwned
from workspaces.models.user import User


class Scope(models.TextChoices):
    """What a token may do."""

    READ = "read", _("read")
    WRITE = "write", _("write")
    INGEST = "ingest", _("push answers")


class ApiToken(WorkspaceOwned):
    """A program's key to one workspace. A service token has no person and so survives its maker."""

    name = models.CharField(_("name"), max_length=200)
    prefix = models.CharField(_("begins with"), max_length=12)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope), verbose_name=_("may do"))
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("person"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    last_used_at = models.DateTimeField(_("last used"), null=True)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(scopes__contained_by=Scope.values, scopes__len__gt=0), name="apitoken_scopes_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_words(self) -> list[str]:
        """What it may, in words."""
        return [str(Scope(scope).label) for scope in self.scopes]

    def is_live(self, now: datetime.datetime) -> bool:
        """Neither revoked nor expired at that moment."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)


Actor = User | ApiToken  # who does something: a person, or a program by a token that is nobody's


class JobState(models.TextChoices):
    """Where a long piece of work stands."""

    DRAFT = "draft", _("needs your mapping")
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")
    UNDONE = "undone", _("taken back")


AT_WORK = (JobState.WAITING, JobState.RUNNING)  # not ended, and no draft


class Job(WorkspaceOwned):
    """Long work with progress. Its upload lives here, so that workers share nothing but database and broker."""

    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(max_length=120)
    state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.WAITING)
    payload = models.JSONField(default=dict)
    upload = models.BinaryField(null=True, editable=False)
    upload_name = models.CharField(_("file"), max_length=200, blank=True)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    error = models.CharField(_("error"), blank=True, max_length=10_000)
    result = models.JSONField(default=dict)
    cancel_asked = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    beat_at = models.DateTimeField(null=True, help_text=_("last sign of life of the worker that runs it"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["workspace", "kind", "key"], name="job_key_once"),
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_known"),
        ]
        indexes = [models.Index(fields=["workspace", "kind", "-created_at"], name="job_newest")]

    def __str__(self) -> str:
        return self.upload_name or self.kind

    @property
    def at_work(self) -> bool:
        """Whether a worker is at it, or soon will be."""
        return self.state in AT_WORK


class AuditEntry(WorkspaceOwned):
    """Who did what to whom: ids only, never values."""

    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    token = models.ForeignKey(ApiToken, models.SET_NULL, null=True, related_name="+", db_index=False)
    verb = models.CharField(max_length=60)
    target = models.CharField(max_length=60, help_text=_("kind and id of the row"))
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            SameParent(link="token", to="workspaces.ApiToken", name="auditentry_token_here"),
        ]
        indexes = [models.Index(fields=["workspace", "-at"], name="audit_newest")]

    @property
    def by(self) -> Actor | None:
        """Who did it, as far as they are still known."""
        return self.actor or self.token


class KeptAnswer(WorkspaceOwned):
    """What a program was answered to a request that it gave a key, so that it may ask again after a lost answer."""

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)  # of method, address and body
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=bytes)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["token", "key"], name="keptanswer_key_once"),
            SameParent(link="token", to="workspaces.ApiToken", name="keptanswer_token_here"),
        ]


class RateCount(models.Model):
    """How often something happened in a window; raised by one atomic upsert, so that N allowed means N."""

    key = models.CharField(max_length=200)
    window = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="ratecount_key_window")]
