"""What figures ask of the database. `actions.statements` change what these read."""

from touchpoints.health.metrics import SCALES

# One sum a place of the longest scale: eight times faster than taking the arrays apart and putting them together again.
SUMS = ", ".join(f"sum(counts[{place}])" for place in range(1, 1 + max(len(scale.values) for scale in SCALES)))


def totals(subjects: str, metric: str = "") -> str:
    """Counts per value of the scale, added up over days and personas: as short an answer for a year as for a day.

    `subjects`: SQL for an array of their ids; `metric`: this one alone. Its values: `first` and `last` day, `persona`.
    """
    only = f"AND metric = '{metric}'" if metric else ""
    return f"""
    SELECT subject_id, metric, scale, array_remove(ARRAY[{SUMS}], NULL) AS counts
    FROM touchpoints_dailycell
    WHERE subject_id = ANY({subjects}) {only} AND day BETWEEN %(first)s AND %(last)s
      AND (%(persona)s::bigint IS NULL OR persona_id = %(persona)s)
    GROUP BY subject_id, metric, scale"""


# Whether anything at all has waited for too long, by which most are spared to ask whether it concerns them.
IS_OVERDUE = "(SELECT created_at FROM touchpoints_observation ORDER BY id LIMIT 1) < %(overdue)s"


def waiting_since(subjects: str) -> str:
    """When the oldest of what waits to be folded about these subjects came, if before `overdue`; else null.

    `subjects`: SQL for rows of their ids. One look into the index for each, however much waits.
    """
    return f"""
    SELECT min(came.created_at)
    FROM ({subjects}) AS here (id),
         LATERAL (
             SELECT created_at FROM touchpoints_observation WHERE subject_id = here.id ORDER BY id LIMIT 1
         ) AS came
    WHERE came.created_at < %(overdue)s"""


TOTALS = totals("%(subjects)s")
WAITING_SINCE = waiting_since("SELECT unnest(%(subjects)s::bigint[])")
