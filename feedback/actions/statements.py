"""The statements that write answers by the thousand. Each names all that it touches; values come as parameters."""

from workspaces.actions.programs import WANTED

# Which of the things that answers name are in the workspace.
FIND_NAMED = """
SELECT 'subject', id FROM touchpoints_subject WHERE workspace_id = %(workspace)s AND id = ANY(%(subject)s)
UNION ALL
SELECT 'persona', id FROM personas_persona WHERE workspace_id = %(workspace)s AND id = ANY(%(persona)s)
UNION ALL
SELECT 'channel', id FROM touchpoints_channel WHERE workspace_id = %(workspace)s AND id = ANY(%(channel)s)
"""

# New questionnaires, in the order of their keys so that two writers of the same ones wait instead of deadlocking.
# One that is there already (or that another writer just committed) is left alone and not returned.
ADD_SUBMISSIONS = f"""
WITH added AS (
INSERT INTO feedback_submission
    (workspace_id, source, external_id, occurred_at, day, persona_id, channel_id, device, segment, attributes,
     created_at)
SELECT %(workspace)s, source, external_id, occurred_at, day, persona_id, channel_id, device, segment,
       coalesce(attributes::jsonb, '{{}}'), %(now)s
FROM unnest(
    %(source)s::text[], %(external_id)s::text[], %(occurred_at)s::timestamptz[], %(day)s::date[],
    %(persona)s::bigint[], %(channel)s::bigint[], %(device)s::text[], %(segment)s::text[], %(attributes)s::text[]
) AS given (source, external_id, occurred_at, day, persona_id, channel_id, device, segment, attributes)
ORDER BY source, external_id
ON CONFLICT (source, external_id, workspace_id) DO NOTHING
RETURNING source, external_id, id
)
SELECT source, external_id, id, {WANTED.format(event="submission.created")} FROM added
"""

# Questionnaires that are there already, locked in the order of their keys: whoever writes an answer locks these first.
LOCK_SUBMISSIONS = """
SELECT source, external_id, id, occurred_at, day, persona_id, channel_id, device, segment, attributes
FROM feedback_submission
WHERE workspace_id = %(workspace)s
  AND (source, external_id) IN (SELECT * FROM unnest(%(source)s::text[], %(external_id)s::text[]))
ORDER BY source, external_id
FOR NO KEY UPDATE
"""

MOVE_SUBMISSIONS = """
UPDATE feedback_submission AS submission
SET occurred_at = given.occurred_at, day = given.day, persona_id = given.persona_id,
    channel_id = given.channel_id, device = given.device, segment = given.segment,
    attributes = coalesce(given.attributes::jsonb, '{}'), updated_at = statement_timestamp()
FROM unnest(
    %(id)s::bigint[], %(occurred_at)s::timestamptz[], %(day)s::date[],
    %(persona)s::bigint[], %(channel)s::bigint[], %(device)s::text[], %(segment)s::text[], %(attributes)s::text[]
) AS given (id, occurred_at, day, persona_id, channel_id, device, segment, attributes)
WHERE submission.id = given.id
"""

MOVE_DAYS = """
UPDATE feedback_submission AS submission
SET occurred_at = given.occurred_at, day = given.day, updated_at = statement_timestamp()
FROM unnest(%(id)s::bigint[], %(occurred_at)s::timestamptz[], %(day)s::date[]) AS given (id, occurred_at, day)
WHERE submission.id = given.id
"""

FORGET_ATTRIBUTE = """
UPDATE feedback_submission SET attributes = attributes - %(attribute)s::text, updated_at = statement_timestamp()
WHERE id = ANY(%(id)s)
"""

# What an answer tells of its questionnaire has changed with it.
TOUCH_RESPONSES = """
UPDATE feedback_response SET updated_at = statement_timestamp() WHERE submission_id = ANY(%(id)s)
"""

# Their questionnaire is locked, so nobody else can bring the same answer meanwhile.
ADD_RESPONSES = """
COPY feedback_response
    (workspace_id, submission_id, question, version, subject_id, metric, scale, value, text, job_id)
FROM STDIN
"""

