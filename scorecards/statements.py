"""What scorecards and rows over time ask of the database."""

from touchpoints.statements import IS_OVERDUE, STAMP_OF_WORKSPACE, SUMS

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
        WHERE submission.workspace_id = %(workspace)s AND submission.source > ''  -- as an index has it, and its order
          AND submission.day BETWEEN %(first)s AND %(last)s
          AND EXISTS (
              SELECT FROM feedback_response
              WHERE submission_id = submission.id AND subject_id = %(whole)s AND metric IN ('nps', 'csat')
                AND removed_at IS NULL
          )
        ORDER BY submission.day DESC, submission.occurred_at DESC, submission.id DESC
        LIMIT %(newest)s
    )
    SELECT response.submission_id, response.subject_id, response.metric, response.scale, response.value
    FROM newest JOIN feedback_response response ON response.submission_id = newest.id
    WHERE response.removed_at IS NULL AND (
        (response.subject_id = %(whole)s AND response.metric IN ('nps', 'csat'))
        OR (response.subject_id = ANY(%(subjects)s) AND response.metric IN ('nps', 'csat', 'ces'))
    )
    ORDER BY response.submission_id, response.id"""


def last_days_heard(subject: str) -> str:
    """The last days, so many at most, on which something was answered about a subject, the earliest first."""
    return f"""
        SELECT array_agg(day ORDER BY day)
        FROM (
            SELECT DISTINCT recent.day
            FROM unnest(%(metrics)s::text[]) AS asked (metric), LATERAL (
                SELECT DISTINCT day
                FROM touchpoints_dailycell
                WHERE subject_id = {subject} AND metric = asked.metric AND day <= %(today)s AND 0 < ANY (counts)
                ORDER BY day DESC
                LIMIT %(heard_days)s
            ) AS recent
            ORDER BY recent.day DESC
            LIMIT %(heard_days)s
        ) AS latest"""


LAST_DAYS_HEARD = f"SELECT id, ({last_days_heard('here.id')}) FROM unnest(%(subjects)s::bigint[]) AS here (id)"

# How complaints are dealt with: cases under way, overdue, closed lately, the median of their seconds, recovered.
DEALT = """count(*) FILTER (WHERE closed_at IS NULL), count(*) FILTER (WHERE closed_at IS NULL AND due_at <= %(now)s),
    count(*) FILTER (WHERE state = 'closed' AND closed_at > %(lately)s),
    extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY closed_at - opened_at)
            FILTER (WHERE state = 'closed' AND closed_at > %(lately)s))::float,
    count(*) FILTER (WHERE state = 'closed' AND closed_at > %(lately)s AND outcome = 'recovered')"""
DEALT_WITH = f"""
SELECT {DEALT} FROM feedback_case
WHERE workspace_id = %(workspace)s AND (%(subject)s::bigint IS NULL OR subject_id = %(subject)s)"""
DEALT_BY_SUBJECT = (
    f"SELECT subject_id, {DEALT} FROM feedback_case WHERE workspace_id = %(workspace)s GROUP BY subject_id"
)

# Comments that show the suggested themes of a `search`, by their ids: a few of each.
EXAMPLES = """SELECT coalesce(json_agg(json_build_object('id', id, 'text', text)), '[]') FROM feedback_response
             WHERE removed_at IS NULL AND text > '' AND id IN (
                 SELECT unnest(examples) FROM feedback_theme AS theme
                 WHERE theme.touchpoint_id = search.touchpoint_id AND theme.state = 'suggested')"""

# What stands about a touchpoint beside its figures, in one statement: the tables of its windows, at which of some days
# it closed as known, whether its emotion is assumed, personas and attributes, where it stands, what happened there,
# since when it was asked on which scale, its insights on one shelf and how many are archived, whether an alarm is open,
# how complaints are dealt with, its themes with the comments that show them, once they were searched for, the stamp by
# which changes are known to be the same, whether any score anywhere is behind, when it was last heard, and its scores
# of everybody and of each persona.
ABOUT = f"""
    SELECT
        (SELECT coalesce(json_object_agg(metric, "table"), '{{}}')
         FROM touchpoints_window WHERE subject_id = %(subject)s),
        ARRAY(SELECT day FROM touchpoints_healthday
              WHERE subject_id = %(subject)s AND day = ANY(%(days)s) AND known
                AND persona_id IS NOT DISTINCT FROM %(persona)s::bigint),
        EXISTS (SELECT FROM journeys_placement
                WHERE touchpoint_id = %(touchpoint)s AND archived_at IS NULL AND assumed_emotion IS NOT NULL),
        (SELECT coalesce(json_agg(json_build_array(id, name) ORDER BY name, id), '[]')
         FROM personas_persona WHERE workspace_id = %(workspace)s AND archived_at IS NULL),
        (SELECT coalesce(json_agg(json_build_array(key, name) ORDER BY "position"), '[]')
         FROM workspaces_attribute WHERE workspace_id = %(workspace)s AND archived_at IS NULL),
        (SELECT coalesce(json_agg(json_build_array(
                    journey.id, journey.name, phase.kind, phase.label, placement."position" + 1,
                    (SELECT count(*) FROM journeys_placement beside
                     WHERE beside.phase_id = placement.phase_id AND beside.archived_at IS NULL),
                    placement.moment_of_truth, placement.expectation::float, placement.assumed_emotion::float
                ) ORDER BY lower(journey.name), journey.id), '[]')
         FROM journeys_placement placement
         JOIN journeys_journey journey ON journey.id = placement.journey_id
         JOIN journeys_phase phase ON phase.id = placement.phase_id
         WHERE placement.touchpoint_id = %(touchpoint)s AND placement.archived_at IS NULL
           AND journey.archived_at IS NULL),
        (SELECT coalesce(json_agg(json_build_array(id, day, text, touchpoint_id IS NULL) ORDER BY day, id), '[]')
         FROM (SELECT * FROM touchpoints_event
               WHERE workspace_id = %(workspace)s AND archived_at IS NULL AND day BETWEEN %(first)s AND %(last)s
                 AND (touchpoint_id = %(touchpoint)s OR touchpoint_id IS NULL)
               ORDER BY day DESC, id DESC LIMIT %(events)s) AS latest),
        (SELECT coalesce(json_agg(json_build_array(metric, scale, since) ORDER BY since, scale), '[]')
         FROM (SELECT metric, scale, min(day) AS since FROM touchpoints_dailycell
               WHERE subject_id = %(subject)s GROUP BY metric, scale) AS asked),
        (SELECT coalesce(json_agg(json_build_object(
                    'id', id, 'kind', kind, 'text', text, 'mentions', mentions, 'theme_id', theme_id
                ) ORDER BY mentions DESC, id), '[]')
         FROM feedback_insight
         WHERE touchpoint_id = %(touchpoint)s AND (archived_at IS NOT NULL) = %(archived)s),
        (SELECT count(*) FROM feedback_insight WHERE touchpoint_id = %(touchpoint)s AND archived_at IS NOT NULL),
        (SELECT coalesce(json_object_agg(insight, opportunities), '{{}}')
         FROM (SELECT tie.insight_id AS insight, json_agg(
                   json_build_array(opportunity.id, opportunity.title) ORDER BY opportunity.title, opportunity.id
               ) AS opportunities
               FROM measures_gathered tie
               JOIN measures_opportunity opportunity ON opportunity.id = tie.opportunity_id
               JOIN feedback_insight insight ON insight.id = tie.insight_id
               WHERE insight.touchpoint_id = %(touchpoint)s AND opportunity.archived_at IS NULL
               GROUP BY tie.insight_id) AS gathered),
        (SELECT coalesce(json_agg(json_build_object(
                    'id', measure.id, 'title', measure.title, 'status', measure.status, 'points', measure.points,
                    'live_on', measure.live_on
                ) ORDER BY measure.status = 'dropped', measure.id DESC), '[]')
         FROM measures_measuretouchpoint meant JOIN measures_measure measure ON measure.id = meant.measure_id
         WHERE meant.touchpoint_id = %(touchpoint)s AND measure.archived_at IS NULL),
        EXISTS (SELECT FROM touchpoints_alarm WHERE subject_id = %(subject)s AND state = 'open'),
        (SELECT json_build_array({DEALT}) FROM feedback_case WHERE subject_id = %(subject)s),
        (SELECT json_build_array(
            json_build_object('day', search.day, 'commenters', search.commenters, 'is_all', search.is_all),
            (SELECT coalesce(json_agg(to_json(theme) ORDER BY theme.commenters DESC, theme.id), '[]')
             FROM feedback_theme AS theme WHERE theme.touchpoint_id = search.touchpoint_id),
            ({EXAMPLES}))
         FROM feedback_themesearch AS search WHERE search.touchpoint_id = %(touchpoint)s),
        {STAMP_OF_WORKSPACE},
        {IS_OVERDUE},
        ({last_days_heard("%(subject)s")}),
        (SELECT coalesce(json_agg(health), '[]') FROM touchpoints_healthscore health WHERE subject_id = %(subject)s)"""

# What stands around the table: journeys with their subjects, personas, saved views, how many alarms are open, the
# subject of the company as a whole, and the stamp by which changes are known to be the same.
AROUND = f"""
    SELECT
        (SELECT coalesce(json_agg(json_build_array(id, name, subject_id) ORDER BY lower(name), id), '[]')
         FROM journeys_journey WHERE workspace_id = %(workspace)s AND archived_at IS NULL),
        (SELECT coalesce(json_agg(json_build_array(id, name) ORDER BY lower(name), id), '[]')
         FROM personas_persona WHERE workspace_id = %(workspace)s AND archived_at IS NULL),
        (SELECT coalesce(json_agg(json_build_array(id, name, query) ORDER BY lower(name), id), '[]')
         FROM workspaces_savedview
         WHERE workspace_id = %(workspace)s AND screen = 'scorecards' AND archived_at IS NULL),
        (SELECT count(*) FROM touchpoints_alarm WHERE workspace_id = %(workspace)s AND state = 'open'),
        (SELECT id FROM touchpoints_subject WHERE workspace_id = %(workspace)s AND kind = 'workspace'),
        {STAMP_OF_WORKSPACE}"""

# Every touchpoint with its score, of everybody or one persona, its places on journeys, archived ones too, and what is
# done there, the latest first.
HELD = """
    SELECT touchpoint.id, score.score, score.sd, score.observations, score.known, score.answers, score.last_heard,
           score.expectation, score.perception,
           (SELECT coalesce(json_agg(json_build_array(
                       journey.id, journey.name, phase.kind, placement.moment_of_truth, placement.share,
                       placement.assumed_emotion IS NOT NULL, journey.archived_at IS NULL
                   ) ORDER BY lower(journey.name), journey.id), '[]')
            FROM journeys_placement placement
            JOIN journeys_phase phase ON phase.id = placement.phase_id
            JOIN journeys_journey journey ON journey.id = placement.journey_id
            WHERE placement.touchpoint_id = touchpoint.id AND placement.archived_at IS NULL),
           (SELECT coalesce(json_agg(json_build_array(measure.id, measure.title, measure.status)
                                     ORDER BY measure.id DESC), '[]')
            FROM measures_measuretouchpoint meant JOIN measures_measure measure ON measure.id = meant.measure_id
            WHERE meant.touchpoint_id = touchpoint.id AND measure.archived_at IS NULL AND measure.status <> 'dropped')
    FROM touchpoints_touchpoint touchpoint
    LEFT JOIN touchpoints_healthscore score
        ON score.subject_id = touchpoint.subject_id AND score.persona_id IS NOT DISTINCT FROM %(persona)s::bigint
    WHERE touchpoint.workspace_id = %(workspace)s"""
