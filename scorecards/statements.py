"""What rows over time ask of the database."""

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
# What the newest questionnaires of a period say of a whole (NPS, CSAT) and beside it of these touchpoints: an answer a
# row, questionnaire by questionnaire.
TOGETHER = """
    WITH newest AS MATERIALIZED (
        SELECT submission.id
        FROM feedback_submission submission
        JOIN (
            SELECT DISTINCT submission_id FROM feedback_response
            WHERE subject_id = %(whole)s AND metric IN ('nps', 'csat') AND removed_at IS NULL
        ) AS asked ON asked.submission_id = submission.id
        WHERE submission.workspace_id = %(workspace)s AND submission.day BETWEEN %(first)s AND %(last)s
        ORDER BY submission.day DESC, submission.id DESC
        LIMIT %(newest)s
    )
    SELECT response.submission_id, response.subject_id, response.metric, response.scale, response.value
    FROM newest JOIN feedback_response response ON response.submission_id = newest.id
    WHERE response.removed_at IS NULL AND (
        (response.subject_id = %(whole)s AND response.metric IN ('nps', 'csat'))
        OR (response.subject_id = ANY(%(subjects)s) AND response.metric IN ('nps', 'csat', 'ces'))
    )
    ORDER BY response.submission_id, response.id"""
