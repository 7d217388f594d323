"""Draws maps and their touchpoints, each only once for all who see the same of it."""

import datetime
import functools
import secrets
from collections import defaultdict
from collections.abc import Container, Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.cache import caches
from django.middleware.csrf import get_token
from django.template.loader import get_template, render_to_string
from django.utils.html import strip_spaces_between_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from journeys.board import Glance, Heard, JourneyMap, MapPhase, Need, Undertaken, read_map
from journeys.emotion import EmotionLane, Station, emotion_lane
from journeys.lanes import UNDERTAKEN, ShownLane, lanes_in, told_in_table
from journeys.look import EACH, Density, Lens, Look, View
from journeys.models import Journey, LaneKind, Phase
from journeys.placed import MapTouchpoint
from journeys.views.choices import arranged, finding, ways, windows
from journeys.views.rows import the_phases
from journeys.wanted import Wanted
from touchpoints.changes import Changes, changes_in
from touchpoints.forms.channels import ICONS
from touchpoints.periods import USUAL, last_days
from workspaces import clock
from workspaces.access import WorkspaceRequest
from workspaces.models import Role

SYMBOLS = tuple(name for name, _ in ICONS)  # what the page holds for touchpoints to show
DRAWINGS = caches["maps"]
TOKEN = secrets.token_hex(32)  # stands in a drawing where the token of whoever looks at it belongs
KEPT = 20_000  # touchpoints whose HTML a process keeps, about a kilobyte each
TOLD = 3  # pain points and wishes in a cell
IN_A_PHASE = 4  # measures or opportunities that a lane of the Overview names


class Reader(NamedTuple):
    """For whom a map is drawn. `slug`: the workspace that its links lead into; empty for strangers, who get none."""

    slug: str = ""
    may_edit: bool = False


def may_edit(request: WorkspaceRequest) -> bool:
    """Whether this person may change the map."""
    return request.membership.may(Role.EDITOR)


class Drawing(NamedTuple):
    """The HTML of a map, and of what its page's script needs beside it."""

    map: SafeString
    script: SafeString


def draw_map(request: WorkspaceRequest, journey: Journey, glanced: Glance, state: str) -> Drawing:
    """The map as this person sees it, looked at as the address says.

    `state` names all that it shows but the person's token: who asks for the same again gets what was drawn then.
    """
    drawing = DRAWINGS.get(state)
    if drawing is None:
        seen = seen_by(request, journey, the_phases(journey), changes=glanced.changes)
        shown = {**context(request, seen, seen.phases), **finding(Look.asked(request.GET), seen, glanced)}
        shown |= {"personas": glanced.personas, "nps": glanced.nps, "recomputing": glanced.recomputing}
        shown |= {"above": glanced.above}
        shown |= {"symbols": SYMBOLS, "csrf_token": TOKEN, "earlier": _earlier(request)}
        drawing = [render_to_string(f"journeys/show.html#{part}", shown, request) for part in Drawing._fields]
        DRAWINGS.set(state, drawing)
    token = get_token(request)
    return Drawing._make(mark_safe(part.replace(TOKEN, token)) for part in drawing)  # noqa: S308 - a template drew it


def _earlier(request: WorkspaceRequest) -> str:
    """The end of the address at which the map is looked at as now, but as it stood yesterday."""
    yesterday = clock.today(request.workspace.zone) - datetime.timedelta(days=1)
    return Look.asked(request.GET)._replace(on=yesterday).query


def seen_by(
    request: WorkspaceRequest, journey: Journey, phases: list[Phase], *, changes: Changes | None = None
) -> JourneyMap:
    """The map as it stands, with the health of the persona for whom the address asks.

    `changes`: what has become of it lately; they are read, in one statement, where they are not at hand.
    """
    persona = Look.asked(request.GET).wanted.persona
    if changes is None:
        changes = changes_in(request.workspace, last_days(USUAL, clock.today(request.workspace.zone)), persona=persona)
    return read_map(journey, phases, persona=persona, changes=changes)


class _Manner(NamedTuple):
    """How a touchpoint is drawn, the same for all of a map."""

    journey: int
    slug: str
    may_edit: bool
    language: str
    lens: str
    template: str


class Cell(NamedTuple):
    """What a lane tells of one touchpoint: a text or number, or what was heard, needs or measures."""

    key: str
    label: str
    kind: str
    field: str
    text: str | Decimal
    heard: tuple[Heard, ...] = ()
    needs: tuple[Need, ...] = ()
    undertaken: tuple[Undertaken, ...] = ()


