"""What figures ask of the database. `actions.statements` change what these read."""

from touchpoints.health.metrics import SCALES, Metric

# One sum a place of the longest scale: eight times faster than taking the arrays apart and putting them together again.
LONGEST = max(len(scale.values) for scale in SCALES)
SUMS = ", ".join(f"sum(counts[{place}])" for place in range(1, 1 + LONGEST))


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


def totals_twice(subjects: str) -> str:
    """The same of a period and of the time before it, from `before` on: `after` says which.

    Without the personas: of everybody, or of one `persona`.
    """
    return f"""
    SELECT subject_id, metric, scale, day >= %(first)s AS after, array_remove(ARRAY[{SUMS}], NULL) AS counts
    FROM touchpoints_dailycell
    WHERE subject_id = ANY({subjects}) AND day BETWEEN %(before)s AND %(last)s
      AND (%(persona)s::bigint IS NULL OR persona_id = %(persona)s)
    GROUP BY subject_id, metric, scale, after"""


# What a workspace's touchpoints have of cells, and by which rule: the stamp changes when either does.
STAMPED = """
    SELECT touchpoint.id, touchpoint.subject_id, touchpoint.archived_at IS NULL AS kept, score.model_version,
           concat_ws(' ', score.version, score.model_version) AS stamp
    FROM touchpoints_touchpoint touchpoint
    JOIN touchpoints_healthscore score ON score.subject_id = touchpoint.subject_id AND score.persona_id IS NULL
    WHERE touchpoint.workspace_id = %(workspace)s"""
STAMP = "sum(hashtextextended(stamp, 2 * id + kept::int))::text"
STAMP_OF_WORKSPACE = f"(SELECT {STAMP} FROM ({STAMPED}) AS stamped)"

# Every touchpoint of a workspace with its stamp; what was counted of it in two periods only where that is not `known`.
COUNTED_TWICE = f"""
    WITH stamped AS MATERIALIZED ({STAMPED}), fresh AS MATERIALIZED (
        SELECT stamped.subject_id
        FROM stamped
        LEFT JOIN unnest(%(known)s::bigint[], %(stamps)s::text[]) AS known (id, stamp) USING (id, stamp)
        WHERE known.id IS NULL
    ), counted AS (
        SELECT subject_id, json_agg(json_build_array(metric, scale, after, counts)) AS counts
        FROM ({totals_twice("ARRAY(SELECT subject_id FROM fresh)")}) AS twice
        GROUP BY subject_id
    )
    SELECT stamped.id, kept, model_version, stamp, fresh.subject_id IS NOT NULL, coalesce(counts, '[]'),
           (SELECT {STAMP} FROM stamped)
    FROM stamped LEFT JOIN fresh USING (subject_id) LEFT JOIN counted USING (subject_id)"""


# Every kept touchpoint of a workspace with its stamp (feelings may be told more often and yet move no score), and the
# names of the personas; what its windows have, by persona (null: not known), only where that is not `known`.
TALLIED = f"""
    WITH felt AS MATERIALIZED (
        SELECT stamped.id, subject_id, model_version, concat_ws(' ', stamp, told.answers) AS stamp
        FROM ({STAMPED}) AS stamped, LATERAL (
            SELECT sum(answers) AS answers FROM touchpoints_windowsum AS felt
            WHERE felt.subject_id = stamped.subject_id AND metric IN ('emotion', 'expectation')
        ) AS told
        WHERE kept
    ), personas AS (
        SELECT coalesce(json_object_agg(id, name ORDER BY id), '{{}}')::text AS names
        FROM personas_persona WHERE workspace_id = %(workspace)s AND archived_at IS NULL
    )
    SELECT felt.id, model_version, felt.stamp, known.id IS NULL, tallied.series, personas.names
    FROM felt
    CROSS JOIN personas
    LEFT JOIN unnest(%(known)s::bigint[], %(stamps)s::text[]) AS known (id, stamp) USING (id, stamp)
    LEFT JOIN LATERAL (
        SELECT json_agg(json_build_array(persona_id, metric, scale, sums, squares, answers)) AS series
        FROM touchpoints_windowsum
        WHERE known.id IS NULL AND subject_id = felt.subject_id AND answers > 0
    ) AS tallied ON true"""


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
TOTALS_TWICE = totals_twice("%(subjects)s")
WAITING_SINCE = waiting_since("SELECT unnest(%(subjects)s::bigint[])")


