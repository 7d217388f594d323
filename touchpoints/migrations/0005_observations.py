from django.db import migrations

# Until now all observations were answers, and nothing was learned from peers.
SAY_SO = """
UPDATE touchpoints_healthscore SET observations = answers, parts = (
    SELECT coalesce(jsonb_agg(part || '{"prior_source": "default"}' ORDER BY place), '[]')
    FROM jsonb_array_elements(parts) WITH ORDINALITY AS by_place (part, place)
);
UPDATE touchpoints_healthday SET observations = answers;
"""


class Migration(migrations.Migration):
    dependencies = [("touchpoints", "0004_rules")]

    operations = [migrations.RunSQL(SAY_SO, migrations.RunSQL.noop)]