class Standing(NamedTuple):
    """What a touchpoint's HTML shows beside itself: `joined` to the alternative ahead, `dimmed` because something else
    is looked for, and the cells of its row."""

    joined: bool = False
    dimmed: bool = False
    cells: tuple[Cell, ...] = ()


OUT = Standing()


def context(request: WorkspaceRequest, seen: JourneyMap, phases: Iterable[MapPhase]) -> dict[str, Any]:
    """What the map's templates show of it to this person, with these phases drawn: all, or those that changed."""
    return context_of(Reader(request.workspace.slug, may_edit(request)), Look.asked(request.GET), seen, phases)


def context_of(reader: Reader, look: Look, seen: JourneyMap, phases: Iterable[MapPhase]) -> dict[str, Any]:
    """The same for any reader, who looks at it in this way."""
    overview = look.view == View.OVERVIEW
    density = look.density(seen.count) if overview else Density.COMFORTABLE
    lanes, columns = lanes_in(look.view, seen.lanes), told_in_table(seen.lanes) if look.view == View.TABLE else []
    template = "row" if look.view == View.TABLE else "tile" if density == Density.TILE else "touchpoint"
    manner = _Manner(seen.journey.pk, reader.slug, reader.may_edit, str(get_language()), look.lens.value, template)
    wanted = _wanted(look, seen)
    window = windows(look, seen, len(wanted))
    whole = _leave_out(look, seen, wanted, window)
    for phase in phases:
        _draw(phase, seen, columns, wanted, manner)
        phase.lanes = [_lane(phase, seen, lane, look.view, manner) for lane in lanes]
    trend = overview and seen.count >= EACH[Density.TILE]
    emotion = emotion_lane(seen.phases, EACH[density] if overview else 1, trend=trend, quotes=overview)
    return {
        "map": seen,
        "slug": reader.slug,
        "may_edit": reader.may_edit,
        "persona": look.wanted.persona,
        "here": look.query,
        "view": look.view.value,
        "zoom": look.level(seen.count),
        "density": density.value,
        "lanes": lanes,
        "columns": columns,
        "arranged": arranged(seen.lanes),
        "lens_word": look.lens.label,
        "emotion": emotion,
        "whole": whole or emotion,
        "window": window,
        "curve_row": next((row for row, lane in enumerate(lanes, start=2) if lane.kind == LaneKind.EMOTION), 0),
        "stations": _stations(emotion, wanted, manner._replace(lens="", template="station")),
        "is_filtered": look.wanted != Wanted(),
        "found": len(wanted),
        "clear": look._replace(wanted=Wanted()).query,
        **ways(look, seen.count),
    }


def _wanted(look: Look, seen: JourneyMap) -> dict[int, int]:
    """What somebody looks for: its place among what is found, from 1, by placement."""
    found = [
        touchpoint.placement
        for phase in seen.phases
        for touchpoint in phase.touchpoints
        if look.wanted.matches(touchpoint, [need.persona for need in seen.needs.get(touchpoint.placement, ())])
    ]
    return {placement: place for place, placement in enumerate(found, start=1)}


def _leave_out(
    look: Look, seen: JourneyMap, wanted: dict[int, int], window: dict[str, Any] | None
) -> EmotionLane | None:
    """Leave out what the Timeline and the Table do not show; the Overview dims it. Returns the whole line, if cut."""
    if look.view == View.OVERVIEW:
        return None
    for phase in seen.phases:
        phase.out = frozenset(one.placement for one in phase.touchpoints if one.placement not in wanted)
    if window is None:
        return None
    whole = emotion_lane(seen.phases, 1, trend=len(wanted) >= EACH[Density.TILE], quotes=False)
    here = range(window["here"]["first"], window["here"]["last"] + 1)
    beyond = {placement for placement, place in wanted.items() if place not in here}
    for phase in seen.phases:
        phase.out |= beyond & {one.placement for one in phase.touchpoints}
    return whole


