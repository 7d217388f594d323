"""A map as it is set on paper: plain data for `templates/paper/map.typ`, in the reader's language."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from journeys.board import JourneyMap, MapLane, MapPhase, Undertaken
from journeys.emotion import EmotionLane, Station, columns_of, emotion_lane
from journeys.lanes import FIELDS, UNDERTAKEN
from journeys.look import Lens
from journeys.models import LaneKind
from journeys.placed import MapTouchpoint, Seen
from journeys.rolled import Shown
from journeys.templatetags.emotion import quoted, sentence
from touchpoints.borders import borders_of
from touchpoints.health.bands import Borders
from workspaces.models import Workspace
from workspaces.templatetags.look import BANDS, EVIDENCE, band_word, signed

ON_A_SHEET = 30  # touchpoints
WIDEST = 7  # columns that are wide enough to be read on A3
TOWERS = (5, 6, 8, 10, 15, ON_A_SHEET)  # touchpoints to a column, the fewest first
TOLD = 4  # pain points and wishes of a phase
MANY = 60  # touchpoints from which the image stacks more of them
FINE, WIDEST_IMAGE = 144, 8_000  # pixels to an inch of the image, and its width in pixels at most
INCH = 72  # typographic points
COLUMN, BESIDE = 150, 138  # points: a column of the image, and what stands beside the columns
Told = dict[str, Any]


class Print(NamedTuple):
    """What is asked for. `lens`: what each touchpoint shows; `address` and `day` are printed.

    `whole`: one sheet, however wide, instead of one for 30 touchpoints.
    """

    lens: Lens
    address: str
    day: datetime.date
    whole: bool = False


def on_paper(seen: JourneyMap, personas: Sequence[str], asked: Print) -> Told:
    """What the drawing says of a map that is drawn for these personas."""
    journey = seen.journey
    facts = [*personas, journey.note, str(journey.get_standing_display()).capitalize()]
    parts = [seen.phases] if asked.whole else _parts(seen.phases)
    sheets = [_sheet(seen, phases, asked) for phases in parts]
    lines = _("Solid line: perceived. Dotted line: expected.")
    return {
        **document(journey.workspace, journey.name, Printed(asked.address, asked.day)),
        "facts": " · ".join(fact for fact in facts if fact) + f". {lines}",
        "health": _health(seen.health),
        "beside": _beside(seen),
        "whole": asked.whole,
        "sheets": sheets,
        "words": _words(sheets),
    }


def fineness(told: Told) -> float:
    """Pixels to an inch of the map as one image: fewer the wider it is."""
    width: float = BESIDE + told["sheets"][0]["columns"] * COLUMN
    return min(FINE, WIDEST_IMAGE * INCH / width)


def _words(sheets: Sequence[Told]) -> dict[str, str]:
    return {
        "phase": _("Phase"),
        "emotion": _("Emotion"),
        "source": _("from satisfaction") if any(sheet["by_satisfaction"] for sheet in sheets) else "",
        "delighted": _("delighted"),
        "neutral": _("neutral"),
        "frustrated": _("frustrated"),
        "touchpoints": _("Touchpoints"),
        "or": _("or"),
        "none": "–",
    }


def legend(borders: Borders) -> Told:
    """Bands with their ranges, and how evidence and moments of truth are drawn."""
    ranges = {
        "critical": f"< {borders.weak}",
        "weak": f"{borders.weak}–{borders.good - 1}",
        "good": f"{borders.good}–{borders.strong - 1}",
        "strong": f"≥ {borders.strong}",
    }
    return {
        "bands": [{"band": band, "word": str(BANDS[band]), "range": said} for band, said in ranges.items()],
        "evidence": [{"evidence": name, "word": str(word)} for name, word in EVIDENCE.items()],
        "truth": _("moment of truth"),
    }


class Printed(NamedTuple):
    """From which address, on which day."""

    address: str
    day: datetime.date


def document(workspace: Workspace, title: str, printed: Printed) -> Told:
    """What every print says of itself: whose it is, and from where and when."""
    foot = {"workspace": workspace, "day": date_format(printed.day), "address": printed.address}
    return {
        "language": (get_language() or "en")[:2],
        "title": title,
        "author": str(workspace),
        "foot": _("%(workspace)s, printed %(day)s, %(address)s") % foot,
        "page": _("page {page} of {of}"),
        "legend": legend(borders_of(workspace)),
    }


def _parts(phases: Iterable[MapPhase]) -> Iterator[list[MapPhase]]:
    """The map in sheets of at most ON_A_SHEET touchpoints; a phase that is parted stands on both with its header."""
    phases = list(phases)
    if sum(len(phase.touchpoints) for phase in phases) <= ON_A_SHEET:
        yield phases
        return
    part: list[MapPhase] = []
    room = ON_A_SHEET
    for phase in phases:
        done = 0
        while done < len(phase.touchpoints):
            taken = phase.touchpoints[done : done + room]
            part.append(replace(phase, touchpoints=taken, start=phase.start + done))
            done, room = done + len(taken), room - len(taken)
            if not room:
                yield part
                part, room = [], ON_A_SHEET
    if part:
        yield part


def _sheet(seen: JourneyMap, phases: list[MapPhase], asked: Print) -> Told:
    counts = [len(phase.touchpoints) for phase in phases]
    narrow = (TOWERS[0] if seen.count <= MANY else TOWERS[3]) if asked.whole else TOWERS[-1]
    fitting = (each for each in TOWERS if sum(columns_of(count, each) for count in counts) <= WIDEST)
    each = narrow if asked.whole else next(fitting, narrow)
    line = emotion_lane(phases, each)
    feelings = any(lane.kind == LaneKind.EMOTION and lane.shown for lane in seen.lanes)
    here = {touchpoint.placement: number for touchpoint, number in _numbered(phases)}
    return {
        "columns": sum(columns_of(count, each) for count in counts),
        "phases": [_phase(phase, each, asked.lens) for phase in phases],
        "told": sentence(line),
        "by_satisfaction": line.by_satisfaction,
        "curve": _curve(line) if feelings else None,
        "stations": [_station(station) for station in line.stations],
        "quotes": [{**quote._asdict(), "text": quoted(quote.text)} for quote in line.quotes],
        "worst": _worst(line.worst),
        "lanes": [told for lane in seen.lanes if lane.shown and (told := _lane(lane, phases, seen, here))],
    }


def _numbered(phases: Iterable[MapPhase]) -> Iterator[tuple[MapTouchpoint, int]]:
    for phase in phases:
        for number, touchpoint in enumerate(phase.touchpoints, start=phase.start):
            yield touchpoint, number


def _curve(line: EmotionLane) -> Told:
    curve = line.curve
    assert curve is not None
    pieces = [piece._asdict() for piece in curve.perceived]
    names = ("width", "expected", "gap", "below", "above")
    return {"perceived": pieces} | {name: getattr(curve, name) for name in names}


def _station(station: Station) -> Told:
    touchpoint = station.touchpoint
    return {
        "x": station.x,
        "y": station.y,
        "number": station.number,
        "band": touchpoint.seen.band or "unknown",
        "evidence": touchpoint.seen.evidence,
        "truth": touchpoint.moment_of_truth,
    }


def _worst(station: Station | None) -> Told | None:
    if station is None:
        return None
    gap = _("gap")
    return {
        "x": station.x,
        "from": station.expected_y,
        "to": station.y,
        "label": station.label_y,
        "text": f"{gap} {signed(station.touchpoint.gap or 0, 1)}",
    }


def _phase(phase: MapPhase, each: int, lens: Lens) -> Told:
    shown: list[Told] = []
    group = ""
    for touchpoint, number in _numbered([phase]):
        joined = bool(group) and touchpoint.alternative_group == group
        group = touchpoint.alternative_group
        shown.append(_touchpoint(touchpoint, number, lens) | {"joined": joined})
    total = sum(phase.health.bands.values())
    return {
        "label": phase.label,
        "count": str(total),
        "columns": columns_of(len(shown), each),
        "stacks": [shown[start : start + each] for start in range(0, len(shown), each)] or [[]],
        "health": _health(phase.health, worded=False),
        "bands": [{"band": str(band), "share": 100 * n / total} for band, n in phase.health.bands.items() if n],
    }


def _beside(seen: JourneyMap) -> str:
    """What the page says beside the journey's health, as far as it is known."""
    memory, weakest = seen.rolled.memory, seen.rolled.weakest
    told = [_("partial")] if seen.health.partial else []
    if memory:
        told.append(" ".join([_("Memory"), str(memory.number)]))
    if weakest:
        told.append(": ".join([_("Weakest link"), f"{weakest.station} {weakest.name}, {weakest.number}"]))
    return " · ".join(told)