# The session may have planned how to prove an answer's questionnaire when there was none: by reading all of them.
PLAN_ANEW = "DISCARD PLANS"

EDIT_RESPONSES = """
UPDATE feedback_response AS response
SET version = given.version, subject_id = given.subject_id, metric = given.metric, scale = given.scale,
    value = given.value, text = given.text, job_id = %(job)s, removed_at = NULL, updated_at = statement_timestamp()
FROM unnest(
    %(submission)s::bigint[], %(question)s::text[], %(version)s::int[], %(subject)s::bigint[],
    %(metric)s::text[], %(scale)s::text[], %(value)s::smallint[], %(text)s::text[]
) AS given (submission_id, question, version, subject_id, metric, scale, value, text)
WHERE response.submission_id = given.submission_id AND response.question = given.question
"""

# A customer's answers so far, begun or gone on with, and locked: whoever comes at the same moment waits and sees them.
HOLD_FILLING = """
INSERT INTO feedback_filling AS filling (workspace_id, survey_id, key, language, answers, begun_at)
VALUES (%(workspace)s, %(survey)s, %(key)s, %(language)s, %(answers)s::jsonb, %(now)s)
ON CONFLICT (key) DO UPDATE
SET language = EXCLUDED.language,
    answers = CASE WHEN filling.submitted_at IS NULL THEN filling.answers || EXCLUDED.answers ELSE filling.answers END
WHERE filling.survey_id = EXCLUDED.survey_id
RETURNING id, answers, begun_at, submitted_at
"""

# The last statement of its transaction, for all who submit wait here for each other. No row: it takes no more.
SUBMIT_FILLING = """
WITH counted AS (
    UPDATE feedback_survey SET submitted = submitted + 1
    WHERE id = %(survey)s AND status = 'open' AND archived_at IS NULL AND (quota IS NULL OR submitted < quota)
    RETURNING id
)
UPDATE feedback_filling SET submitted_at = %(now)s, answers = %(answers)s::jsonb
WHERE id = %(filling)s AND survey_id IN (SELECT id FROM counted)
RETURNING id
"""

# Answers that complain, by the rule of their workspace (its defaults where there is none). Whoever opened one before,
# or does so at the same time, keeps it.
OPEN_CASES = f"""
WITH opened AS (
INSERT INTO feedback_case
    (workspace_id, response_id, subject_id, cause, severity, state, opened_at, due_at, owner_team_id, owner_member_id,
     play, outcome, reason, version, created_at, updated_at)
SELECT response.workspace_id, response.id, response.subject_id, given.cause, given.severity, 'open', %(now)s,
    %(now)s + make_interval(hours => CASE given.severity
        WHEN 3 THEN coalesce(rule.severe_hours, %(severe_hours)s)
        WHEN 2 THEN coalesce(rule.serious_hours, %(serious_hours)s)
        ELSE coalesce(rule.minor_hours, %(minor_hours)s) END),
    touchpoint.owner_team_id, touchpoint.owner_member_id, '', '', '', 1, %(now)s, %(now)s
FROM unnest(%(submission)s::bigint[], %(question)s::text[], %(cause)s::text[], %(severity)s::int[])
    AS given (submission_id, question, cause, severity)
JOIN feedback_response AS response USING (submission_id, question)
JOIN feedback_submission AS submission ON submission.id = response.submission_id
LEFT JOIN touchpoints_touchpoint AS touchpoint ON touchpoint.subject_id = response.subject_id
LEFT JOIN feedback_caserule AS rule ON rule.workspace_id = %(workspace)s
WHERE submission.occurred_at > %(now)s - make_interval(days => coalesce(rule.days, %(days)s))
  AND (given.cause = 'complaint' OR coalesce(rule.low_scores, %(low_scores)s))
  AND (NOT %(imported)s OR coalesce(rule.imports, %(imports)s))
ORDER BY response.id
ON CONFLICT (response_id) DO NOTHING
RETURNING id, cause, severity, opened_at, due_at, subject_id
)
SELECT opened.id, cause, severity, opened_at, due_at, touchpoint.id, {WANTED.format(event="case.opened")}
FROM opened LEFT JOIN touchpoints_touchpoint AS touchpoint USING (subject_id)
ORDER BY opened.id
"""