# Counts of one side or the other (`after`), and each subject's own rule. Of two personas, what their windows hold:
BETWEEN_PERSONAS = """
    SELECT touchpoint.id, score.model_version, told.persona_id = %(b)s AS after, told.metric, told.scale, told.sums,
           told.squares, told.answers
    FROM touchpoints_touchpoint touchpoint
    JOIN touchpoints_healthscore score ON score.subject_id = touchpoint.subject_id AND score.persona_id IS NULL
    JOIN touchpoints_windowsum told
        ON told.subject_id = touchpoint.subject_id AND told.persona_id IN (%(a)s, %(b)s) AND told.answers > 0
    WHERE touchpoint.id = ANY(%(touchpoints)s)"""

# Of two days, as many days up to each, of everybody or one persona.
BETWEEN_DAYS = f"""
    SELECT touchpoint.id, score.model_version, cell.day > %(a)s AS after, cell.metric, cell.scale,
           array_remove(ARRAY[{SUMS}], NULL) AS counts
    FROM touchpoints_touchpoint touchpoint
    JOIN touchpoints_healthscore score ON score.subject_id = touchpoint.subject_id AND score.persona_id IS NULL
    JOIN touchpoints_dailycell cell
        ON cell.subject_id = touchpoint.subject_id
        AND (cell.day BETWEEN %(first)s AND %(a)s OR cell.day BETWEEN %(second)s AND %(b)s)
    WHERE touchpoint.id = ANY(%(touchpoints)s) AND (%(persona)s::bigint IS NULL OR cell.persona_id = %(persona)s)
    GROUP BY touchpoint.id, score.model_version, after, cell.metric, cell.scale"""

# What customers are asked that no day's close keeps, and how long the longest of those scales is.
FELT = (Metric.EMOTION, Metric.CSAT, Metric.EXPECTATION, Metric.CES)
FELT_LONGEST = max(len(scale.values) for scale in SCALES if scale.metric in FELT)


def in_windows(*, decays: bool) -> str:
    """What lay in the windows of these touchpoints as of a `day`: plain counts per value, beside them weighted ones.

    Of the metrics asked for, by the windows of today, `usual` where none is settled. Without decay an answer weighs 1.
    """
    name = """coalesce(chosen."table", %(usual)s)"""
    length = f"split_part({name}, '-', 2)::int"
    weight = f" * floor(4294967296 * power(2, (cell.day - %(day)s)::float / {length}) + 0.5)::bigint" if decays else ""
    plain, weighted = (
        ", ".join(f"sum(cell.counts[{place}]{times})" for place in range(1, 1 + FELT_LONGEST)) for times in ("", weight)
    )
    return f"""
    SELECT touchpoint.id, cell.metric, cell.scale, array_remove(ARRAY[{plain}], NULL)
           {f", array_remove(ARRAY[{weighted}], NULL)" if decays else ""}
    FROM touchpoints_touchpoint touchpoint
    JOIN touchpoints_dailycell cell ON cell.subject_id = touchpoint.subject_id
    LEFT JOIN touchpoints_window chosen ON chosen.subject_id = cell.subject_id AND chosen.metric = cell.metric
    WHERE touchpoint.id = ANY(%(touchpoints)s) AND cell.metric = ANY(%(metrics)s)
      AND cell.day <= %(day)s AND cell.day > %(day)s - {10 if decays else 1} * {length}
      AND cell.day > %(day)s - %(reach)s AND (%(persona)s::bigint IS NULL OR cell.persona_id = %(persona)s)
    GROUP BY touchpoint.id, cell.metric, cell.scale"""


# By whether answers lose weight with age.
IN_WINDOWS = {False: in_windows(decays=False), True: in_windows(decays=True)}
