from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Finds the complaints of the last hours. Built while answers go on coming in: there may be millions."""

    atomic = False

    dependencies = [("feedback", "0004_usage"), ("touchpoints", "0006_alarms")]

    operations = [
        AddIndexConcurrently(
            model_name="response",
            index=models.Index(
                condition=models.Q(("metric", "complaint")), fields=["updated_at"], name="response_complaints"
            ),
        )
    ]
