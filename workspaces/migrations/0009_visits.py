import django.db.models.deletion
from django.db import migrations, models

import workspaces.models


class Migration(migrations.Migration):
    """When members last looked at the home page."""

    dependencies = [("workspaces", "0008_scorecard_views")]

    operations = [
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seen_at", models.DateTimeField(editable=False)),
                ("before", models.DateTimeField(editable=False, null=True)),
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
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "id"), name="workspaces_visit_workspace_id"),
                    models.UniqueConstraint(fields=("member",), name="visit_once"),
                    workspaces.models.SameParent(
                        link="member", name="visit_member_here", shared="workspace", to="workspaces.Membership"
                    ),
                ],
            },
        ),
    ]
