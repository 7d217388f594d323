"""What the map asks of the database, in as many statements however long the journey is."""

from journeys.statements_of_tree import ABOVE, below
from touchpoints.health.figures import FEWEST_SHOWN
from touchpoints.statements import IS_OVERDUE, STAMP_OF_WORKSPACE, totals, waiting_since

# What takes part in a map, and of it what is still there. Of the scores, the total or one persona's.
PLACED = """journeys_placement placement
    JOIN touchpoints_touchpoint touchpoint ON touchpoint.id = placement.touchpoint_id
    LEFT JOIN touchpoints_channel channel ON channel.id = touchpoint.channel_id
    LEFT JOIN workspaces_thread thread ON thread.id = touchpoint.thread_id"""
SCORED = f"""{PLACED}
    LEFT JOIN touchpoints_healthscore score ON score.subject_id = touchpoint.subject_id AND score.persona_id"""
OWNED = """
    LEFT JOIN workspaces_team team ON team.id = touchpoint.owner_team_id
    LEFT JOIN workspaces_membership member ON member.id = touchpoint.owner_member_id
    LEFT JOIN workspaces_user person ON person.id = member.user_id"""
LEARNED = """journeys_placement placement
    JOIN feedback_insight insight ON insight.touchpoint_id = placement.touchpoint_id"""
DONE = """journeys_placement placement
    JOIN measures_measuretouchpoint meant ON meant.touchpoint_id = placement.touchpoint_id
    JOIN measures_measure measure ON measure.id = meant.measure_id"""
GATHERED = f"""{LEARNED}
    JOIN measures_gathered gathered ON gathered.insight_id = insight.id
    JOIN measures_opportunity opportunity ON opportunity.id = gathered.opportunity_id"""
HERE = "placement.journey_id = %(journey)s AND placement.archived_at IS NULL"
TOTAL, PERSONA = "IS NULL", "= %(persona)s"

# What MapTouchpoint is made of; everything that stands on the map comes phase by phase in order.
SEEN = f"""placement.id, placement.version, placement.phase_id, placement.moment_of_truth, placement.share,
           placement.alternative_group, placement.customer_action, placement.quote, placement.expectation,
           placement.assumed_emotion, placement.backstage,
           touchpoint.id, touchpoint.version, touchpoint.name, touchpoint.importance, touchpoint.target,
           touchpoint.archived_at, channel.id, channel.name, channel.icon,
           team.id, team.name, member.id, coalesce(nullif(person.name, ''), person.email),
           score.score, score.sd, score.answers, score.observations, score.known,
           score.perception, score.perception_source, score.expectation,
           (jsonb_path_query_first(score.parts, '$[*] ? (@.component == "ces")') ->> 'raw')::float,
           1 - (jsonb_path_query_first(
               score.parts, '$[*] ? (@.component == "completion" && @.answers >= {FEWEST_SHOWN})'
           ) #>> '{{rate,expected}}')::float,
           thread.comments"""


def standing(of_whom: str) -> str:
    """What stands on the map, with the total's scores or one persona's."""
    return f"""
    SELECT {SEEN}
    FROM {SCORED} {of_whom} {OWNED}
    WHERE {HERE}
    ORDER BY placement.phase_id, placement.position"""


# The pain points and wishes of all that stands there, most named first.
SUFFERED = f"""
    SELECT insight.touchpoint_id, insight.kind, insight.text, insight.mentions
    FROM {LEARNED}
    WHERE {HERE} AND insight.kind IN ('pain', 'wish') AND insight.archived_at IS NULL
    ORDER BY insight.mentions DESC, insight.id"""


