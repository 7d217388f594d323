"""The map as it stood when a day ended: read-only, looked at in the same ways."""

import datetime
from typing import Any, NamedTuple

from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from journeys.board import Glance, JourneyMap, glance, hear
from journeys.look import Look
from journeys.models import Journey
from journeys.naming import named, release
from journeys.then import born_on, insights_on, lanes_of_then, map_on
from journeys.views.choices import finding
from journeys.views.drawing import DRAWINGS, SYMBOLS, TOKEN, Drawing, Reader, context_of
from journeys.views.rows import the_phases
from workspaces import clock
from workspaces.access import WorkspaceRequest


class Past(NamedTuple):
    """What was read of a day that is over, and a name for exactly what the map shows of it."""

    look: Look
    seen: JourneyMap
    glanced: Glance
    born: datetime.date
    state: str


def read_past(request: WorkspaceRequest, journey: Journey, look: Look, day: datetime.date) -> Past:
    """The map of that day, in as many statements however long it is; it is read to know whether it has changed."""
    persona = look.wanted.persona
    glanced = glance(journey, persona=persona, day=day)
    seen = map_on(journey, the_phases(journey), day=day, persona=persona)
    seen.lanes = lanes_of_then(journey)
    hear(seen.phases, insights_on(seen, day))
    born = born_on(journey)
    beside = (glanced.personas, glanced.views, glanced.nps, born, clock.today(request.workspace.zone))
    state = named(
        release(), journey.pk, journey.revision, journey.version, seen.phases, seen.lanes, beside,
        request.workspace.version, get_language(), *look,
    )  # fmt: skip
    return Past(look, seen, glanced, born, state)


def draw_past(request: WorkspaceRequest, past: Past) -> Drawing:
    """The map of that day; who asks for the same again gets what was drawn then."""
    drawing = DRAWINGS.get(past.state)
    if drawing is None:
        shown: dict[str, Any] = {
            **context_of(Reader(request.workspace.slug), past.look, past.seen, past.seen.phases),
            **finding(past.look, past.seen, past.glanced),
            "personas": past.glanced.personas,
            "nps": past.glanced.nps,
            "symbols": SYMBOLS,
            "csrf_token": TOKEN,
            "on": past.look.on,
            "today": clock.today(request.workspace.zone),
            "born": past.born,
            "kept": [*past.look.now.manner, *past.look.wanted.said],
            "back_to_today": past.look.now.query,
        }
        drawing = [render_to_string(f"journeys/show.html#{part}", shown, request) for part in Drawing._fields]
        DRAWINGS.set(past.state, drawing)
    token = get_token(request)
    return Drawing._make(mark_safe(part.replace(TOKEN, token)) for part in drawing)  # noqa: S308 - a template drew it
