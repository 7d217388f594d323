"""What a list of journeys asks of the database, in as many statements however many there are and however long."""

from journeys.statements import OWNED, SCORED, SEEN, TOTAL
from journeys.statements_of_tree import below

# Everything that stands on the maps of these journeys: what MapTouchpoint is made of.
STANDING_ON_MANY = f"""
    SELECT {SEEN}
    FROM {SCORED} {TOTAL} {OWNED}
    WHERE placement.journey_id = ANY(%(journeys)s) AND placement.archived_at IS NULL
    ORDER BY placement.phase_id, placement.position"""

# The journeys below them, with what stands there.
BELOW_MANY = f"SELECT {below('%(journeys)s::bigint[]', f'{SCORED} {TOTAL}')}"

# The same as STANDING_ON_MANY by persona, on the journeys that she takes, with her own scores: her id, then what
# MapTouchpoint is made of.
STANDING_BY_PERSONA = f"""
    SELECT whose.persona_id, {SEEN}
    FROM journeys_journeypersona whose CROSS JOIN {SCORED} = whose.persona_id {OWNED}
    WHERE placement.journey_id = whose.journey_id AND placement.journey_id = ANY(%(journeys)s)
      AND placement.archived_at IS NULL
    ORDER BY whose.persona_id, placement.journey_id, placement.phase_id, placement.position"""

# The journeys below, by persona, each with the persona's own scores.
BELOW_BY_PERSONA = f"""
    SELECT whose.id, {below("%(journeys)s::bigint[]", f"{SCORED} = whose.id")}
    FROM unnest(%(personas)s::bigint[]) AS whose(id)"""
