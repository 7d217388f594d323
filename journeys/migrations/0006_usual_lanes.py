from django.db import migrations

HIDDEN_AT_FIRST = ("needs", "chances")
USUAL = ("action", "touchpoints", "emotion", "quote", "needs", "heard", "chances", "measures", "backstage")


def begin(apps, schema_editor):
    """Give the journeys that there are the lanes with which a journey begins."""
    lane = apps.get_model("journeys", "Lane")
    for journey, workspace in apps.get_model("journeys", "Journey").objects.values_list("pk", "workspace").iterator():
        lane.objects.bulk_create(
            lane(
                workspace_id=workspace,
                journey_id=journey,
                kind=kind,
                position=position,
                shown=kind not in HIDDEN_AT_FIRST,
            )
            for position, kind in enumerate(USUAL)
        )


class Migration(migrations.Migration):
    dependencies = [("journeys", "0005_lanes")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
