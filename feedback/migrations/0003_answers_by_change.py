"""The order in which answers changed, built while answers go on coming in."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("feedback", "0002_answers_changed")]

    operations = [
        AddIndexConcurrently(
            model_name=model,
            index=models.Index(fields=["updated_at", "id", "workspace"], name=f"{model}_by_change"),
        )
        for model in ("submission", "response")
    ]
