"""SQL for the tree of journeys: what lies below some of them, with what stands there, and what lies above one.

In a recursion of as many steps as there are levels. What is archived opens nothing.
"""


def _opened_by(journey: str) -> str:
    """The journeys that a touchpoint or phase of this one opens."""
    return f"""
        SELECT sub.id, sub.name, place.journey_id, place.id, NULL::bigint
        FROM journeys_placement place JOIN journeys_journey sub ON sub.parent_placement_id = place.id
        WHERE place.journey_id = {journey} AND place.archived_at IS NULL AND sub.archived_at IS NULL
        UNION ALL
        SELECT sub.id, sub.name, part.journey_id, NULL, part.id
        FROM journeys_phase part JOIN journeys_journey sub ON sub.parent_phase_id = part.id
        WHERE part.journey_id = {journey} AND sub.archived_at IS NULL"""


def below(journeys: str, scored: str) -> str:
    """All journeys below these (an array), as JSON: journeys.tree.Below in a row, and what stands there in its last.

    `scored`: what stands on maps, joined with the scores that count.
    """
    return f"""(
    WITH RECURSIVE below(id, name, parent, placement, phase) AS (
        SELECT opened.* FROM unnest({journeys}) AS top(id), LATERAL ({_opened_by("top.id")}) opened
        UNION
        SELECT opened.* FROM below, LATERAL ({_opened_by("below.id")}) opened
    )
    SELECT coalesce(json_agg(json_build_array(below.id, below.name, below.parent, below.placement, below.phase, (
        SELECT coalesce(json_agg(json_build_array(
                    placement.id, touchpoint.id, touchpoint.importance, placement.moment_of_truth, placement.share,
                    score.score, score.sd, score.observations, score.known, placement.assumed_emotion IS NOT NULL
               ) ORDER BY placement.id), '[]')
        FROM {scored}
        WHERE placement.journey_id = below.id AND placement.archived_at IS NULL
    )) ORDER BY below.id), '[]')
    FROM below)"""


def _step_up(journeys: str, journey: str, level: str) -> str:
    """Where this journey is opened: the journey above, placement and phase, and what that is called."""
    return f"""
        SELECT up.id, up.name, place.id, part.id,
               coalesce(touchpoint.name, part.label), coalesce(part.kind, ''), {level}
        FROM {journeys}journeys_journey sub
        LEFT JOIN journeys_placement place ON place.id = sub.parent_placement_id AND place.archived_at IS NULL
        LEFT JOIN touchpoints_touchpoint touchpoint ON touchpoint.id = place.touchpoint_id
        LEFT JOIN journeys_phase part ON part.id = sub.parent_phase_id
        JOIN journeys_journey up ON up.id = coalesce(place.journey_id, part.journey_id)
        WHERE sub.id = {journey} AND up.archived_at IS NULL"""


# The journeys above one, the uppermost first, as JSON: journeys.tree.Above in a row. Each is named with what opens the
# one below it.
ABOVE = f"""(
    WITH RECURSIVE above(id, name, placement, phase, label, kind, level) AS (
        {_step_up("", "%(journey)s", "1")}
        UNION ALL
        {_step_up("above CROSS JOIN ", "above.id", "above.level + 1")} AND above.level < 10
    )
    SELECT coalesce(json_agg(json_build_array(id, name, placement, phase, label, kind) ORDER BY level DESC), '[]')
    FROM above)"""


# What each of these journeys opens, by kind and id: a part of the next statement.
OPENED = """
    SELECT coalesce(json_agg(json_build_array(kind, place, sub)), '[]')
    FROM (SELECT 'placement', place.id, sub.id
          FROM journeys_placement place JOIN journeys_journey sub ON sub.parent_placement_id = place.id
          WHERE place.journey_id = journey.id AND sub.archived_at IS NULL
          UNION ALL
          SELECT 'phase', part.id, sub.id
          FROM journeys_phase part JOIN journeys_journey sub ON sub.parent_phase_id = part.id
          WHERE part.journey_id = journey.id AND sub.archived_at IS NULL) AS opened(kind, place, sub)"""

# A journey, and all that lie below it or have since that moment; in one statement, and so of one moment. Of each its
# name and revision, what stands in which phase, what it opens, and the changes since, latest first. A placement that
# was taken off opens what it did: where that is now does not matter, for the changes tell what stood on the map.
LAYOUTS_SINCE = f"""
    WITH RECURSIVE family(id) AS (
        SELECT %(journey)s::bigint
        UNION
        SELECT opened.id
        FROM family JOIN journeys_journey journey ON journey.id = family.id, LATERAL (
            SELECT (one ->> 2)::bigint FROM json_array_elements(({OPENED})) one
            UNION ALL
            SELECT (change.undo ->> 'opens')::bigint FROM journeys_change change
            WHERE change.journey_id = family.id AND change.verb = 'open' AND change.at >= %(until)s
        ) AS opened(id)
    )
    SELECT journey.id, journey.name, journey.revision,
        (SELECT coalesce(json_agg(json_build_array(phase_id, id) ORDER BY phase_id, "position"), '[]')
         FROM journeys_placement placement WHERE journey_id = journey.id AND archived_at IS NULL),
        ({OPENED}),
        (SELECT coalesce(json_agg(json_build_array(verb, what, undo) ORDER BY revision DESC), '[]')
         FROM journeys_change change
         WHERE change.journey_id = journey.id AND change.revision > coalesce(
             (SELECT max(revision) FROM journeys_change WHERE journey_id = journey.id AND at < %(until)s), 0))
    FROM family JOIN journeys_journey journey ON journey.id = family.id"""
