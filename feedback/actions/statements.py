"""The statements that write answers by the thousand. Each names all that it touches; values come as parameters."""

from touchpoints.health.figures import FEWEST_SHOWN
from workspaces.actions.programs import WANTED

# The names that a workspace has masked, one a line.
NAMES = """
SELECT listed.names || CASE WHEN listed.members THEN coalesce((
    SELECT E'\\n' || string_agg(person.name, E'\\n' ORDER BY person.id)
    FROM workspaces_membership AS member JOIN workspaces_user AS person ON person.id = member.user_id
    WHERE member.workspace_id = listed.workspace_id
), '') ELSE '' END
FROM feedback_maskednames AS listed WHERE listed.workspace_id ="""

# Read with a survey's questions, and only where somebody writes words.
NAMES_FOR_WORDS = f"CASE WHEN feedback_question.kind = 'text' THEN ({NAMES} feedback_question.workspace_id) END"

# The rules by which personas are given, in their order, of personas that are kept.
RULES = """
SELECT json_agg(json_build_array(rule.persona_id, rule.conditions) ORDER BY rule."position")::text
FROM feedback_personarule AS rule
JOIN personas_persona AS persona ON persona.id = rule.persona_id AND persona.archived_at IS NULL
WHERE rule.archived_at IS NULL AND rule.workspace_id ="""

# Which of the things that answers name are in the workspace (of a persona that was merged also into which), its
# attributes, the names that are not to be kept, and the rules of its personas.
FIND_NAMED = f"""
SELECT 'subject', id, NULL FROM touchpoints_subject WHERE workspace_id = %(workspace)s AND id = ANY(%(subject)s)
UNION ALL
SELECT 'persona', persona.id, merged.into_id::text
FROM personas_persona AS persona
LEFT JOIN feedback_personamerge AS merged ON merged.persona_id = persona.id AND persona.archived_at IS NOT NULL
WHERE persona.workspace_id = %(workspace)s AND persona.id = ANY(%(persona)s)
UNION ALL
SELECT 'channel', id, NULL FROM touchpoints_channel WHERE workspace_id = %(workspace)s AND id = ANY(%(channel)s)
UNION ALL
SELECT 'attribute', NULL, key FROM workspaces_attribute WHERE workspace_id = %(workspace)s AND archived_at IS NULL
UNION ALL
SELECT 'names', NULL, ({NAMES} %(workspace)s)
UNION ALL
SELECT 'rules', NULL, ({RULES} %(workspace)s)
"""

# Respondents who are new, in their order, as two writers of the same ones want it.
ADD_RESPONDENTS = """
INSERT INTO feedback_respondent (workspace_id, reference, created_at)
SELECT %(workspace)s, reference, %(now)s FROM unnest(%(reference)s::text[]) AS given (reference)
ORDER BY reference
ON CONFLICT (workspace_id, reference) DO NOTHING
RETURNING id
"""

# Whoever erases one waits for this transaction; whoever comes behind the eraser finds no row.
HOLD_RESPONDENTS = """
SELECT reference, id FROM feedback_respondent
WHERE workspace_id = %(workspace)s AND reference = ANY(%(reference)s)
ORDER BY reference
FOR KEY SHARE
"""

DROP_RESPONDENTS = "DELETE FROM feedback_respondent WHERE id = ANY(%(ids)s)"

# Answers kept for programs that ask again, where they hold one of these texts.
FORGET_KEPT_ANSWERS = """
DELETE FROM workspaces_keptanswer
WHERE workspace_id = %(workspace)s
  AND EXISTS (SELECT FROM unnest(%(needles)s::bytea[]) AS needle WHERE position(needle IN body) > 0)
"""

# New questionnaires, in the order of their keys so that two writers of the same ones wait instead of deadlocking.
# One that is there already (or that another writer just committed) is left alone and not returned.
ADD_SUBMISSIONS = f"""
WITH added AS (
INSERT INTO feedback_submission
    (workspace_id, source, external_id, occurred_at, day, persona_id, channel_id, device, segment, attributes,
     respondent_id, persona_by_rule, created_at)
SELECT %(workspace)s, source, external_id, occurred_at, day, persona_id, channel_id, device, segment,
       coalesce(attributes::jsonb, '{{}}'), respondent_id, persona_by_rule, %(now)s
FROM unnest(
    %(source)s::text[], %(external_id)s::text[], %(occurred_at)s::timestamptz[], %(day)s::date[],
    %(persona)s::bigint[], %(channel)s::bigint[], %(device)s::text[], %(segment)s::text[], %(attributes)s::text[],
    %(respondent)s::bigint[], %(persona_by_rule)s::bool[]
) AS given (source, external_id, occurred_at, day, persona_id, channel_id, device, segment, attributes, respondent_id,
            persona_by_rule)
ORDER BY source, external_id
ON CONFLICT (source, external_id, workspace_id) DO NOTHING
RETURNING source, external_id, id
)
SELECT source, external_id, id, {WANTED.format(event="submission.created")} FROM added
"""

