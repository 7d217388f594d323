"""The statements by which questionnaires come to personas. Values come as parameters."""

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
