"""The other ways to look at a map from here, each with its address, and what can be looked for on it."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from journeys.board import Glance, JourneyMap, MapLane
from journeys.look import WINDOW, Lens, Look, View
from journeys.placed import MapTouchpoint
from journeys.wanted import BANDS, Wanted, owner_key
from touchpoints.health.bands import Evidence
from workspaces.templatetags.look import band_word, evidence_word


class Option(NamedTuple):
    """Something that can be looked for: its value in an address, what it is called, whether it is asked for now."""

    value: str
    label: str
    chosen: bool


class Question(NamedTuple):
    """What can be chosen of one kind. `name`: in an address."""

    name: str
    label: str
    options: Sequence[Option]


def ways(look: Look, touchpoints: int) -> dict[str, Any]:
    """Views, lenses and zooms, as links."""
    views = [(view.label, look._replace(view=view), view == look.view) for view in View]
    lenses = [(lens.label, look._replace(lens=lens), lens == look.lens) for lens in Lens]
    return {
        "views": [{"label": label, "query": there.query, "current": current} for label, there, current in views],
        "lenses": [{"label": label, "query": there.query, "current": current} for label, there, current in lenses],
        "further": look.closer(touchpoints, -1).query,
        "closer": look.closer(touchpoints, 1).query,
        "fit": look._replace(zoom=None).query,
        "as_table": look._replace(view=View.TABLE).query,
    }


def arranged(lanes: Sequence[MapLane]) -> dict[str, Any]:
    """All lanes for those who arrange them, each with whom it follows once it is moved up or down."""
    ids: list[int | str] = ["", *(lane.id for lane in lanes)]
    last = len(lanes) - 1
    moves = [
        {"lane": lane, "up": ids[place - 1] if place else None, "down": ids[place + 2] if place < last else None}
        for place, lane in enumerate(lanes)
    ]
    return {"lanes": moves, "shown": sum(lane.shown for lane in lanes)}


def finding(look: Look, seen: JourneyMap, seen_of: Glance) -> dict[str, Any]:
    """What can be looked for on this map, what is, and the workspace's saved views."""
    everything = [touchpoint for phase in seen.phases for touchpoint in phase.touchpoints]
    questions = [question for question in _questions(look.wanted, everything, seen_of.personas) if question.options]
    asked = look.wanted.said
    labels = {(one.name, option.value): option.label for one in questions for option in one.options}
    labels |= {("truth", "1"): _("Moments of truth"), ("q", look.wanted.text): f"“{look.wanted.text}”"}
    return {
        "questions": questions,
        "wanted": look.wanted,
        "manner": look.manner,
        "asked": [
            {"label": labels.get(pair, pair[1]), "query": look._replace(wanted=look.wanted.without(*pair)).query}
            for pair in asked
        ],
        "clear": look._replace(wanted=Wanted()).query,
        "saved_views": seen_of.views,
        "map_query": look.query,
    }


def windows(look: Look, seen: JourneyMap, stations: int) -> dict[str, Any] | None:
    """Where the Timeline's window over so many stations lies, and where to go from it; None where it shows all."""
    if look.view != View.TIMELINE or stations <= WINDOW:
        return None
    starts = range(1, stations + 1, WINDOW)
    start = min(look.start, starts[-1])
    there = [
        {
            "first": first,
            "last": min(first + WINDOW - 1, stations),
            "query": look._replace(start=first).query,
            "current": first == start,
            "x": 100 * (first - 1) / stations,
            "width": 100 * (min(first + WINDOW - 1, stations) - first + 1) / stations,
        }
        for first in starts
    ]
    place = starts.index(start)
    return {
        "all": there,
        "here": there[place],
        "back": there[place - 1] if place else None,
        "on": there[place + 1] if place + 1 < len(there) else None,
        "of": stations,
    }


def _questions(
    wanted: Wanted, everything: Iterable[MapTouchpoint], personas: Iterable[tuple[int, str]]
) -> Iterable[Question]:
    channels: dict[str, str] = {}
    owners: dict[str, str] = {}
    for touchpoint in everything:
        if touchpoint.channel_id:
            channels[str(touchpoint.channel_id)] = str(touchpoint.channel)
        if key := owner_key(touchpoint):
            owners[key] = touchpoint.owner
    people = {str(persona): name for persona, name in personas}
    chosen = {str(one) for one in wanted.channels}
    yield Question("channel", _("Channel"), _options(_by_name(channels), chosen))
    yield Question("owner", pgettext("responsible", "Owner"), _options(_by_name(owners), wanted.owners))
    yield Question("band", _("Band"), _options({band: str(band_word(band)) for band in BANDS}, wanted.bands))
    words = {one.value: str(evidence_word(one.value)) for one in Evidence}
    yield Question("evidence", _("Evidence"), _options(words, wanted.evidence))
    yield Question("persona", _("Persona"), _options(people, {str(wanted.persona)}))


def _options(labels: dict[str, str], chosen: Iterable[str]) -> list[Option]:
    asked = set(chosen)
    return [Option(value, label, value in asked) for value, label in labels.items()]


def _by_name(labels: dict[str, str]) -> dict[str, str]:
    return dict(sorted(labels.items(), key=lambda pair: pair[1].casefold()))
