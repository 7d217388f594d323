"""What hangs on a persona: maps, answers, rules, surveys and measures. Told before one is merged or archived."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from feedback.models import PersonaMerge
from personas.models import Persona

TIES = """
SELECT
    (SELECT count(*) FROM journeys_journeypersona AS drawn JOIN journeys_journey AS journey ON journey.id = journey_id
     WHERE persona_id = %(persona)s AND journey.archived_at IS NULL),
    (SELECT count(*) FROM journeys_metneed WHERE persona_id = %(persona)s),
    (SELECT count(*) FROM feedback_submission WHERE persona_id = %(persona)s),
    (SELECT count(*) FROM feedback_usageday WHERE persona_id = %(persona)s),
    (SELECT count(*) FROM feedback_personarule WHERE persona_id = %(persona)s AND archived_at IS NULL),
    (SELECT count(*) FROM feedback_survey WHERE persona_id = %(persona)s AND archived_at IS NULL),
    (SELECT count(*) FROM measures_measurepersona AS meant JOIN measures_measure AS measure ON measure.id = measure_id
     WHERE persona_id = %(persona)s AND measure.archived_at IS NULL)
"""


@dataclass(frozen=True)
class Ties:
    """How many of each hang on a persona.

    `maps`: journeys that are drawn for it; `needs`: of it that touchpoints are there for; `questionnaires`: told of it;
    `days`: on which it was counted how often touchpoints were used; `rules` that give it; `surveys` and `measures`
    that are for it.
    """

    maps: int
    needs: int
    questionnaires: int
    days: int
    rules: int
    surveys: int
    measures: int

    @property
    def any(self) -> bool:
        """Whether anything does."""
        return any((self.maps, self.needs, self.questionnaires, self.days, self.rules, self.surveys, self.measures))


def ties_of(persona: Persona) -> Ties:
    """What hangs on a persona now: one statement."""
    asked: dict[str, Any] = {"persona": persona.pk}
    with connection.cursor() as cursor:
        cursor.execute(TIES, asked)
        return Ties(*cursor.fetchall()[0])


def merged_into(persona: Persona) -> Persona | None:
    """The persona of which an archived one has become part; None where it has not."""
    if persona.archived_at is None:
        return None
    merge = PersonaMerge.objects.of(persona.workspace).filter(persona=persona).select_related("into").first()
    return merge.into if merge else None