def beside(of_whom: str) -> str:
    """What a map shows beside what stands on it.

    The lanes from above, hidden ones too, and by placement what the team's own tell; for which needs of the journey's
    personas everything that stands there is, with how well it meets them; what is done there, or could be; and all
    journeys below, with the total's scores or one persona's.
    """
    return f"""
    SELECT
        (SELECT coalesce(json_agg(json_build_array(lane.id, lane.kind, lane.name, lane.shown, coalesce(
                    (SELECT json_object_agg(cell.placement_id, coalesce(trim_scale(cell.number)::text, cell.text))
                     FROM journeys_lanecell cell WHERE cell.lane_id = lane.id), '{{}}')
                ) ORDER BY lane."position", lane.id), '[]')
         FROM journeys_lane lane WHERE lane.journey_id = %(journey)s AND lane.archived_at IS NULL),
        (SELECT coalesce(json_agg(json_build_array(
                    placement.id, persona.id, persona.name, need.need, need.how_well
                ) ORDER BY persona.name, need.id), '[]')
         FROM journeys_metneed need
         JOIN journeys_placement placement ON placement.id = need.placement_id
         JOIN journeys_journeypersona whose
             ON whose.journey_id = need.journey_id AND whose.persona_id = need.persona_id
         JOIN personas_persona persona ON persona.id = need.persona_id
         WHERE need.journey_id = %(journey)s AND {HERE}),
        (SELECT coalesce(json_agg(json_build_array(placement, kind, id, title, status) ORDER BY id), '[]')
         FROM (SELECT placement.id AS placement, 'measure' AS kind, measure.id, measure.title, measure.status
               FROM {DONE} WHERE {HERE} AND measure.archived_at IS NULL AND measure.status <> 'dropped'
               UNION
               SELECT placement.id, 'opportunity', opportunity.id, opportunity.title, ''
               FROM {GATHERED} WHERE {HERE} AND opportunity.archived_at IS NULL AND insight.archived_at IS NULL
              ) AS undertaken),
        {below("ARRAY[%(journey)s::bigint]", f"{SCORED} {of_whom}")}"""


def digest(of_whom: str, *, insights: str = "") -> str:
    """SQL for a short text that changes with what a map shows beside the journey's own row, and with nothing else.

    Where things stand is the journey's revision; what they show, the versions of all that takes part. Sums of hashes
    need no order, and so no sorting.
    """
    return f"""concat_ws(' ',
        (SELECT sum(hashint8extended(id, version)) FROM journeys_phase WHERE journey_id = %(journey)s),
        (SELECT concat_ws(' ', sum(hashint8extended(placement.id, placement.version)),
                          sum(hashint8extended(touchpoint.id, touchpoint.version)),
                          sum(hashint8extended(channel.id, channel.version)),
                          sum(hashint8extended(score.id, score.version)),
                          sum(hashint8extended(thread.id, thread.version)),
                          sum(hashtextextended(team.name, team.id)), sum(hashtextextended(person.name, member.id)),
                          sum(hashtextextended(person.email, member.id)))
         FROM {SCORED} {of_whom} {OWNED}
         WHERE {HERE}),
        (SELECT sum(hashint8extended(insight.id, insight.version)) FROM {LEARNED}
         WHERE {HERE} AND insight.archived_at IS NULL {insights}),
        (SELECT sum(hashint8extended(measure.id, measure.version)) FROM {DONE}
         WHERE {HERE} AND measure.archived_at IS NULL),
        (SELECT sum(hashint8extended(opportunity.id, opportunity.version)) FROM {GATHERED}
         WHERE {HERE} AND opportunity.archived_at IS NULL),
        hashtextextended({below("ARRAY[%(journey)s::bigint]", f"{SCORED} {of_whom}")}::text, 0))"""


# What customers are asked about as a whole: the journey itself, and the workspace.
WORKSPACE = "SELECT id FROM touchpoints_subject WHERE workspace_id = %(workspace)s AND kind = 'workspace'"
ASKED_AS_A_WHOLE = f"""
        (SELECT coalesce(json_agg(json_build_array(subject_id, metric, scale, counts)), '[]')
         FROM ({totals(f"ARRAY[%(subject)s, ({WORKSPACE})]", "nps")}) AS counted)"""
# Since when any figure of the map is behind. A statement of its own that is asked only while something is overdue: so
# it is planned for a table that holds rows, and by its index, not for the empty one that GLANCE mostly finds.
WAITING_HERE = waiting_since(f"""
    SELECT touchpoint.subject_id
    FROM journeys_placement placement JOIN touchpoints_touchpoint touchpoint ON touchpoint.id = placement.touchpoint_id
    WHERE {HERE}
    UNION ALL SELECT %(subject)s UNION ALL {WORKSPACE}""")


