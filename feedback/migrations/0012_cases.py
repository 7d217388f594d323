import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import workspaces.models
from django.db import migrations, models


class Migration(migrations.Migration):
    """Complaints that are looked after, and the rule by which they are."""

    dependencies = [
        ("feedback", "0011_survey_hosts"),
        ("touchpoints", "0008_events"),
        ("workspaces", "0013_case_notices"),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created"),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("archived_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived")),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("complaint", "complaint"),
                            ("low", "lowest score, with a comment"),
                            ("mark", "marked as a complaint"),
                        ],
                        max_length=9,
                        verbose_name="cause",
                    ),
                ),
                (
                    "severity",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "minor"), (2, "serious"), (3, "severe")], default=1, verbose_name="severity"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("in_hand", "in hand"),
                            ("closed", "closed"),
                            ("dismissed", "no complaint"),
                        ],
                        default="open",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("opened_at", models.DateTimeField(editable=False, verbose_name="opened")),
                ("due_at", models.DateTimeField(editable=False, verbose_name="due")),
                (
                    "play",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("call", "call back"),
                            ("refund", "refund"),
                            ("discount", "discount"),
                            ("apology", "apology"),
                            ("repair", "repair"),
                        ],
                        max_length=8,
                        verbose_name="what is done",
                    ),
                ),
                ("limit", models.PositiveBigIntegerField(blank=True, editable=False, null=True, verbose_name="limit")),
                ("cost", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="cost")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("recovered", "recovered"),
                            ("lost", "not recovered"),
                            ("unreachable", "could not be reached"),
                        ],
                        max_length=11,
                        verbose_name="outcome",
                    ),
                ),
                ("customer_told_at", models.DateTimeField(editable=False, null=True, verbose_name="customer told")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("closed_at", models.DateTimeField(editable=False, null=True, verbose_name="closed")),
                ("told_at", models.DateTimeField(editable=False, null=True)),
                ("overdue_told_at", models.DateTimeField(editable=False, null=True)),
                (
                    "owner_member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="workspaces.membership",
                        verbose_name="who looks after it",
                    ),
                ),
                (
                    "owner_team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="workspaces.team",
                        verbose_name="team that looks after it",
                    ),
                ),
                (
                    "response",
                    models.OneToOneField(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="case",
                        to="feedback.response",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="touchpoints.subject",
                    ),
                ),
                (
                    "thread",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="case",
                        to="workspaces.thread",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "case",
                "verbose_name_plural": "cases",
                "ordering": ["-opened_at", "-id"],
                "abstract": False,
                "indexes": [
                    models.Index(fields=["subject", "state"], name="case_by_subject"),
                    models.Index(
                        condition=models.Q(("state__in", ("open", "in_hand"))),
                        fields=["workspace", "due_at"],
                        name="case_under_way",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", False)),
                        fields=["workspace", "closed_at"],
                        name="case_ended",
                    ),
                    models.Index(condition=models.Q(("told_at", None)), fields=["id"], name="case_untold"),
                    models.Index(
                        condition=models.Q(("overdue_told_at", None), ("state__in", ("open", "in_hand"))),
                        fields=["due_at"],
                        name="case_overdue_untold",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "id"), name="feedback_case_workspace_id"),
                    models.CheckConstraint(
                        condition=models.Q(("cause__in", ["complaint", "low", "mark"])), name="case_cause_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("severity__in", [1, 2, 3])), name="case_severity_known"),
                    models.CheckConstraint(
                        condition=models.Q(("play__in", ["", "call", "refund", "discount", "apology", "repair"])),
                        name="case_play_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["", "recovered", "lost", "unreachable"])),
                        name="case_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at", None), ("outcome", ""), ("reason", ""), ("state__in", ("open", "in_hand"))
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("reason", ""),
                                ("state", "closed"),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("outcome", ""),
                                ("state", "dismissed"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="case_ends_with_its_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("limit", None), ("cost", None), ("cost__lte", models.F("limit")), _connector="OR"
                        ),
                        name="case_cost_within_limit",
                        violation_error_message="That is more than may be spent on this. An admin can raise the limit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("owner_team", None), ("owner_member", None), _connector="OR"),
                        name="case_one_owner",
                        violation_error_message="Choose a team or a member, not both.",
                    ),
                    workspaces.models.SameParent(
                        link="response", name="case_response_here", shared="workspace", to="feedback.Response"
                    ),
                    workspaces.models.SameParent(
                        link="subject", name="case_subject_here", shared="workspace", to="touchpoints.Subject"
                    ),
                    workspaces.models.SameParent(
                        link="thread", name="case_thread_here", shared="workspace", to="workspaces.Thread"
                    ),
                    workspaces.models.SameParent(
                        link="owner_team", name="case_owner_team_here", shared="workspace", to="workspaces.Team"
                    ),
                    workspaces.models.SameParent(
                        link="owner_member",
                        name="case_owner_member_here",
                        shared="workspace",
                        to="workspaces.Membership",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "minor_hours",
                    models.PositiveSmallIntegerField(
                        default=72,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(2000),
                        ],
                        verbose_name="minor",
                    ),
                ),
                (
                    "serious_hours",
                    models.PositiveSmallIntegerField(
                        default=24,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(2000),
                        ],
                        verbose_name="serious",
                    ),
                ),
                (
                    "severe_hours",
                    models.PositiveSmallIntegerField(
                        default=4,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(2000),
                        ],
                        verbose_name="severe",
                    ),
                ),
                (
                    "low_scores",
                    models.BooleanField(
                        default=True,
                        help_text="where a comment comes with them: NPS 0 and 1, and the worst answer on every other scale",
                        verbose_name="the lowest scores open a case, too",
                    ),
                ),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        help_text="what was experienced longer ago opens no case",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="days",
                    ),
                ),
                (
                    "imports",
                    models.BooleanField(
                        default=False,
                        help_text="of what was experienced within these days",
                        verbose_name="imported files open cases, too",
                    ),
                ),
                ("call", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="call back")),
                ("refund", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="refund")),
                ("discount", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="discount")),
                ("apology", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="apology")),
                ("repair", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="repair")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "rule of cases",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "id"), name="feedback_caserule_workspace_id"),
                    models.UniqueConstraint(fields=("workspace",), name="caserule_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("minor_hours__range", (1, 2000)),
                            ("serious_hours__range", (1, 2000)),
                            ("severe_hours__range", (1, 2000)),
                            ("days__range", (1, 365)),
                        ),
                        name="caserule_sane",
                    ),
                ],
            },
        ),
    ]
