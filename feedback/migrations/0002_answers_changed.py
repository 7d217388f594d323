"""When an answer changed last. What is there already counts as changed now; no row is rewritten for that."""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("feedback", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name=model,
            name="updated_at",
            field=models.DateTimeField(db_default=Now(), editable=False, verbose_name="changed"),
        )
        for model in ("submission", "response")
    ]
