"""The statements that fold observations. Values come as parameters."""

APPEND_OBSERVATIONS = """
COPY touchpoints_observation
    (workspace_id, subject_id, persona_id, metric, scale, day, value, times, created_at)
FROM STDIN
"""

# What is deleted is exactly what is folded: nothing twice, nothing lost. Oldest first, so that an answer never goes
# before it came. The border is found first, because a list of ids to delete may be joined row by row: right after a
# large import the table has no statistics yet, and the database cannot know better.
TAKE_OBSERVATIONS = """
WITH border AS MATERIALIZED (
    SELECT max(id) AS id
    FROM (
        SELECT id FROM touchpoints_observation WHERE subject_id = ANY(%(subjects)s) ORDER BY id LIMIT %(at_most)s
    ) AS oldest
), taken AS (
    DELETE FROM touchpoints_observation
    WHERE subject_id = ANY(%(subjects)s) AND id <= (SELECT id FROM border)
    RETURNING subject_id, persona_id, metric, scale, day, value, times
)
SELECT subject_id, metric, scale, persona_id, day, value, sum(times)::int
FROM taken
GROUP BY subject_id, metric, scale, persona_id, day, value
HAVING sum(times) <> 0
"""

# The second pause is twice as long as the first, and so on. Whoever failed at the same time as another says nothing.
SET_ASIDE = """
INSERT INTO touchpoints_stucksubject AS stuck (workspace_id, subject_id, error, attempts, since, again_at)
SELECT workspace_id, id, left(%(error)s::text, 80), 1, %(now)s::timestamptz, %(now)s::timestamptz + %(first)s::interval
FROM touchpoints_subject
WHERE id = %(subject)s
ON CONFLICT (subject_id) DO UPDATE
SET error = EXCLUDED.error, attempts = stuck.attempts + 1,
    again_at = %(now)s::timestamptz + least(%(first)s::interval * 2 ^ least(stuck.attempts, 20), %(longest)s::interval)
WHERE stuck.again_at <= %(now)s::timestamptz
"""

ADD_TO_CELLS = """
INSERT INTO touchpoints_dailycell AS cell (workspace_id, subject_id, metric, scale, persona_id, day, counts)
SELECT workspace_id, subject_id, metric, scale, persona_id, day, counts
FROM json_populate_recordset(NULL::touchpoints_dailycell, %(cells)s::json)
ON CONFLICT (subject_id, metric, day, scale, persona_id) DO UPDATE
SET counts = ARRAY(
    SELECT was + came
    FROM unnest(cell.counts, EXCLUDED.counts) WITH ORDINALITY AS both_of (was, came, place)
    ORDER BY place
)
"""

# A day whose last answer went has no cell, as if none had ever come.
DROP_EMPTY_CELLS = """
DELETE FROM touchpoints_dailycell WHERE subject_id = %(subject)s AND day = ANY(%(days)s) AND 0 = ALL(counts)
"""

# Sums and scores travel as one value each, whatever their number: a statement of a thousand places takes longer to read
# than to run.
WRITE_SUMS = """
INSERT INTO touchpoints_windowsum
    (workspace_id, subject_id, persona_id, metric, scale, "table", as_of, sums, squares, answers)
SELECT workspace_id, subject_id, persona_id, metric, scale, "table", as_of, sums, squares, answers
FROM json_populate_recordset(NULL::touchpoints_windowsum, %(rows)s::json)
ON CONFLICT (subject_id, metric, scale, persona_id) DO UPDATE
SET ("table", as_of, sums, squares, answers)
    = (EXCLUDED."table", EXCLUDED.as_of, EXCLUDED.sums, EXCLUDED.squares, EXCLUDED.answers)
"""

WRITE_SCORES = """
INSERT INTO touchpoints_healthscore
    (workspace_id, subject_id, persona_id, day, score, sd, evidence, answers, observations, known, parts, model_version,
     prior_version, peer_group, version, last_heard, perception, perception_source, expectation, computed_at)
SELECT workspace_id, subject_id, persona_id, day, score, sd, evidence, answers, observations, known, parts,
       model_version, prior_version, peer_group, version, last_heard, perception, perception_source, expectation,
       computed_at
FROM json_populate_recordset(NULL::touchpoints_healthscore, %(rows)s::json)
ON CONFLICT (subject_id, persona_id) DO UPDATE
SET (day, score, sd, evidence, answers, observations, known, parts, model_version, prior_version, peer_group, version,
     last_heard, perception, perception_source, expectation, computed_at)
    = (EXCLUDED.day, EXCLUDED.score, EXCLUDED.sd, EXCLUDED.evidence, EXCLUDED.answers, EXCLUDED.observations,
       EXCLUDED.known, EXCLUDED.parts, EXCLUDED.model_version, EXCLUDED.prior_version, EXCLUDED.peer_group,
       EXCLUDED.version, EXCLUDED.last_heard, EXCLUDED.perception, EXCLUDED.perception_source, EXCLUDED.expectation,
       EXCLUDED.computed_at)
"""

SUM_BY_TOUCHPOINT = """
SELECT peer_group, touchpoint, metric, scale, array_agg(total ORDER BY place), min(squares), min(answers)
FROM (
    SELECT touchpoint.peer_group, touchpoint.id AS touchpoint, metric, scale, place, sum(weighted) AS total,
           sum(squares) AS squares, sum(answers) AS answers
    FROM touchpoints_touchpoint touchpoint
    JOIN touchpoints_windowsum sums ON sums.subject_id = touchpoint.subject_id,
         unnest(sums.sums) WITH ORDINALITY AS by_value (weighted, place)
    WHERE touchpoint.workspace_id = %(workspace)s AND touchpoint.archived_at IS NULL
    GROUP BY touchpoint.id, metric, scale, place
) AS by_value
GROUP BY peer_group, touchpoint, metric, scale
ORDER BY touchpoint, metric, scale
"""

# However many charts: one value, and no case for each of them.
WRITE_CHARTS = """
UPDATE touchpoints_chart AS chart
SET (limits, day, height, since, ended_on)
    = (given.limits, given.day, given.height, given.since, given.ended_on)
FROM json_populate_recordset(NULL::touchpoints_chart, %(rows)s::json) AS given
WHERE chart.id = given.id
"""
