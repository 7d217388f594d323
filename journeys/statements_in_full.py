"""What a map in full asks of the database: the map of `statements`, and everything else that programs may want."""

from journeys.statements import (
    ASKED_AS_A_WHOLE,
    HERE,
    LEARNED,
    OWNED,
    PERSONA,
    PLACED,
    SCORED,
    SEEN,
    TOTAL,
    digest,
)
from journeys.statements_of_tree import ABOVE
from touchpoints.statements import STAMP_OF_WORKSPACE

# All that is told of what stands there: the fields of full.Row.
TOLD = f"""
    SELECT {SEEN},
           touchpoint.note, touchpoint.contact, touchpoint.directness, touchpoint.device,
           score.version, score.last_heard"""
INSIGHTS = f"""
    SELECT insight.touchpoint_id, insight.id, insight.kind, insight.text, insight.mentions, insight.version
    FROM {LEARNED}"""
MOST_NAMED_FIRST = "ORDER BY insight.mentions DESC, insight.id"


def glance_in_full(of_whom: str) -> str:
    """The journey's phases and personas, a text that changes with all that its map tells beside them, and NPS.

    And the journeys above it, and the stamp of the workspace's answers.
    """
    return f"""
    SELECT
        (SELECT json_agg(json_build_object(
                    'id', id, 'kind', kind, 'label', label, 'version', version, 'position', "position"
                ) ORDER BY "position")
         FROM journeys_phase WHERE journey_id = %(journey)s),
        (SELECT coalesce(json_agg(json_build_object(
                    'id', persona.id, 'name', persona.name, 'segment', persona.segment, 'share', persona.share,
                    'age', persona.age, 'household', persona.household, 'job', persona.job,
                    'portrait', persona.portrait, 'quote', persona.quote, 'said', (
                        SELECT json_object_agg(kind, texts)
                        FROM (SELECT kind, json_agg(text ORDER BY "position") AS texts FROM personas_note
                              WHERE persona_id = persona.id AND archived_at IS NULL GROUP BY kind) said
                    ), 'evidence', persona.evidence, 'review_date', persona.review_date, 'version', persona.version
                ) ORDER BY persona.name, persona.id), '[]')
         FROM journeys_journeypersona whose JOIN personas_persona persona ON persona.id = whose.persona_id
         WHERE whose.journey_id = %(journey)s),
        {ABOVE},
        {digest(of_whom)},
        {ASKED_AS_A_WHOLE},
        {STAMP_OF_WORKSPACE}"""


def standing_in_full(of_whom: str) -> str:
    """What stands on the map, with the total's scores or one persona's."""
    return f"""{TOLD}
    FROM {SCORED} {of_whom} {OWNED}
    WHERE {HERE}
    ORDER BY placement.phase_id, placement.position"""


def stood_in_full(of_whom: str) -> str:
    """These placements of these journeys, with scores and feelings as they were known when that local day ended.

    A day that has ended and is not closed yet stands in the running score.
    """
    return f"""{TOLD}
    FROM {PLACED} {OWNED}
    LEFT JOIN LATERAL (
        (SELECT day, score, sd, answers, observations, known, NULL::bigint AS version, NULL::date AS last_heard,
                perception, CASE WHEN felt_kept THEN perception_source END AS perception_source, expectation,
                jsonb_build_array(jsonb_build_object('component', 'ces', 'raw', ease)) AS parts
         FROM touchpoints_healthday
         WHERE subject_id = touchpoint.subject_id AND persona_id {of_whom} AND day <= %(day)s
         ORDER BY day DESC LIMIT 1)
        UNION ALL
        (SELECT day, score, sd, answers, observations, known, NULL, NULL, perception, perception_source, expectation,
                parts
         FROM touchpoints_healthscore
         WHERE subject_id = touchpoint.subject_id AND persona_id {of_whom} AND day <= %(day)s)
        ORDER BY day DESC LIMIT 1
    ) score ON true
    WHERE placement.journey_id = ANY(%(journeys)s) AND placement.id = ANY(%(placements)s)"""


# By whether it is one persona's (True) or the total.
GLANCE_IN_FULL = {False: glance_in_full(TOTAL), True: glance_in_full(PERSONA)}
STANDING_IN_FULL = {False: standing_in_full(TOTAL), True: standing_in_full(PERSONA)}
STOOD_IN_FULL = {False: stood_in_full(TOTAL), True: stood_in_full(PERSONA)}

LEARNED_HERE = f"{INSIGHTS} WHERE {HERE} AND insight.archived_at IS NULL {MOST_NAMED_FIRST}"
LEARNED_BEFORE = f"""{INSIGHTS}
    WHERE placement.id = ANY(%(placements)s) AND insight.created_at < %(until)s
      AND (insight.archived_at IS NULL OR insight.archived_at >= %(until)s)
    {MOST_NAMED_FIRST}"""