def _health(shown: Shown | Seen, *, worded: bool = True) -> Told:
    number = "" if shown.number is None else str(shown.number)
    return {
        "number": number,
        "band": shown.band or "unknown",
        "word": str(band_word(shown.band or "")) if worded else "",
    }


def _touchpoint(touchpoint: MapTouchpoint, number: int, lens: Lens) -> Told:
    plain = lens == Lens.HEALTH and touchpoint.band is not None
    return {
        "number": number,
        "name": touchpoint.name,
        "truth": touchpoint.moment_of_truth,
        "evidence": touchpoint.seen.evidence,
        "channel": touchpoint.channel or "",
        "health": _health(touchpoint.seen),
        "figure": None if plain else _figure(touchpoint, lens),
    }


def _figure(touchpoint: MapTouchpoint, lens: Lens) -> str:
    """What the touchpoint shows of itself by this lens, in the words of the screen."""
    shown = render_to_string("journeys/_figure.html", {"touchpoint": touchpoint, "lens": lens.value})
    return " ".join(strip_tags(shown.replace("</b>", "</b> ")).split())


def _lane(lane: MapLane, phases: Iterable[MapPhase], seen: JourneyMap, here: dict[int, int]) -> Told | None:
    """What a lane tells, phase by phase; None for a lane that is drawn otherwise or tells nothing on this sheet."""
    cells = [list(_entries(lane, phase, seen, here)) for phase in phases]
    if not any(cells):
        return None
    notes = {LaneKind.HEARD: _("Times named"), LaneKind.BACKSTAGE: _("Owner and system")}
    return {"label": lane.label, "note": notes.get(lane.kind, ""), "cells": cells}


