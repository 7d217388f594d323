from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Finds the latest answers and comments. Built while answers go on coming in: there may be millions."""

    atomic = False

    dependencies = [("feedback", "0007_attributes")]

    operations = [
        AddIndexConcurrently(
            model_name="submission",
            index=models.Index(
                condition=models.Q(source__gt=""),
                fields=["workspace", "day", "occurred_at", "id"],
                name="submission_by_day",
            ),
        ),
        AddIndexConcurrently(
            model_name="response",
            index=models.Index(
                condition=models.Q(removed_at__isnull=True, text__gt=""),
                fields=["subject", "submission", "id"],
                name="response_said",
            ),
        ),
    ]
