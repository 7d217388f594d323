"""What customers said."""

from django.db import models
from django.db.models import F, Func, JSONField, Q, Value
from django.db.models.functions import Cast, Now
from django.db.models.lookups import Exact, LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.models.respondent import Respondent
from personas.models import Persona
from touchpoints.models import Channel, Device, Metric, Subject
from workspaces.models import Job, SameParent, WorkspaceOwned

# Of answers, the latest experience first: as an index has their questionnaires, where `source` is not empty
LATEST_FIRST = ("-submission__day", "-submission__occurred_at", "-submission_id", "-pk")
LARGEST_ATTRIBUTES = 16_384  # bytes as text: ten of the longest, each sign escaped


class Submission(WorkspaceOwned):
    """One filled questionnaire. `external_id` is the source's own name for it.

    `attributes`: what it says of the workspace's attributes, by their keys; only what is known, never empty.
    `persona_by_rule`: its persona was not said but given by a rule, and another rule may give it another.
    """

    source = models.CharField(_("source"), max_length=80)
    external_id = models.CharField(max_length=120)
    occurred_at = models.DateTimeField(_("experienced"))
    day = models.DateField(_("day"))
    persona = models.ForeignKey(
        Persona, models.PROTECT, null=True, related_name="+", verbose_name=_("persona"), db_constraint=False
    )
    persona_by_rule = models.BooleanField(default=False, db_default=False, editable=False)
    channel = models.ForeignKey(
        Channel, models.PROTECT, null=True, related_name="+", verbose_name=_("channel"), db_constraint=False
    )
    device = models.CharField(_("device"), max_length=8, choices=Device, blank=True)
    segment = models.CharField(_("segment"), max_length=200, blank=True)
    attributes = models.JSONField(_("attributes"), default=dict, db_default=Value({}, JSONField()))
    respondent = models.ForeignKey(
        Respondent, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed"), db_default=Now(), editable=False)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            # The workspace last: with an empty table PostgreSQL plans to find a parent by any index that begins with
            # it, keeps that plan, and a first import of 100,000 answers would take quadratic time.
            models.UniqueConstraint(fields=["source", "external_id", "workspace"], name="submission_once"),
            models.CheckConstraint(condition=Q(day__range=("1970-01-01", "2200-01-01")), name="submission_day_sane"),
            models.CheckConstraint(condition=Q(device__in=["", *Device.values]), name="submission_device_known"),
            models.CheckConstraint(
                condition=Q(
                    Exact(Func(F("attributes"), function="jsonb_typeof", output_field=models.TextField()), "object"),
                    LessThanOrEqual(
                        Func(
                            Cast("attributes", models.TextField()),
                            function="octet_length",
                            output_field=models.IntegerField(),
                        ),
                        LARGEST_ATTRIBUTES,
                    ),
                ),
                name="submission_attributes_sane",
            ),
            models.CheckConstraint(
                condition=Q(persona_by_rule=False) | Q(persona__isnull=False), name="submission_rule_gives_persona"
            ),
            SameParent(link="persona", to="personas.Persona", name="submission_persona_here"),
            SameParent(link="channel", to="touchpoints.Channel", name="submission_channel_here"),
            SameParent(link="respondent", to="feedback.Respondent", name="submission_respondent_here"),
        ]
        indexes = [
            # What changed since, in the order in which it changed. The workspace last, for the same reason.
            models.Index(fields=["updated_at", "id", "workspace"], name="submission_by_change"),
            # When each source was last heard. The condition, true of all, keeps the proof of links from using it.
            models.Index(
                fields=["workspace", "source", "day", "occurred_at"],
                condition=Q(source__gt=""),
                name="submission_by_source",
            ),
            # The latest first, whatever they are about; with the same condition.
            models.Index(
                fields=["workspace", "day", "occurred_at", "id"],
                condition=Q(source__gt=""),
                name="submission_by_day",
            ),
            # What one person said; most of what is said names nobody.
            models.Index(fields=["respondent"], condition=Q(respondent__isnull=False), name="submission_by_respondent"),
        ]


class Response(WorkspaceOwned):
    """One answer. A removed answer stays as a row without value, so that a late replay cannot bring it back."""

    # Its subject is of the same workspace (SameParent), and so implies the key: one look-up a row less.
    workspace = models.ForeignKey(
        "workspaces.Workspace", models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    submission = models.ForeignKey(
        Submission, models.CASCADE, related_name="responses", db_index=False, db_constraint=False
    )
    question = models.CharField(max_length=120)
    version = models.PositiveIntegerField(default=1)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    metric = models.CharField(_("metric"), max_length=11, choices=Metric)
    scale = models.CharField(_("scale"), max_length=8)
    value = models.SmallIntegerField(_("value"), null=True)
    text = models.CharField(_("comment"), max_length=10_000, blank=True)
    removed_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(_("changed"), db_default=Now(), editable=False)
    # The import that brought this version of the answer, so that it can be taken back.
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["submission", "question"], name="response_once"),
            models.CheckConstraint(condition=Q(metric__in=Metric.values), name="response_metric_known"),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(removed_at__isnull=False), name="response_has_value"
            ),
            SameParent(link="submission", to="feedback.Submission", name="response_submission_here"),
            SameParent(link="subject", to="touchpoints.Subject", name="response_subject_here"),
            SameParent(link="job", to="workspaces.Job", name="response_job_here"),
        ]
        indexes = [
            models.Index(fields=["subject", "metric"], name="response_by_subject"),
            # Those with a comment, to be found by the questionnaires of a day without reading the answers themselves.
            models.Index(
                fields=["subject", "submission", "id"],
                condition=Q(text__gt="", removed_at__isnull=True),
                name="response_said",
            ),
            models.Index(fields=["updated_at", "id", "workspace"], name="response_by_change"),
            models.Index(fields=["updated_at"], condition=Q(metric="complaint"), name="response_complaints"),
            models.Index(fields=["job"], condition=Q(job__isnull=False), name="response_by_job"),
        ]


class Mapping(WorkspaceOwned):
    """How the columns of a kind of file become answers; saved to be used again."""

    name = models.CharField(_("name"), max_length=200)
    columns = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["workspace", "name"], name="mapping_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
