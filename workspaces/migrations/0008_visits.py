from django.db import migrations, models


class Migration(migrations.Migration):
    """When members last came to the home page."""

    dependencies = [("workspaces", "0007_target")]

    operations = [
        migrations.AddField("membership", "seen_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddField("membership", "visited_before", models.DateTimeField(editable=False, null=True)),
    ]
