from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Finds when each source was last heard. Built while answers go on coming in: there may be millions."""

    atomic = False

    dependencies = [("feedback", "0005_complaints")]

    operations = [
        AddIndexConcurrently(
            model_name="submission",
            index=models.Index(
                condition=models.Q(source__gt=""),
                fields=["workspace", "source", "day", "occurred_at"],
                name="submission_by_source",
            ),
        ),
        AddIndexConcurrently(
            model_name="usageday",
            index=models.Index(
                condition=models.Q(source__gt=""), fields=["workspace", "source", "day"], name="usageday_by_source"
            ),
        ),
    ]
