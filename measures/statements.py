"""What reviews ask of the database."""

from touchpoints.statements import LONGEST, SUMS

WEEK = 7  # days
ALL = " + ".join(f"coalesce(counts[{place}], 0)" for place in range(1, 1 + LONGEST))

_HEARD = """
    FROM touchpoints_dailycell
    WHERE subject_id = ANY(%(subjects)s) AND day BETWEEN %(first)s AND %(last)s
      AND (%(personas)s::bigint[] IS NULL OR persona_id = ANY(%(personas)s))"""

SINCE = 2
# What was said in the first half of the time before (0), the second half (1), and SINCE.
COUNTED = f"""
    SELECT subject_id, (day >= %(middle)s)::int + (day >= %(start)s)::int AS part, metric, scale,
           array_remove(ARRAY[{SUMS}], NULL)
    {_HEARD}
    GROUP BY subject_id, part, metric, scale"""

# The same week by week, counted from the start: -1 is the last before it.
BY_WEEK = f"""
    SELECT subject_id, floor((day - %(start)s) / {WEEK}.0)::int AS week, metric, scale,
           array_remove(ARRAY[{SUMS}], NULL)
    {_HEARD}
    GROUP BY subject_id, week, metric, scale"""

# Those with 30 answers in eight weeks before to something that the touched were asked, too: of the same phases first,
# then those with the most. What came since plays no part in the choice, so that nobody picks what fits.
UNTOUCHED = f"""
    SELECT touchpoint.id
    FROM touchpoints_touchpoint AS touchpoint
    JOIN touchpoints_healthscore AS score ON score.subject_id = touchpoint.subject_id AND score.persona_id IS NULL
    CROSS JOIN LATERAL (
        SELECT sum({ALL}) AS answers
        FROM touchpoints_dailycell AS cell
        WHERE cell.subject_id = touchpoint.subject_id AND day BETWEEN %(first)s AND %(last)s
          AND metric = ANY(%(metrics)s) AND (%(personas)s::bigint[] IS NULL OR persona_id = ANY(%(personas)s))
        GROUP BY metric
        ORDER BY answers DESC
        LIMIT 1
    ) AS heard
    WHERE touchpoint.workspace_id = %(workspace)s AND touchpoint.archived_at IS NULL AND heard.answers >= %(fewest)s
      AND NOT touchpoint.id = ANY(%(touched)s)
    ORDER BY score.peer_group = ANY(%(groups)s) DESC, heard.answers DESC, touchpoint.id
    LIMIT %(most)s"""
