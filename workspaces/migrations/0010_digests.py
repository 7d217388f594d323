import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import workspaces.models
import workspaces.models.workspace

MAILING = [
    ("none", "None"),
    ("waiting", "Waiting"),
    ("sending", "Sending"),
    ("sent", "Sent"),
    ("given_up", "Given Up"),
]


class Migration(migrations.Migration):
    """On which days members are mailed what has happened, and that they were."""

    dependencies = [("workspaces", "0009_visits")]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="digest_days",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(),
                blank=True,
                default=workspaces.models.workspace.mondays,
                size=None,
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest_days__contained_by", [1, 2, 3, 4, 5, 6, 7]), ("digest_days__len__lte", 7)),
                name="membership_digest_days",
            ),
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("mail", models.CharField(choices=MAILING, default="none", editable=False, max_length=8)),
                ("mail_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("mail_attempts", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("day", models.DateField(editable=False)),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workspaces.membership",
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
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("mail__in", ["waiting", "sending", "given_up"])),
                        fields=["mail_at"],
                        name="digest_mail_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "id"), name="workspaces_digest_workspace_id"),
                    models.UniqueConstraint(fields=("member", "day"), name="digest_once"),
                    models.CheckConstraint(
                        condition=models.Q(("mail__in", ["none", "waiting", "sending", "sent", "given_up"])),
                        name="digest_mail_known",
                    ),
                    workspaces.models.SameParent(
                        link="member", name="digest_member_here", shared="workspace", to="workspaces.Membership"
                    ),
                ],
            },
        ),
    ]
