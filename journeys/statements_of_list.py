"""What a list of journeys asks of the database, in as many statements however many there are and however long."""

from journeys.statements import OWNED, SCORED, SEEN, TOTAL

# Everything that stands on the maps of these journeys: what MapTouchpoint is made of.
STANDING_ON_MANY = f"""
    SELECT {SEEN}
    FROM {SCORED} {TOTAL} {OWNED}
    WHERE placement.journey_id = ANY(%(journeys)s) AND placement.archived_at IS NULL
    ORDER BY placement.phase_id, placement.position"""
