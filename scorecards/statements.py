"""What the scorecards and rows over time ask of the database."""

from touchpoints.statements import SUMS

PERIODS = {
    "day": "day",
    "week": "date_trunc('week', day::timestamp)::date",
    "month": "date_trunc('month', day::timestamp)::date",
}
WHOSE = {"everybody": "persona_id IS NULL", "one": "persona_id = %(persona)s", "all": "true"}


def scores(every: str, whose: str) -> str:
    """Scores behind a place, by subject, period and persona (0: the total): the last of each in its period.

    Closes of days and running scores are both read in the order of their index from that place on, and only so many,
    so that a page costs the same wherever it begins.
    """
    period = PERIODS[every]

    def last_of(table: str, closed: str) -> str:
        return f"""
        (SELECT DISTINCT ON (subject_id, {period}, coalesce(persona_id, 0))
                subject_id, {period} AS period, coalesce(persona_id, 0) AS persona, day, score, sd, evidence, answers,
                observations, known, {closed} AS closed
         FROM {table}
         WHERE subject_id = ANY(%(subjects)s) AND day BETWEEN %(first)s AND %(last)s AND {WHOSE[whose]}
           AND (subject_id, day) >= (%(after_subject)s, %(after_period)s)
           AND (subject_id, {period}, coalesce(persona_id, 0))
               > (%(after_subject)s, %(after_period)s, %(after_persona)s)
         ORDER BY subject_id, {period}, coalesce(persona_id, 0), day DESC
         LIMIT %(limit)s)"""

    return f"""
    SELECT told.*, persona.name
    FROM (
        SELECT DISTINCT ON (subject_id, period, persona) *
        FROM ({last_of("touchpoints_healthday", "true")} UNION ALL {last_of("touchpoints_healthscore", "false")}) found
        ORDER BY subject_id, period, persona, day DESC
        LIMIT %(limit)s
    ) told
    LEFT JOIN personas_persona persona ON persona.id = told.persona
    ORDER BY subject_id, period, persona"""


SCORES = {(every, whose): scores(every, whose) for every in PERIODS for whose in WHOSE}


def answers(every: str) -> str:
    """What was answered behind a place, by subject, period, metric and scale: counts per value, from daily cells.

    "all" has one period, which begins with the `first` day.
    """
    period = PERIODS.get(every, "%(first)s::date")
    return f"""
    SELECT subject_id, {period} AS period, metric, scale, array_remove(ARRAY[{SUMS}], NULL) AS counts
    FROM touchpoints_dailycell
    WHERE subject_id = ANY(%(subjects)s) AND day BETWEEN %(first)s AND %(last)s AND metric = ANY(%(metrics)s)
      AND (%(persona)s::bigint IS NULL OR persona_id = %(persona)s)
      AND (subject_id, {period}, metric, scale)
          > (%(after_subject)s, %(after_period)s, %(after_metric)s, %(after_scale)s)
    GROUP BY subject_id, period, metric, scale
    ORDER BY subject_id, period, metric, scale
    LIMIT %(limit)s"""


ANSWERS = {every: answers(every) for every in (*PERIODS, "all")}

# What stands around the table: journeys with their subjects, personas, saved views, how many alarms are open, and the
# subject of the company as a whole.
AROUND = """
    SELECT
        (SELECT coalesce(json_agg(json_build_array(id, name, subject_id) ORDER BY lower(name), id), '[]')
         FROM journeys_journey WHERE workspace_id = %(workspace)s AND archived_at IS NULL),
        (SELECT coalesce(json_agg(json_build_array(id, name) ORDER BY lower(name), id), '[]')
         FROM personas_persona WHERE workspace_id = %(workspace)s AND archived_at IS NULL),
        (SELECT coalesce(json_agg(json_build_array(id, name, query) ORDER BY lower(name), id), '[]')
         FROM workspaces_savedview
         WHERE workspace_id = %(workspace)s AND screen = 'scorecards' AND archived_at IS NULL),
        (SELECT count(*) FROM touchpoints_alarm WHERE workspace_id = %(workspace)s AND state = 'open'),
        (SELECT id FROM touchpoints_subject WHERE workspace_id = %(workspace)s AND kind = 'workspace')"""

# Every touchpoint with its score, of everybody or one persona, and its places on journeys, archived ones too.
HELD = """
    SELECT touchpoint.id, score.score, score.sd, score.observations, score.known, score.answers, score.last_heard,
           (SELECT coalesce(json_agg(json_build_array(
                       journey.id, journey.name, phase.kind, placement.moment_of_truth, placement.share,
                       placement.assumed_emotion IS NOT NULL, journey.archived_at IS NULL
                   ) ORDER BY lower(journey.name), journey.id), '[]')
            FROM journeys_placement placement
            JOIN journeys_phase phase ON phase.id = placement.phase_id
            JOIN journeys_journey journey ON journey.id = placement.journey_id
            WHERE placement.touchpoint_id = touchpoint.id AND placement.archived_at IS NULL)
    FROM touchpoints_touchpoint touchpoint
    LEFT JOIN touchpoints_healthscore score
        ON score.subject_id = touchpoint.subject_id AND score.persona_id IS NOT DISTINCT FROM %(persona)s::bigint
    WHERE touchpoint.workspace_id = %(workspace)s"""
