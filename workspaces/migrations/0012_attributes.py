import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """What answers say beside channel, device and segment."""

    dependencies = [
        ("workspaces", "0011_visits_tell"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attribute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created"),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("archived_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived")),
                ("key", models.CharField(max_length=40, verbose_name="key")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("position", models.PositiveSmallIntegerField(null=True, verbose_name="place")),
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
                "verbose_name": "attribute",
                "verbose_name_plural": "attributes",
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "id"), name="workspaces_attribute_workspace_id"),
                    models.UniqueConstraint(
                        models.F("workspace"),
                        django.db.models.functions.text.Lower("name"),
                        condition=models.Q(("archived_at", None)),
                        name="attribute_name_once",
                        violation_error_message="There is already an attribute of that name.",
                    ),
                    models.UniqueConstraint(
                        fields=("workspace", "key"),
                        name="attribute_key_once",
                        violation_error_message="There is already an attribute with that key.",
                    ),
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("workspace", "position"),
                        name="attribute_position_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key__regex", "^[a-z0-9][a-z0-9_-]*$")),
                        name="attribute_key_plain",
                        violation_error_message="A key has small letters, digits, hyphens and underscores.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("archived_at", None), ("position__isnull", False), ("position__range", (1, 10))),
                            models.Q(("archived_at__isnull", False), ("position", None)),
                            _connector="OR",
                        ),
                        name="attribute_at_most_ten",
                        violation_error_message="A workspace has at most ten attributes. Archive one first.",
                    ),
                ],
            },
        ),
    ]
