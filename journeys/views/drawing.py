"""Draws maps and their touchpoints, each only once for all who see the same of it."""

import functools
import secrets
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.core.cache import caches
from django.middleware.csrf import get_token
from django.template.loader import get_template, render_to_string
from django.utils.html import strip_spaces_between_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from journeys.board import Heard, JourneyMap, MapPhase, read_map
from journeys.emotion import emotion_lane
from journeys.lanes import LaneKind, ShownLane, lanes_in
from journeys.look import EACH, Density, Lens, Look, View
from journeys.models import Journey
from journeys.placed import MapTouchpoint
from journeys.views.rows import the_phases
from touchpoints.forms.channels import ICONS
from workspaces.access import WorkspaceRequest
from workspaces.models import Role

SYMBOLS = tuple(name for name, _ in ICONS)  # what the page holds for touchpoints to show
DRAWINGS = caches["maps"]
TOKEN = secrets.token_hex(32)  # stands in a drawing where the token of whoever looks at it belongs
KEPT = 20_000  # touchpoints whose HTML a process keeps, about a kilobyte each
TOLD = 3  # pain points and wishes in a cell


def may_edit(request: WorkspaceRequest) -> bool:
    """Whether this person may change the map."""
    return request.membership.may(Role.EDITOR)


class Drawing(NamedTuple):
    """The HTML of a map, and of what its page's script needs beside it."""

    map: SafeString
    script: SafeString


def draw_map(request: WorkspaceRequest, journey: Journey, personas: list[str], state: str) -> Drawing:
    """The map as this person sees it, looked at as the address says.

    `state` names all that it shows but the person's token: who asks for the same again gets what was drawn then.
    """
    drawing = DRAWINGS.get(state)
    if drawing is None:
        seen = read_map(journey, the_phases(journey))
        shown = {**context(request, seen, seen.phases), "personas": personas, "symbols": SYMBOLS, "csrf_token": TOKEN}
        drawing = [render_to_string(f"journeys/show.html#{part}", shown, request) for part in Drawing._fields]
        DRAWINGS.set(state, drawing)
    token = get_token(request)
    return Drawing._make(mark_safe(part.replace(TOKEN, token)) for part in drawing)  # noqa: S308 - a template drew it


class _Manner(NamedTuple):
    """How a touchpoint is drawn, the same for all of a map."""

    journey: int
    slug: str
    may_edit: bool
    language: str
    lens: str
    template: str


def context(request: WorkspaceRequest, seen: JourneyMap, phases: Iterable[MapPhase]) -> dict[str, Any]:
    """What the map's templates show of it, with these phases drawn: all of them, or those that changed."""
    look = Look.asked(request.GET)
    density = look.density(seen.count) if look.view == View.OVERVIEW else Density.COMFORTABLE
    lanes = lanes_in(look.view)
    template = "row" if look.view == View.TABLE else "tile" if density == Density.TILE else "touchpoint"
    manner = _Manner(
        seen.journey.pk, request.workspace.slug, may_edit(request), str(get_language()), look.lens.value, template
    )
    _draw(phases, lanes, look.view, manner)
    trend = look.view == View.OVERVIEW and seen.count >= EACH[Density.TILE]
    each = EACH[density] if look.view == View.OVERVIEW else 1
    return {
        "map": seen,
        "may_edit": may_edit(request),
        "view": look.view.value,
        "zoom": look.level(seen.count),
        "density": density.value,
        "lanes": lanes,
        "lens_word": look.lens.label,
        "emotion": emotion_lane(seen.phases, each, trend=trend, quotes=look.view == View.OVERVIEW),
        "curve_row": next((row for row, lane in enumerate(lanes, start=2) if lane.kind == LaneKind.EMOTION), 0),
        "as_table": look._replace(view=View.TABLE).query,
        **_choices(look, seen.count),
    }


def _choices(look: Look, touchpoints: int) -> dict[str, Any]:
    """The other ways to look at it from here, each with its address."""
    views = [(view.label, look._replace(view=view), view == look.view) for view in View]
    lenses = [(lens.label, look._replace(lens=lens), lens == look.lens) for lens in Lens]
    return {
        "views": [{"label": label, "query": there.query, "current": current} for label, there, current in views],
        "lenses": [{"label": label, "query": there.query, "current": current} for label, there, current in lenses],
        "further": look.closer(touchpoints, -1).query,
        "closer": look.closer(touchpoints, 1).query,
        "fit": look._replace(zoom=None).query,
    }


def _draw(phases: Iterable[MapPhase], lanes: list[ShownLane], view: View, manner: _Manner) -> None:
    # Station numbers are CSS counters outside of the HTML, so a move draws nothing anew.
    for phase in phases:
        phase.drawn = SafeString("".join(touchpoint_html(touchpoint, manner) for touchpoint in phase.touchpoints))
        phase.lanes = [_lane(phase, lane, view, manner._replace(lens="", template="cell")) for lane in lanes]


def _lane(phase: MapPhase, lane: ShownLane, view: View, manner: _Manner) -> dict[str, Any]:
    shown: dict[str, Any] = {"kind": lane.kind.value, "label": lane.label}
    if view == View.OVERVIEW or lane.kind in {LaneKind.EMOTION, LaneKind.TOUCHPOINTS}:
        return shown
    told: dict[int, list[Heard]] = defaultdict(list)
    for heard in phase.heard if lane.kind == LaneKind.HEARD else ():
        told[heard.placement].append(heard)
    html = [
        cell_html(touchpoint, lane.kind.value, lane.field, tuple(told[touchpoint.placement][:TOLD]), manner)
        for touchpoint in phase.touchpoints
    ]
    return shown | {"drawn": SafeString("".join(html))}


@functools.lru_cache(maxsize=KEPT)
def touchpoint_html(touchpoint: MapTouchpoint, manner: _Manner) -> str:
    """A touchpoint's HTML. It depends on nothing but these arguments, so what is kept of it never outdates."""
    icon = touchpoint.icon if touchpoint.icon in SYMBOLS else "circle-dot"
    lens_word = Lens(manner.lens).label
    return _html({"touchpoint": touchpoint, "icon": icon, "lens_word": lens_word}, manner)


@functools.lru_cache(maxsize=KEPT)
def cell_html(touchpoint: MapTouchpoint, lane: str, field: str, heard: tuple[Heard, ...], manner: _Manner) -> str:
    """What a lane of the Timeline tells of a touchpoint. As above, it depends on its arguments alone."""
    text = getattr(touchpoint, field) if field else ""
    shown = {"touchpoint": touchpoint, "lane": lane, "field": field, "text": text, "heard": heard}
    return _html(shown, manner)


def _html(shown: dict[str, Any], manner: _Manner) -> str:
    template = get_template(f"journeys/_{manner.template}.html")
    return strip_spaces_between_tags(template.render(shown | manner._asdict()).strip())
