"""The statements that write what sources count, and tell when each was last heard. Values come as parameters."""

# The rows of what was counted on some days, made where there are none, then locked in the order of their keys.
_DAYS = """unnest(%(source)s::text[], %(subject)s::bigint[], %(day)s::date[], %(persona)s::bigint[])
    AS told (source, subject, day, persona)"""
MAKE_USAGE = f"""
INSERT INTO feedback_usageday
    (workspace_id, source, subject_id, day, persona_id, contacts, visits, completed, complaints)
SELECT %(workspace)s, source, subject, day, persona, 0, 0, 0, 0 FROM {_DAYS}
ORDER BY source, subject, day, persona
ON CONFLICT DO NOTHING
"""
LOCK_USAGE = f"""
SELECT usage.id, usage.source, subject_id, usage.day, persona_id, contacts, visits, completed, complaints
FROM {_DAYS}
JOIN feedback_usageday AS usage ON subject_id = told.subject AND usage.day = told.day AND usage.source = told.source
    AND persona_id IS NOT DISTINCT FROM told.persona
WHERE workspace_id = %(workspace)s
ORDER BY usage.source, subject_id, usage.day, persona_id
FOR NO KEY UPDATE OF usage
"""
CHANGE_USAGE = """
UPDATE feedback_usageday
SET contacts = told.contacts, visits = told.visits, completed = told.completed, complaints = told.complaints,
    updated_at = statement_timestamp()
FROM unnest(%(pk)s::bigint[], %(contacts)s::int[], %(visits)s::int[], %(completed)s::int[], %(complaints)s::int[])
    AS told (pk, contacts, visits, completed, complaints)
WHERE id = told.pk
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
