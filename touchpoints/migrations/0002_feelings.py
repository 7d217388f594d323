from collections import defaultdict

from django.db import migrations, models

from touchpoints.health.decay import Tally
from touchpoints.health.feelings import feelings_of
from touchpoints.health.metrics import scale_of


def feel(apps, schema_editor):
    """What customers felt, from the sums that are kept already, so that an older database shows it at once."""
    of_whom = defaultdict(dict)
    sums = apps.get_model("touchpoints", "WindowSum").objects.all()
    for row in sums.values_list("subject", "persona", "metric", "scale", "sums", "squares", "answers").iterator():
        subject, persona, metric, code, weighted, squares, answers = row
        scale, tally = scale_of(metric, code), Tally(tuple(map(int, weighted)), int(squares), answers)
        for whose in {None, persona}:
            tallies = of_whom[subject, whose]
            tallies[scale] = tallies[scale] + tally if scale in tallies else tally
    scores = apps.get_model("touchpoints", "HealthScore").objects.all()
    for score in scores.iterator():
        felt = feelings_of(of_whom[score.subject_id, score.persona_id])
        score.perception, score.perception_source = felt.perception, felt.source or ""
        score.expectation = felt.expectation
        score.save(update_fields=["perception", "perception_source", "expectation"])


class Migration(migrations.Migration):
    dependencies = [
        ("personas", "0001_initial"),
        ("touchpoints", "0001_initial"),
        ("workspaces", "0002_programs"),
    ]

    operations = [
        migrations.AddField(
            model_name="healthscore",
            name="expectation",
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name="healthscore",
            name="perception",
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name="healthscore",
            name="perception_source",
            field=models.CharField(
                blank=True,
                choices=[("emotion", "emotion"), ("satisfaction", "satisfaction")],
                default="",
                max_length=12,
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="healthscore",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("perception", None), ("perception_source", "")),
                        ("perception__range", (-2, 2)),
                        _connector="OR",
                    ),
                    models.Q(("expectation", None), ("expectation__range", (-2, 2)), _connector="OR"),
                ),
                name="healthscore_feelings_in_range",
            ),
        ),
        migrations.RunPython(feel, migrations.RunPython.noop),
    ]
