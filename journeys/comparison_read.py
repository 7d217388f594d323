"""Reads what a comparison asks for, through the door: another workspace's persona or journey is not there."""

import datetime
from collections import defaultdict
from typing import cast

from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from journeys.comparison import Comparison
from journeys.comparison_asked import Asked
from journeys.models import Journey, Phase, Standing
from journeys.two_maps import Kind, days_compared, personas_compared, plans_compared
from personas.models import Persona


class Missing(Exception):
    """There is nothing to compare with; its text says what is missing, in the reader's language."""


def read_comparison(journey: Journey, asked: Asked) -> Comparison:
    """What is asked for, in as many statements however long the journeys are.

    Raises `Missing` where a side is, and Http404 for an id of no row of this workspace.
    """
    if asked.kind == Kind.PERSONA:
        return _personas(journey, asked)
    if asked.persona is not None:
        _the_personas(journey, asked.persona)
    return _days(journey, asked) if asked.kind == Kind.DAYS else _plans(journey, asked)


def _personas(journey: Journey, asked: Asked) -> Comparison:
    if not isinstance(asked.a, int) or not isinstance(asked.b, int):
        raise Missing(_("There are no two personas in this workspace yet."))
    names = _the_personas(journey, asked.a, asked.b)
    found = personas_compared(journey, _the_phases(journey)[journey.pk], asked.a, asked.b)
    return Comparison(Kind.PERSONA, names[asked.a], names[asked.b], found)


def _days(journey: Journey, asked: Asked) -> Comparison:
    a, b = cast("datetime.date", asked.a), cast("datetime.date", asked.b)
    found = days_compared(journey, _the_phases(journey)[journey.pk], a, b, persona=asked.persona)
    return Comparison(Kind.DAYS, date_format(a, "DATE_FORMAT"), date_format(b, "DATE_FORMAT"), found)


def _plans(journey: Journey, asked: Asked) -> Comparison:
    if not isinstance(asked.b, int):
        raise Missing(
            _("There is no journey “to be” in this workspace yet.")
            if journey.standing == Standing.AS_IS
            else _("There is no journey “as is” in this workspace yet.")
        )
    other = Journey.objects.of(journey.workspace).filter(pk=asked.b).first()
    if other is None:
        raise Http404
    other.workspace = journey.workspace
    a, b = sorted([journey, other], key=lambda one: one.standing == Standing.TO_BE)
    found = plans_compared(a, b, _the_phases(a, b), persona=asked.persona)
    return Comparison(Kind.PLAN, a.name, b.name, found)


def _the_personas(journey: Journey, *ids: int) -> dict[int, str]:
    names = dict(Persona.objects.of(journey.workspace).filter(pk__in=ids).values_list("pk", "name"))
    if names.keys() != set(ids):
        raise Http404
    return names


def _the_phases(*journeys: Journey) -> dict[int, list[Phase]]:
    phases: dict[int, list[Phase]] = defaultdict(list)
    for phase in Phase.objects.of(journeys[0].workspace).filter(journey__in=journeys):
        phases[phase.journey_id].append(phase)
    return phases
