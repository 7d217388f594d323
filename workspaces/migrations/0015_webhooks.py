import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
import workspaces.models
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workspaces", "0014_mail_about_cases"),
    ]

    operations = [
        migrations.CreateModel(
            name="WebhookDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("submission.created", "customers have answered"),
                            ("case.opened", "a case was opened"),
                            ("case.overdue", "a case is overdue"),
                            ("health.band_changed", "a touchpoint's health changed its band"),
                            ("alarm.raised", "an alarm was raised"),
                            ("test", "test"),
                        ],
                        max_length=30,
                        verbose_name="event",
                    ),
                ),
                ("message", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("body", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("sending", "on its way"),
                            ("taken", "taken"),
                            ("given_up", "given up"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("status", models.PositiveSmallIntegerField(null=True)),
                (
                    "error",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("status", "it answered %(status)s"),
                            ("redirect", "it answered with a redirect (%(status)s), which is not followed"),
                            ("forbidden", "its address lies in a network that may not be called"),
                            ("host", "its name is unknown"),
                            ("refused", "no connection"),
                            ("tls", "its certificate does not hold"),
                            ("slow", "it did not answer in time"),
                            ("broken", "it did not answer as a web server does"),
                            ("key", "its secret can no longer be made, because SECRET_KEY is another one: roll it"),
                        ],
                        max_length=9,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("tried_at", models.DateTimeField(editable=False, null=True)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
                "ordering": ["-id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WebhookEndpoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("url", models.CharField(max_length=500, verbose_name="address")),
                (
                    "events",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("submission.created", "customers have answered"),
                                ("case.opened", "a case was opened"),
                                ("case.overdue", "a case is overdue"),
                                ("health.band_changed", "a touchpoint's health changed its band"),
                                ("alarm.raised", "an alarm was raised"),
                            ],
                            max_length=30,
                        ),
                        size=None,
                        verbose_name="is told when",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("on", "on"),
                            ("paused", "paused"),
                            ("gone", "switched off: it answered that it is gone (410)"),
                            ("failing", "switched off: it has taken nothing for five days"),
                        ],
                        default="on",
                        editable=False,
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("salt", models.CharField(editable=False, max_length=43)),
                ("secret_hash", models.CharField(editable=False, max_length=64)),
                ("old_salt", models.CharField(blank=True, editable=False, max_length=43)),
                ("old_until", models.DateTimeField(editable=False, null=True)),
                ("failures", models.PositiveIntegerField(default=0, editable=False)),
                ("failing_since", models.DateTimeField(editable=False, null=True)),
                ("rest_until", models.DateTimeField(editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "webhook",
                "verbose_name_plural": "webhooks",
                "ordering": ["name", "id"],
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_reason_known",
        ),
        migrations.AlterField(
            model_name="notice",
            name="reason",
            field=models.CharField(
                choices=[
                    ("mention", "mentions you"),
                    ("answer", "answers you"),
                    ("alarm", "health is falling"),
                    ("burst", "many complaints at once"),
                    ("band", "another band"),
                    ("case", "a complaint"),
                    ("webhook", "a webhook was switched off"),
                ],
                max_length=7,
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__in", ["mention", "answer", "alarm", "burst", "band", "case", "webhook"])),
                name="notice_reason_known",
            ),
        ),
        migrations.AddField(
            model_name="webhookdelivery",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspaces.workspace"
            ),
        ),
        migrations.AddField(
            model_name="webhookendpoint",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspaces.workspace"
            ),
        ),
        migrations.AddField(
            model_name="webhookdelivery",
            name="endpoint",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliveries",
                to="workspaces.webhookendpoint",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.UniqueConstraint(
                fields=("workspace", "id"), name="workspaces_webhookendpoint_workspace_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "events__contained_by",
                        ["submission.created", "case.opened", "case.overdue", "health.band_changed", "alarm.raised"],
                    ),
                    ("events__len__gt", 0),
                ),
                name="webhookendpoint_events_known",
                violation_error_message="Choose at least one event.",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["on", "paused", "gone", "failing"])),
                name="webhookendpoint_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("url__startswith", "https://"), ("url__startswith", "http://"), _connector="OR"),
                name="webhookendpoint_url_web",
            ),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(fields=["endpoint", "-id"], name="delivery_newest"),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "sending"])),
                fields=["endpoint", "due_at"],
                name="delivery_due",
            ),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(fields=["created_at"], name="delivery_oldest"),
        ),
        migrations.AddConstraint(
            model_name="webhookdelivery",
            constraint=models.UniqueConstraint(
                fields=("workspace", "id"), name="workspaces_webhookdelivery_workspace_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "event__in",
                        [
                            "submission.created",
                            "case.opened",
                            "case.overdue",
                            "health.band_changed",
                            "alarm.raised",
                            "test",
                        ],
                    )
                ),
                name="delivery_event_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "sending", "taken", "given_up"])),
                name="delivery_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "error__in",
                        ["", "status", "redirect", "forbidden", "host", "refused", "tls", "slow", "broken", "key"],
                    )
                ),
                name="delivery_error_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookdelivery",
            constraint=workspaces.models.SameParent(
                link="endpoint", name="delivery_endpoint_here", shared="workspace", to="workspaces.WebhookEndpoint"
            ),
        ),
    ]