# Questionnaires that are there already, locked in the order of their keys: whoever writes an answer locks these first.
LOCK_SUBMISSIONS = """
SELECT source, external_id, id, occurred_at, day, persona_id, channel_id, device, segment, attributes, respondent_id,
       persona_by_rule
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
    attributes = coalesce(given.attributes::jsonb, '{}'), respondent_id = given.respondent_id,
    persona_by_rule = given.persona_by_rule, updated_at = statement_timestamp()
FROM unnest(
    %(id)s::bigint[], %(occurred_at)s::timestamptz[], %(day)s::date[],
    %(persona)s::bigint[], %(channel)s::bigint[], %(device)s::text[], %(segment)s::text[], %(attributes)s::text[],
    %(respondent)s::bigint[], %(persona_by_rule)s::bool[]
) AS given (id, occurred_at, day, persona_id, channel_id, device, segment, attributes, respondent_id, persona_by_rule)
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

MASK_SUBMISSIONS = """
UPDATE feedback_submission AS submission
SET segment = given.segment, attributes = given.attributes::jsonb, updated_at = statement_timestamp()
FROM unnest(%(id)s::bigint[], %(segment)s::text[], %(attributes)s::text[]) AS given (id, segment, attributes)
WHERE submission.id = given.id
"""

MASK_RESPONSES = """
UPDATE feedback_response AS response SET text = given.text, updated_at = statement_timestamp()
FROM unnest(%(id)s::bigint[], %(text)s::text[]) AS given (id, text)
WHERE response.id = given.id
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

_ADDED = """
SET language = given.language,
    answers = CASE WHEN filling.submitted_at IS NULL THEN filling.answers || given.answers ELSE filling.answers END
"""
_HELD = """
RETURNING filling.id, filling.answers, begun_at, submitted_at, respondent_id,
    (SELECT reference FROM feedback_respondent AS respondent WHERE respondent.id = respondent_id)
"""

# A customer's answers so far, begun or gone on with, and locked: whoever comes at the same moment waits and sees them.
HOLD_FILLING = f"""
INSERT INTO feedback_filling AS filling
    (workspace_id, survey_id, respondent_id, key, language, answers, begun_at)
VALUES (%(workspace)s, %(survey)s, %(respondent)s, %(key)s, %(language)s, %(answers)s::jsonb, %(now)s)
ON CONFLICT (key) DO UPDATE {_ADDED.replace("given.", "EXCLUDED.")}
WHERE filling.survey_id = EXCLUDED.survey_id
{_HELD}
"""

# The same of one that has been begun, as it must have been where only a personal link can begin it.
HOLD_BEGUN_FILLING = f"""
UPDATE feedback_filling AS filling {_ADDED}
FROM (VALUES (%(language)s, %(answers)s::jsonb)) AS given (language, answers)
WHERE filling.key = %(key)s AND filling.survey_id = %(survey)s
{_HELD}
"""

_SENT = """
sent AS (
    UPDATE feedback_filling SET submitted_at = %(now)s, answers = %(answers)s::jsonb
    WHERE id = %(filling)s AND survey_id IN (SELECT id FROM counted)
    RETURNING id, respondent_id
), told AS (
    UPDATE feedback_respondent SET answered_at = %(now)s FROM sent WHERE feedback_respondent.id = sent.respondent_id
)
SELECT id FROM sent
"""

# The last statement of its transaction, for all who submit wait here for each other. No row: it takes no more.
SUBMIT_FILLING = f"""
WITH counted AS (
    UPDATE feedback_survey SET submitted = submitted + 1
    WHERE id = %(survey)s AND status = 'open' AND archived_at IS NULL AND (quota IS NULL OR submitted < quota)
    RETURNING id
), {_SENT}
"""

# Of one without any answer, which takes nobody's place.
PASS_OVER_FILLING = f"""
WITH counted AS (SELECT %(survey)s::bigint AS id), {_SENT}
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

# What the cells must hold: all answers (as a persona's own where enough of its people answered) and all that was
# counted, less what is still to be folded.
COUNT_ANSWERS = f"""
SELECT subject_id, metric, scale, persona_id, day, value, sum(times)::int
FROM (
    SELECT response.subject_id, metric, scale, heard.persona_id, day, value, count(*) AS times
    FROM feedback_response AS response
    JOIN feedback_submission AS submission ON submission.id = response.submission_id
    LEFT JOIN feedback_heardpersona AS heard
        ON heard.subject_id = response.subject_id AND heard.persona_id = submission.persona_id
        AND cardinality(heard.witnesses) = {FEWEST_SHOWN}
    WHERE response.subject_id = ANY(%(subjects)s) AND value IS NOT NULL
    GROUP BY response.subject_id, metric, scale, heard.persona_id, day, value
    UNION ALL
    SELECT subject_id, metric, scale, persona_id, day, value, times
    FROM feedback_usageday,
         LATERAL (VALUES ('contact', '1-1', 1, contacts), ('visit', '0-1', 0, visits - completed),
                         ('visit', '0-1', 1, completed), ('complaint', '1-3', 1, complaints))
             AS counted (metric, scale, value, times)
    WHERE subject_id = ANY(%(subjects)s)
    UNION ALL
    SELECT subject_id, metric, scale, persona_id, day, value, -times
    FROM touchpoints_observation
    WHERE subject_id = ANY(%(subjects)s)
) AS counted
GROUP BY subject_id, metric, scale, persona_id, day, value
HAVING sum(times) <> 0
"""