def _draw(phase: MapPhase, seen: JourneyMap, columns: list[ShownLane], wanted: Container[int], manner: _Manner) -> None:
    # Station numbers are CSS counters outside of the HTML, so a move draws nothing anew.
    group = ""
    html = []
    for touchpoint in phase.touchpoints:
        joined = bool(group) and touchpoint.alternative_group == group
        group = touchpoint.alternative_group
        if touchpoint.placement in phase.out:
            left_out = "out_row" if manner.template == "row" else "out"
            html.append(touchpoint_html(touchpoint, OUT, manner._replace(template=left_out)))
            continue
        cells = tuple(_cell(touchpoint, lane, seen) for lane in columns)
        standing = Standing(joined, touchpoint.placement not in wanted, cells)
        html.append(touchpoint_html(touchpoint, standing, manner))
    phase.drawn = SafeString("".join(html))


def _lane(phase: MapPhase, seen: JourneyMap, lane: ShownLane, view: View, manner: _Manner) -> dict[str, Any]:
    shown: dict[str, Any] = {"kind": lane.kind.value, "key": lane.key, "label": lane.label}
    if view == View.OVERVIEW and lane.kind in UNDERTAKEN:
        there = [
            (number, touchpoint.placement, one)
            for number, touchpoint in phase.stations
            for one in _undertaken(seen, touchpoint.placement, lane.kind)
        ]
        return shown | {"undertaken": there[:IN_A_PHASE], "more": max(0, len(there) - IN_A_PHASE)}
    if view == View.OVERVIEW or lane.kind in {LaneKind.EMOTION, LaneKind.TOUCHPOINTS}:
        return shown
    told: dict[int, list[Heard]] = defaultdict(list)
    for heard in phase.heard if lane.kind == LaneKind.HEARD else ():
        told[heard.placement].append(heard)
    of_cells = manner._replace(lens="", template="cell")
    html = [
        cell_html(touchpoint, _cell(touchpoint, lane, seen, told[touchpoint.placement][:TOLD]), of_cells)
        for _number, touchpoint in phase.stations
    ]
    return shown | {"drawn": SafeString("".join(html))}


def _cell(touchpoint: MapTouchpoint, lane: ShownLane, seen: JourneyMap, heard: Iterable[Heard] = ()) -> Cell:
    here = touchpoint.placement
    own = lane.lane.told.get(here, "") if lane.lane.is_own else None
    text = own if own is not None else getattr(touchpoint, lane.field) if lane.field else ""
    needs = seen.needs.get(here, ()) if lane.kind == LaneKind.NEEDS else ()
    undertaken = _undertaken(seen, here, lane.kind)
    return Cell(lane.key, lane.label, lane.kind.value, lane.field, text, tuple(heard), needs, undertaken)


def _undertaken(seen: JourneyMap, placement: int, lane: LaneKind) -> tuple[Undertaken, ...]:
    kind = UNDERTAKEN.get(lane)
    return tuple(one for one in seen.undertaken.get(placement, ()) if one.kind == kind)


@functools.lru_cache(maxsize=KEPT)
def touchpoint_html(touchpoint: MapTouchpoint, standing: Standing, manner: _Manner) -> str:
    """A touchpoint's HTML. It depends on nothing but these arguments, so what is kept of it never outdates."""
    icon = touchpoint.icon if touchpoint.icon in SYMBOLS else "circle-dot"
    lens_word = Lens(manner.lens).label
    return _html({"touchpoint": touchpoint, "icon": icon, "lens_word": lens_word, **standing._asdict()}, manner)


@functools.lru_cache(maxsize=KEPT)
def cell_html(touchpoint: MapTouchpoint, cell: Cell, manner: _Manner) -> str:
    """What a lane of the Timeline tells of a touchpoint. As above, it depends on its arguments alone."""
    return _html({"touchpoint": touchpoint, "cell": cell}, manner)


def _stations(emotion: EmotionLane, wanted: Container[int], manner: _Manner) -> SafeString:
    """The stations on the line. Where they stand and their numbers are put in here, so a move draws none anew."""
    html = [
        station_html(station._replace(x=0, number=0), station.touchpoint.placement not in wanted, manner)
        .replace("<x>", str(station.x))
        .replace("<number>", str(station.number))
        for station in emotion.stations
    ]
    return SafeString("".join(html))


@functools.lru_cache(maxsize=KEPT)
def station_html(station: Station, dimmed: bool, manner: _Manner) -> str:
    """A touchpoint's station, wherever it stands. As above, it depends on its arguments alone."""
    return _html({"station": station, "touchpoint": station.touchpoint, "dimmed": dimmed}, manner)


def _html(shown: dict[str, Any], manner: _Manner) -> str:
    template = get_template(f"journeys/_{manner.template}.html")
    return strip_spaces_between_tags(template.render(shown | manner._asdict()).strip())
