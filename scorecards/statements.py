"""What the history of scores asks of the database."""

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


# The last days, so many at most, on which something was answered about each subject, the earliest first.
LAST_DAYS_HEARD = """
    SELECT here.id, heard.days
    FROM unnest(%(subjects)s::bigint[]) AS here (id), LATERAL (
        SELECT array_agg(day ORDER BY day) AS days
        FROM (
            SELECT DISTINCT recent.day
            FROM unnest(%(metrics)s::text[]) AS asked (metric), LATERAL (
                SELECT DISTINCT day
                FROM touchpoints_dailycell
                WHERE subject_id = here.id AND metric = asked.metric AND day <= %(today)s AND 0 < ANY (counts)
                ORDER BY day DESC
                LIMIT %(limit)s
            ) AS recent
            ORDER BY recent.day DESC
            LIMIT %(limit)s
        ) AS latest
    ) AS heard
    WHERE heard.days IS NOT NULL"""
