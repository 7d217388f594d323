"""A map as people without an account see it by a share link: that journey, and nobody who works on it."""

from dataclasses import replace
from typing import Any

from journeys.board import JourneyMap
from journeys.models import LaneKind
from journeys.placed import MapTouchpoint
from journeys.tree import Opened
from touchpoints.health.bands import Evidence

# What strangers see of a touchpoint. Whatever is added to it later stays inside until it is named here.
SHOWN = {
    *("placement", "version", "phase", "touchpoint", "touchpoint_version", "name", "archived_at", "channel_id"),
    *("channel", "icon", "moment_of_truth", "share", "alternative_group", "customer_action", "quote", "importance"),
    *("expectation", "assumed_emotion", "felt", "felt_by", "hoped", "ease", "target", "weight"),
    *("score", "sd", "answers", "known", "number", "band", "evidence", "change"),
}
INSIDE: dict[str, Any] = dict.fromkeys(name for name in MapTouchpoint._fields if name not in SHOWN)
# Lanes that are nobody else's business: who does the work, and by which systems.
KEPT_IN = (LaneKind.BACKSTAGE,)


def for_strangers(seen: JourneyMap) -> JourneyMap:
    """The same map without owners, backstage and comments."""
    phases = [
        replace(phase, touchpoints=[_bare(one) for one in phase.touchpoints], opens=_named(phase.opens))
        for phase in seen.phases
    ]
    lanes = [lane for lane in seen.lanes if lane.kind not in KEPT_IN]
    return replace(seen, phases=phases, lanes=lanes)


def _bare(touchpoint: MapTouchpoint) -> MapTouchpoint:
    return touchpoint._replace(**INSIDE)._replace(opens=_named(touchpoint.opens))


def _named(opens: Opened | None) -> Opened | None:
    """The name of a sub-journey, and what it says for a touchpoint of this map; its own health is not shared."""
    return opens and opens._replace(number=None, band=None, evidence=Evidence.UNKNOWN, partial=False)
