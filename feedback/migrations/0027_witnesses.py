from django.db import migrations

# Of what was answered so far: a questionnaire of each of five people, or of as many as there are.
WITNESSES = """
INSERT INTO feedback_heardpersona (workspace_id, subject_id, persona_id, witnesses)
SELECT workspace_id, subject_id, persona_id, (array_agg(submission ORDER BY submission DESC))[1:5]
FROM (
    SELECT response.workspace_id, subject_id, persona_id, max(submission.id) AS submission
    FROM feedback_response AS response JOIN feedback_submission AS submission ON submission.id = response.submission_id
    WHERE persona_id IS NOT NULL AND value IS NOT NULL
    GROUP BY response.workspace_id, subject_id, persona_id, coalesce(respondent_id, -submission.id)
) AS people
GROUP BY workspace_id, subject_id, persona_id;
"""

# What fewer than five said is the persona's own no longer. Whoever folds next counts it otherwise.
COUNT_OTHERWISE = """
INSERT INTO touchpoints_observation
    (workspace_id, subject_id, persona_id, metric, scale, day, value, times, created_at)
SELECT heard.workspace_id, heard.subject_id, counted.persona_id, metric, scale, day, value, sum(counted.times),
       statement_timestamp()
FROM feedback_heardpersona AS heard
JOIN feedback_response AS response ON response.subject_id = heard.subject_id
JOIN feedback_submission AS submission
    ON submission.id = response.submission_id AND submission.persona_id = heard.persona_id
CROSS JOIN LATERAL (VALUES (heard.persona_id, -1), (NULL, 1)) AS counted (persona_id, times)
WHERE cardinality(witnesses) < 5 AND value IS NOT NULL
GROUP BY heard.workspace_id, heard.subject_id, counted.persona_id, metric, scale, day, value;
"""

FORGET_CLOSES = """
DELETE FROM touchpoints_healthday AS closed USING feedback_heardpersona AS heard
WHERE closed.subject_id = heard.subject_id AND closed.persona_id = heard.persona_id AND cardinality(witnesses) < 5;
"""


class Migration(migrations.Migration):
    """From now on fewer than five people of a persona have no figures of their own. Data apart from schema."""

    dependencies = [("feedback", "0026_heard_personas")]

    operations = [
        migrations.RunSQL(WITNESSES, migrations.RunSQL.noop),
        migrations.RunSQL(COUNT_OTHERWISE, migrations.RunSQL.noop),
        migrations.RunSQL(FORGET_CLOSES, migrations.RunSQL.noop),
    ]