# Of answers that are about to be deleted.
PART_CASES = """
UPDATE feedback_case
SET response_id = NULL, version = version + 1, updated_at = %(now)s,
    state = CASE WHEN closed_at IS NULL THEN 'dismissed' ELSE state END,
    reason = CASE WHEN closed_at IS NULL THEN %(reason)s ELSE reason END,
    closed_at = coalesce(closed_at, %(now)s)
WHERE workspace_id = %(workspace)s
  AND response_id IN (SELECT id FROM feedback_response WHERE job_id = %(job)s)
"""

DELETE_RESPONSES_OF_JOB = "DELETE FROM feedback_response WHERE job_id = %(job)s"

DELETE_EMPTY_SUBMISSIONS = """
DELETE FROM feedback_submission
WHERE id = ANY(%(ids)s)
  AND NOT EXISTS (SELECT FROM feedback_response WHERE submission_id = feedback_submission.id)
"""

# What the cells must hold: all answers and all that was counted, less what is still to be folded.
COUNT_ANSWERS = """
SELECT subject_id, metric, scale, persona_id, day, value, sum(times)::int
FROM (
    SELECT subject_id, metric, scale, persona_id, day, value, count(*) AS times
    FROM feedback_response AS response
    JOIN feedback_submission AS submission ON submission.id = response.submission_id
    WHERE subject_id = ANY(%(subjects)s) AND value IS NOT NULL
    GROUP BY subject_id, metric, scale, persona_id, day, value
    UNION ALL
    SELECT subject_id, metric, scale, persona_id, day, value, times
    FROM feedback_usageday,
         LATERAL (VALUES ('contact', '1-1', 1, contacts), ('visit', '0-1', 0, visits - completed),
                         ('visit', '0-1', 1, completed)) AS counted (metric, scale, value, times)
    WHERE subject_id = ANY(%(subjects)s)
    UNION ALL
    SELECT subject_id, metric, scale, persona_id, day, value, -times
    FROM touchpoints_observation
    WHERE subject_id = ANY(%(subjects)s)
) AS counted
GROUP BY subject_id, metric, scale, persona_id, day, value
HAVING sum(times) <> 0
"""


def _heard(table: str, latest: str) -> str:
    """The last days of which each source told a workspace, by hops: from source to source, from day to earlier day."""
    here = f"FROM {table} WHERE workspace_id = %(workspace)s AND source > ''"  # as the index says it
    of_source = f"{here} AND source = sources.source AND day"
    return f"""
    SELECT sources.source, days.day, {latest} AS at
    FROM (
        WITH RECURSIVE sources AS (
            SELECT (SELECT min(source) {here}) AS source
            UNION ALL
            SELECT (SELECT min(source) {here} AND source > sources.source) FROM sources
            WHERE sources.source IS NOT NULL
        )
        SELECT source FROM sources WHERE source IS NOT NULL
    ) sources
    CROSS JOIN LATERAL (
        WITH RECURSIVE days AS (
            SELECT (SELECT max(day) {of_source} <= %(today)s) AS day, 1 AS number
            UNION ALL
            SELECT (SELECT max(day) {of_source} < days.day), number + 1 FROM days
            WHERE days.day IS NOT NULL AND number < %(most)s
        )
        SELECT day, number FROM days WHERE day IS NOT NULL
    ) days"""


# When each source was last heard, however many answers there are: PostgreSQL is led from key to key of an index.
MOMENT = """CASE WHEN days.number = 1 THEN (
        SELECT max(occurred_at) FROM feedback_submission
        WHERE workspace_id = %(workspace)s AND source > '' AND source = sources.source AND day = days.day
    ) END"""
HEARD = f"""
SELECT source, array_agg(DISTINCT day ORDER BY day DESC), max(at)
FROM ({_heard("feedback_submission", MOMENT)} UNION ALL {_heard("feedback_usageday", "NULL")}) heard
GROUP BY source"""
