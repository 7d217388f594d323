"""What a comparison is asked to compare: it stands in the address, and what that does not say is the usual."""

import datetime
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.utils.dateparse import parse_date

from journeys.models import Journey, JourneyPersona
from journeys.then import born_on
from journeys.two_maps import Kind, counterparts
from personas.models import Persona
from touchpoints.periods import USUAL
from workspaces.models import EARLIEST, WorkspaceQuerySet

MOST = 50  # journeys that are offered
DAY = datetime.timedelta(days=1)


class Asked(NamedTuple):
    """What is compared: of two personas, or of two journeys, the ids; of two days, the days; for whom (a persona's id).

    A side is None where there is nothing to choose it from. Ids are not looked up yet.
    """

    kind: Kind
    a: int | datetime.date | None
    b: int | datetime.date | None
    persona: int | None


class Choices(NamedTuple):
    """What there is to choose from: personas and journeys, the likeliest first, and days from `born` on."""

    personas: list[Persona]
    journeys: list[Journey]
    born: datetime.date


def choices_for(journey: Journey) -> Choices:
    """The journey's own personas before the others, and the journeys that are to this one as plan to present.

    Four statements.
    """
    own = JourneyPersona.objects.of(journey.workspace).filter(journey=journey).values_list("persona", flat=True)
    personas: WorkspaceQuerySet = Persona.objects.of(journey.workspace).kept()
    mine = set(own)
    own_first = sorted(personas.by_name(), key=lambda one: one.pk not in mine)
    return Choices(own_first, list(counterparts(journey)[:MOST]), born_on(journey))


def asked_in(address: Mapping[str, str], choices: Choices, today: datetime.date) -> Asked:
    """What an address asks for; what it does not say, or says wrongly, is the usual."""
    said = address.get("kind", "")
    usual = Kind.PERSONA if len(choices.personas) > 1 else Kind.DAYS
    kind = Kind(said) if said in Kind.values else usual
    persona = _id(address.get("persona", ""))
    if kind == Kind.DAYS:
        b = min(_day(address.get("b", "")) or today, today)
        a = min(_day(address.get("a", "")) or max(b - USUAL * DAY, choices.born), today)
        return Asked(kind, min(a, b), max(a, b), persona)
    if kind == Kind.PLAN:
        return Asked(kind, None, _id(address.get("b", "")) or _first(choices.journeys), persona)
    a_id = _id(address.get("a", "")) or _first(choices.personas)
    b_id = _id(address.get("b", ""))
    if b_id in {None, a_id}:
        b_id = _first(one for one in choices.personas if one.pk != a_id)
    return Asked(kind, a_id, b_id, None)


def _first(rows: Iterable[Persona] | Iterable[Journey]) -> int | None:
    return next((row.pk for row in rows), None)


def _id(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _day(text: str) -> datetime.date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return max(day, EARLIEST) if day else None
