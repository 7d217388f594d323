"""Which lanes of a map a view has room for, and what may be written in them."""

from collections.abc import Iterable
from typing import NamedTuple

from journeys.board import MapLane
from journeys.look import View
from journeys.models import LaneKind

# The field of a placement that a cell of the lane is about.
FIELDS = {LaneKind.ACTION: "customer_action", LaneKind.QUOTE: "quote", LaneKind.BACKSTAGE: "backstage"}
# What the lane names of what is undertaken at a touchpoint.
UNDERTAKEN = {LaneKind.MEASURES: "measure", LaneKind.OPPORTUNITIES: "opportunity"}
# What the Overview has room for; the line is its hero and stands first.
IN_OVERVIEW = (LaneKind.EMOTION, LaneKind.TOUCHPOINTS, LaneKind.HEARD, LaneKind.OPPORTUNITIES, LaneKind.MEASURES)


class ShownLane(NamedTuple):
    """A lane as the page shows it. `key` names it there; `field`: what its cells write, empty where they do not."""

    lane: MapLane
    key: str
    field: str

    @property
    def kind(self) -> LaneKind:
        """What it tells."""
        return self.lane.kind

    @property
    def label(self) -> str:
        """What it is called."""
        return self.lane.label


def lanes_in(view: View, lanes: Iterable[MapLane]) -> list[ShownLane]:
    """The lanes that a view shows, from above. In the Table the columns tell what the other lanes do."""
    shown = [_shown(lane) for lane in lanes if lane.shown]
    if view == View.TABLE:
        return [lane for lane in shown if lane.kind == LaneKind.TOUCHPOINTS]
    if view == View.OVERVIEW:
        shown = [lane for lane in shown if lane.kind in IN_OVERVIEW]
        shown.sort(key=lambda lane: lane.kind != LaneKind.EMOTION)
    return shown


def told_in_table(lanes: Iterable[MapLane]) -> list[ShownLane]:
    """The lanes of texts and numbers, which are columns of the Table."""
    return [one for lane in lanes if lane.shown and (one := _shown(lane)).field]


def _shown(lane: MapLane) -> ShownLane:
    own = f"lane-{lane.id}"
    return ShownLane(lane, own, own) if lane.is_own else ShownLane(lane, lane.kind.value, FIELDS.get(lane.kind, ""))
