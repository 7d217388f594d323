"""The statements by which questionnaires come to personas. Values come as parameters."""

from touchpoints.health.figures import FEWEST_SHOWN

# Which questionnaires rules may give a persona: those that do not name theirs, but for what an archived one has.
_ARCHIVED = "(SELECT id FROM personas_persona WHERE workspace_id = %(workspace)s AND archived_at IS NOT NULL)"
_MAY_BE_GIVEN = f"(persona_id IS NULL OR persona_by_rule AND persona_id NOT IN {_ARCHIVED})"

# The next of them behind a place.
NEXT_GIVEN = f"""
SELECT id, source, channel_id, device, segment, attributes::text, persona_id
FROM feedback_submission
WHERE workspace_id = %(workspace)s AND id > %(after)s AND id <= %(upto)s AND {_MAY_BE_GIVEN}
ORDER BY id
LIMIT %(at_most)s
"""

# The same ones, locked in the order of their keys as everybody does who changes answers: as they are now.
LOCK_GIVEN = f"""
SELECT id, source, channel_id, device, segment, attributes::text, persona_id
FROM feedback_submission
WHERE id = ANY(%(id)s) AND {_MAY_BE_GIVEN}
ORDER BY source, external_id
FOR NO KEY UPDATE
"""

# The newest questionnaires, with whether rules may give them a persona. In the order of an index.
NEWEST = f"""
SELECT source, channel_id, device, segment, attributes::text, persona_id, {_MAY_BE_GIVEN}
FROM feedback_submission
WHERE workspace_id = %(workspace)s AND source > ''
ORDER BY day DESC, occurred_at DESC, id DESC
LIMIT %(at_most)s
"""

GIVE_PERSONAS = """
UPDATE feedback_submission AS submission
SET persona_id = given.persona_id, persona_by_rule = given.by_rule, updated_at = statement_timestamp()
FROM unnest(%(id)s::bigint[], %(persona)s::bigint[], %(by_rule)s::bool[]) AS given (id, persona_id, by_rule)
WHERE submission.id = given.id
"""

# What was answered in them, equal answers together.
WHAT_THEY_ANSWERED = """
SELECT response.subject_id, metric, scale, submission.day, value, given.was, given.persona, count(*)::int
FROM unnest(%(id)s::bigint[], %(was)s::bigint[], %(persona)s::bigint[]) AS given (id, was, persona)
JOIN feedback_submission AS submission ON submission.id = given.id
JOIN feedback_response AS response ON response.submission_id = given.id
WHERE value IS NOT NULL AND given.was IS DISTINCT FROM given.persona
GROUP BY response.subject_id, metric, scale, submission.day, value, given.was, given.persona
"""

# One that names nobody is somebody.
_WHO = "coalesce(submission.respondent_id, -submission.id)"
_PAIRS = "unnest(%(subject)s::bigint[], %(persona)s::bigint[])"
_THESE = f"(subject_id, persona_id) IN (SELECT * FROM {_PAIRS})"

# Personas with figures of their own about these subjects. Nobody takes them away before the transaction ends.
HOLD_HEARD = f"""
SELECT subject_id, persona_id FROM feedback_heardpersona
WHERE {_THESE} AND cardinality(witnesses) = {FEWEST_SHOWN}
ORDER BY subject_id, persona_id
FOR SHARE
"""

# The others, one writer at a time.
BEGIN_TO_HEAR = f"""
INSERT INTO feedback_heardpersona (workspace_id, subject_id, persona_id, witnesses)
SELECT %(workspace)s, subject_id, persona_id, '{{}}' FROM {_PAIRS} AS given (subject_id, persona_id)
ORDER BY subject_id, persona_id
ON CONFLICT (subject_id, persona_id) DO NOTHING
"""
HOLD_UNHEARD = f"""
SELECT subject_id, persona_id, cardinality(witnesses) = {FEWEST_SHOWN} FROM feedback_heardpersona
WHERE {_THESE}
ORDER BY subject_id, persona_id
FOR NO KEY UPDATE
"""

# A questionnaire still is one of the persona's with an answer about the subject.
_SPEAKS = """submission.persona_id = heard.persona_id AND EXISTS (
        SELECT FROM feedback_response AS response
        WHERE response.submission_id = submission.id AND response.subject_id = heard.subject_id
          AND value IS NOT NULL)"""

