from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models


class Migration(migrations.Migration):
    """A day's close keeps what was felt. Days go on being closed meanwhile, and there may be very many."""

    atomic = False

    dependencies = [("touchpoints", "0008_events")]

    operations = [
        migrations.AddField("healthday", "perception", models.FloatField(null=True)),
        migrations.AddField(
            "healthday",
            "perception_source",
            models.CharField(
                blank=True,
                choices=[("emotion", "emotion"), ("satisfaction", "satisfaction")],
                db_default="",
                default="",
                max_length=12,
            ),
        ),
        migrations.AddField("healthday", "expectation", models.FloatField(null=True)),
        migrations.AddField("healthday", "ease", models.FloatField(null=True)),
        migrations.AddField("healthday", "felt_kept", models.BooleanField(db_default=False, default=True)),
        AddConstraintNotValid(
            "healthday",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("perception", None), ("perception__range", (-2, 2)), _connector="OR"),
                    models.Q(("expectation", None), ("expectation__range", (-2, 2)), _connector="OR"),
                    models.Q(("ease", None), ("ease__range", (0, 100)), _connector="OR"),
                ),
                name="healthday_feelings_in_range",
            ),
        ),
        ValidateConstraint("healthday", "healthday_feelings_in_range"),
    ]
