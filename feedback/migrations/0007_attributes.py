from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models
from django.db.models.functions import Cast
from django.db.models.lookups import Exact, LessThanOrEqual


class Migration(migrations.Migration):
    """What questionnaires say of the workspace's attributes. Answers go on coming in: there may be millions."""

    atomic = False

    dependencies = [("feedback", "0006_by_source")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="attributes",
            field=models.JSONField(
                db_default=models.Value({}, models.JSONField()), default=dict, verbose_name="attributes"
            ),
        ),
        AddConstraintNotValid(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    Exact(
                        models.Func(
                            models.F("attributes"), function="jsonb_typeof", output_field=models.TextField()
                        ),
                        "object",
                    ),
                    LessThanOrEqual(
                        models.Func(
                            Cast("attributes", models.TextField()),
                            function="octet_length",
                            output_field=models.IntegerField(),
                        ),
                        16384,
                    ),
                ),
                name="submission_attributes_sane",
            ),
        ),
        ValidateConstraint(model_name="submission", name="submission_attributes_sane"),
    ]
