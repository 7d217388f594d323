from django.db import migrations, models


class Migration(migrations.Migration):
    """Members are told of cases."""

    dependencies = [
        ("workspaces", "0012_attributes"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_reason_known",
        ),
        migrations.AlterField(
            model_name="notice",
            name="reason",
            field=models.CharField(
                choices=[
                    ("mention", "mentions you"),
                    ("answer", "answers you"),
                    ("alarm", "health is falling"),
                    ("burst", "many complaints at once"),
                    ("band", "another band"),
                    ("case", "a complaint"),
                ],
                max_length=7,
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__in", ["mention", "answer", "alarm", "burst", "band", "case"])),
                name="notice_reason_known",
            ),
        ),
    ]