def glance(of_whom: str) -> str:
    """The journey's personas, those above it, the workspace's saved views of maps, the digest of what its page shows.

    Behind it what no version on the map counts: NPS as a whole, the stamp of the workspace's answers, by which changes
    are judged, and whether any score anywhere is behind.
    """
    return f"""
    SELECT
        (SELECT coalesce(json_agg(json_build_array(persona.id, persona.name) ORDER BY persona.name, persona.id), '[]')
         FROM journeys_journeypersona whose JOIN personas_persona persona ON persona.id = whose.persona_id
         WHERE whose.journey_id = %(journey)s),
        {ABOVE},
        (SELECT coalesce(json_agg(json_build_array(id, name, query) ORDER BY lower(name), id), '[]')
         FROM workspaces_savedview
         WHERE workspace_id = %(workspace)s AND screen = 'map' AND archived_at IS NULL),
        {digest(of_whom, insights="AND insight.kind IN ('pain', 'wish')")},
        {ASKED_AS_A_WHOLE},
        {STAMP_OF_WORKSPACE},
        {IS_OVERDUE}"""


# By whether it is one persona's (True) or the total.
GLANCE = {False: glance(TOTAL), True: glance(PERSONA)}
STANDING = {False: standing(TOTAL), True: standing(PERSONA)}
BESIDE = {False: beside(TOTAL), True: beside(PERSONA)}

# Whom a placement follows in its phase.
PREVIOUS = """
    SELECT ahead.id FROM journeys_placement ahead
    WHERE ahead.phase_id = journeys_placement.phase_id AND ahead."position" = journeys_placement."position" - 1"""

# A placement takes its new place: ranks close where it stood (`source`, `was`) and open where it comes (`target`,
# `position`). Only its own version rises, for who merely makes room has not changed.
MOVE = """
    WITH closed AS (
        SELECT id, phase_id, "position" - (phase_id = %(source)s AND "position" > %(was)s)::int AS place
        FROM journeys_placement
        WHERE phase_id IN (%(source)s, %(target)s) AND archived_at IS NULL AND id <> %(placement)s
    ), placed AS (
        SELECT id, phase_id, place + (phase_id = %(target)s AND place >= %(position)s)::int AS place FROM closed
        UNION ALL SELECT %(placement)s, %(target)s, %(position)s
    )
    UPDATE journeys_placement placement
    SET phase_id = placed.phase_id, "position" = placed.place,
        version = version + (placement.id = %(placement)s)::int,
        updated_at = CASE WHEN placement.id = %(placement)s THEN %(now)s ELSE updated_at END
    FROM placed
    WHERE placement.id = placed.id
      AND (placement.phase_id, placement."position") IS DISTINCT FROM (placed.phase_id, placed.place)"""

# Several change their places at once: everything that stands in the phases they touch is told where it stands then, in
# `phases` and `places`, null for what stands nowhere any more. Again only the versions of those `moved` rise.
ARRANGE = """
    UPDATE journeys_placement placement
    SET phase_id = placed.phase, "position" = placed.place,
        archived_at = CASE WHEN placed.place IS NULL THEN %(now)s END,
        version = version + (placement.id = ANY(%(moved)s))::int,
        updated_at = CASE WHEN placement.id = ANY(%(moved)s) THEN %(now)s ELSE updated_at END
    FROM unnest(%(placements)s::bigint[], %(phases)s::bigint[], %(places)s::int[]) AS placed(id, phase, place)
    WHERE placement.id = placed.id
      AND (placement.id = ANY(%(moved)s)
           OR (placement.phase_id, placement."position") IS DISTINCT FROM (placed.phase, placed.place))"""

# Who else changed one of these placements (or phases: `kind`) of the map after a revision, latest first.
CHANGED_SINCE = """
    SELECT change.*, (part ->> %(kind)s)::bigint AS thing
    FROM journeys_change change,
         jsonb_array_elements(coalesce(change.what -> 'parts', jsonb_build_array(change.what))) part
    WHERE change.journey_id = %(journey)s AND change.revision > %(revision)s AND NOT change.verb = ANY(%(but)s)
      AND (part ->> %(kind)s)::bigint = ANY(%(things)s)
      AND (change.by_id IS DISTINCT FROM %(by)s OR change.token_id IS DISTINCT FROM %(token)s)
    ORDER BY change.revision DESC
    LIMIT 1"""

# The phase in which each of these touchpoints stands most often, then the earlier one: by it its priors are fitted.
PEER_GROUP = """
    UPDATE touchpoints_touchpoint touchpoint SET peer_group = coalesce((
        SELECT phase.kind
        FROM journeys_placement placement JOIN journeys_phase phase ON phase.id = placement.phase_id
        WHERE placement.touchpoint_id = touchpoint.id AND placement.archived_at IS NULL
        GROUP BY phase.kind
        ORDER BY count(*) DESC, min(phase."position")
        LIMIT 1
    ), '')
    WHERE touchpoint.id = ANY(%(touchpoints)s)"""