# Of new questionnaires and the witnesses that there are, one a person, five at most.
TAKE_WITNESSES = f"""
WITH given AS (
    SELECT * FROM unnest(%(subject)s::bigint[], %(persona)s::bigint[], %(submission)s::bigint[])
        AS given (subject_id, persona_id, submission)
), candidate AS (
    SELECT heard.id, subject_id, persona_id, submission FROM given JOIN feedback_heardpersona AS heard
        USING (subject_id, persona_id)
    UNION
    SELECT heard.id, subject_id, persona_id, unnest(witnesses) FROM feedback_heardpersona AS heard
    WHERE (subject_id, persona_id) IN (SELECT subject_id, persona_id FROM given)
), people AS (
    SELECT DISTINCT ON (heard.id, {_WHO}) heard.id, submission.id AS submission
    FROM candidate AS heard JOIN feedback_submission AS submission ON submission.id = heard.submission
    WHERE {_SPEAKS}
    ORDER BY heard.id, {_WHO}, submission.id DESC
), found AS (
    SELECT id, (array_agg(submission ORDER BY submission DESC))[1:{FEWEST_SHOWN}] AS witnesses FROM people GROUP BY id
)
UPDATE feedback_heardpersona AS heard SET witnesses = found.witnesses FROM found
WHERE heard.id = found.id
RETURNING heard.subject_id, heard.persona_id, cardinality(heard.witnesses) = {FEWEST_SHOWN}
"""

# Where witnesses have gone: others in their place, the newest, as far as there are any.
REPLACE_WITNESSES = f"""
WITH gone AS (
    SELECT heard.id, heard.subject_id, heard.persona_id
    FROM feedback_heardpersona AS heard
    WHERE {_THESE} AND {FEWEST_SHOWN} > (
        SELECT count(DISTINCT {_WHO})
        FROM unnest(witnesses) AS witness JOIN feedback_submission AS submission ON submission.id = witness
        WHERE {_SPEAKS}
    )
), found AS (
    SELECT heard.id, (array_agg(submission ORDER BY submission DESC))[1:{FEWEST_SHOWN}] AS witnesses
    FROM gone AS heard LEFT JOIN LATERAL (
        SELECT max(submission.id) AS submission
        FROM feedback_response AS response JOIN feedback_submission AS submission
            ON submission.id = response.submission_id
        WHERE response.subject_id = heard.subject_id AND submission.persona_id = heard.persona_id
          AND value IS NOT NULL
        GROUP BY {_WHO}
    ) AS people ON true
    GROUP BY heard.id
)
UPDATE feedback_heardpersona AS heard SET witnesses = array_remove(found.witnesses, NULL) FROM found
WHERE heard.id = found.id
RETURNING heard.subject_id, heard.persona_id, cardinality(heard.witnesses) = {FEWEST_SHOWN}
"""

# All that these personas answered about these subjects, equal answers together.
WHAT_WAS_HEARD = f"""
SELECT response.subject_id, submission.persona_id, metric, scale, submission.day, value, count(*)::int
FROM {_PAIRS} AS heard (subject_id, persona_id)
JOIN feedback_response AS response ON response.subject_id = heard.subject_id
JOIN feedback_submission AS submission
    ON submission.id = response.submission_id AND submission.persona_id = heard.persona_id
WHERE value IS NOT NULL
GROUP BY response.subject_id, submission.persona_id, metric, scale, submission.day, value
"""

# A questionnaire a person of those that came to a persona, about each of these subjects.
WHO_CAME = f"""
SELECT DISTINCT ON (response.subject_id, submission.persona_id, {_WHO})
       response.subject_id, submission.persona_id, submission.id
FROM feedback_submission AS submission JOIN feedback_response AS response ON response.submission_id = submission.id
WHERE submission.id = ANY(%(id)s) AND (response.subject_id, submission.persona_id) IN (SELECT * FROM {_PAIRS})
  AND value IS NOT NULL
"""

# Which texts the newest questionnaires say, by fact.
SEEN = """
WITH newest AS MATERIALIZED (
    SELECT source, segment, attributes
    FROM feedback_submission
    WHERE workspace_id = %(workspace)s AND source > ''
    ORDER BY day DESC, occurred_at DESC, id DESC
    LIMIT %(at_most)s
)
SELECT fact, value, count(*)
FROM (
    SELECT 'source' AS fact, source AS value FROM newest
    UNION ALL
    SELECT 'segment', segment FROM newest WHERE segment > ''
    UNION ALL
    SELECT 'attribute.' || key, value FROM newest, jsonb_each_text(attributes)
) AS said
GROUP BY fact, value
"""
