import django.contrib.postgres.fields
import django.db.models.deletion
import workspaces.models
from django.db import migrations, models

class Migration(migrations.Migration):
    """About which touchpoints five people of a persona answered."""

    dependencies = [
        ("feedback", "0025_persona_by_rule"),
        ("personas", "0004_stakeholders"),
        ("touchpoints", "0008_events"),
        ("workspaces", "0013_case_notices"),
    ]

    operations = [
        migrations.CreateModel(
            name="HeardPersona",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("witnesses", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ("persona", models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="personas.persona")),
                ("subject", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="touchpoints.subject")),
                ("workspace", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspaces.workspace")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "persona"), name="heardpersona_once"),
                    models.CheckConstraint(condition=models.Q(("witnesses__len__lte", 5)), name="heardpersona_witnesses"),
                    workspaces.models.SameParent(link="subject", name="heardpersona_subject_here", shared="workspace", to="touchpoints.Subject"),
                    workspaces.models.SameParent(link="persona", name="heardpersona_persona_here", shared="workspace", to="personas.Persona"),
                ],
            },
        ),
    ]
