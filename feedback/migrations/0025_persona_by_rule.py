from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models


class Migration(migrations.Migration):
    """Whether a questionnaire's persona was given by a rule. Answers go on coming in: there may be millions."""

    atomic = False

    dependencies = [("feedback", "0024_persona_rules")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="persona_by_rule",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        AddConstraintNotValid(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(("persona_by_rule", False), ("persona__isnull", False), _connector="OR"),
                name="submission_rule_gives_persona",
            ),
        ),
        ValidateConstraint(model_name="submission", name="submission_rule_gives_persona"),
    ]