def _entries(lane: MapLane, phase: MapPhase, seen: JourneyMap, here: dict[int, int]) -> Iterator[Told]:
    if lane.kind == LaneKind.HEARD:
        told = [heard for heard in phase.heard if heard.placement in here]
        for heard in told[:TOLD]:
            yield _entry(here[heard.placement], heard.text, count=str(heard.mentions))
        return
    for touchpoint, number in _numbered([phase]):
        for text in _texts(lane, touchpoint, seen):
            if text:
                yield _entry(number, quoted(text) if lane.kind == LaneKind.QUOTE else text, lane.kind == LaneKind.QUOTE)


def _texts(lane: MapLane, touchpoint: MapTouchpoint, seen: JourneyMap) -> Iterator[str]:
    if lane.is_own:
        yield str(lane.told.get(touchpoint.placement, ""))
    elif lane.kind == LaneKind.NEEDS:
        yield from (need.need for need in seen.needs.get(touchpoint.placement, ()))
    elif lane.kind in UNDERTAKEN:
        there = seen.undertaken.get(touchpoint.placement, ())
        yield from (_undertaken(one) for one in there if one.kind == UNDERTAKEN[lane.kind])
    elif lane.kind in FIELDS:
        said = [touchpoint.owner] if lane.kind == LaneKind.BACKSTAGE else []
        yield ", ".join(part for part in (*said, getattr(touchpoint, FIELDS[lane.kind])) if part)


def _undertaken(one: Undertaken) -> str:
    return f"{one.title} ({one.status_word})" if one.status else one.title


def _entry(number: int, text: str, quoted: bool = False, count: str = "") -> Told:
    return {"number": str(number), "text": text, "quoted": quoted, "count": count}
