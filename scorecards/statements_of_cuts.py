"""What is asked of the answers of a touchpoint where the daily counts do not say enough. Values come as parameters."""

from touchpoints.health.figures import FEWEST_SHOWN


def _own(persona: str) -> str:
    # A persona whose answers here are its own figures; null, as of one who is not known, where fewer than five answered
    return f"""(SELECT persona_id FROM feedback_heardpersona AS heard
                WHERE heard.subject_id = %(subject)s AND heard.persona_id = {persona}
                  AND cardinality(witnesses) = {FEWEST_SHOWN})"""


# Public ratings of a period by where they were published: how many gave each number of stars.
PUBLIC_RATINGS = f"""
    SELECT submission.source, ARRAY[
        count(*) FILTER (WHERE value = 1), count(*) FILTER (WHERE value = 2), count(*) FILTER (WHERE value = 3),
        count(*) FILTER (WHERE value = 4), count(*) FILTER (WHERE value = 5)]
    FROM feedback_response response
    JOIN feedback_submission submission ON submission.id = response.submission_id
    WHERE response.subject_id = %(subject)s AND response.metric = 'rating' AND response.removed_at IS NULL
      AND submission.day BETWEEN %(first)s AND %(last)s
      AND (%(persona)s::bigint IS NULL OR submission.persona_id = {_own("%(persona)s")})
    GROUP BY submission.source
    ORDER BY count(*) DESC, submission.source"""

# What a questionnaire says of itself by which answers are cut, empty where it does not; and where its name stands.
DIMENSIONS = {
    "channel": ("coalesce(submission.channel_id::text, '')", "touchpoints_channel"),
    "device": ("submission.device", ""),
    "segment": ("submission.segment", ""),
    "persona": (f"coalesce({_own('submission.persona_id')}::text, '')", "personas_persona"),
    "attribute": ("coalesce(submission.attributes ->> %(attribute)s, '')", ""),
}


def cut(dimension: str) -> str:
    """How many gave which value in a period, group by group; all but the largest groups together, without a name.

    Where the daily counts say that there are more answers than can be read at once, none is: one row without a metric.
    """
    column, table = DIMENSIONS[dimension]
    named = f"coalesce((SELECT name FROM {table} WHERE id::text = largest.key), '')" if table else "largest.key"
    return f"""
    WITH answered AS MATERIALIZED (
        SELECT coalesce(sum((SELECT sum(times) FROM unnest(counts) AS times)), 0) > %(most)s AS too_many
        FROM touchpoints_dailycell
        WHERE subject_id = %(subject)s AND metric = ANY(%(metrics)s) AND day BETWEEN %(first)s AND %(last)s
          AND (%(persona)s::bigint IS NULL OR persona_id = %(persona)s)
    ), counted AS MATERIALIZED (
        SELECT {column} AS key, response.metric, response.scale, response.value, count(*) AS times
        FROM feedback_response response
        JOIN feedback_submission submission ON submission.id = response.submission_id
        WHERE NOT (SELECT too_many FROM answered)
          AND response.subject_id = %(subject)s AND response.metric = ANY(%(metrics)s) AND response.removed_at IS NULL
          AND submission.day BETWEEN %(first)s AND %(last)s
          AND (%(persona)s::bigint IS NULL OR submission.persona_id = {_own("%(persona)s")})
        GROUP BY 1, 2, 3, 4
    ), largest AS (
        SELECT key FROM counted GROUP BY key ORDER BY sum(times) DESC, key LIMIT %(groups)s
    )
    SELECT CASE WHEN largest.key IS NOT NULL THEN {named} END, counted.metric, counted.scale, counted.value,
           sum(times)::bigint
    FROM counted LEFT JOIN largest USING (key)
    GROUP BY largest.key, counted.metric, counted.scale, counted.value
    UNION ALL
    SELECT NULL, NULL, NULL, NULL, NULL FROM answered WHERE too_many"""


CUTS = {dimension: cut(dimension) for dimension in DIMENSIONS}
