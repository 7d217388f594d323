"""How the sample's journeys came to stand as they do: what was there a year ago, came, went and was moved since."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from journeys.actions.placements import archive_placement, move_placement, place_touchpoint
from journeys.models import Change, Journey, Phase, Placement
from touchpoints.models import Touchpoint
from workspaces import clock
from workspaces.models import User

BEGUN = 364  # days ago
SETTLED = 30  # days ago, when the last was written on it
PLACED = (
    "customer_action", "quote", "share", "alternative_group", "moment_of_truth", "expectation", "assumed_emotion",
)  # fmt: skip
Entry = Mapping[str, Any]


@dataclass
class Life:
    """A journey, the touchpoints that it ever had with their facts in the order of the file, and who draws it.

    `lived`: how many days ago touchpoints `came` or went (`gone`), by key; `moved`: from which phase, and when.
    """

    journey: Journey
    facts: Sequence[Entry]
    library: Mapping[str, Touchpoint]
    lived: Mapping[str, Any]
    by: User
    dated: int = field(default=0, init=False)

    def live(self) -> None:
        """Let it begin, and then happen what happened."""
        came, moved = self.lived.get("came", {}), self.lived.get("moved", {})
        for entry in self.facts:
            if entry["key"] not in came:
                self._place(entry, moved.get(entry["key"], [entry["phase"]])[0])
        self.date(BEGUN)
        for ago, verb, entry in sorted(self._events(), key=lambda event: -event[0]):
            verb(entry, entry["phase"])
            self.date(ago)

    def date(self, ago: int) -> None:
        """Let the changes that have no day yet have been made so many days ago."""
        fresh = Change.objects.filter(journey=self.journey, revision__gt=self.dated)
        self.dated += fresh.update(at=clock.now() - datetime.timedelta(days=ago))

    def _events(self) -> Iterator[tuple[int, Any, Entry]]:
        by_key = {entry["key"]: entry for entry in self.facts}
        yield from ((ago, self._place, by_key[key]) for key, ago in self.lived.get("came", {}).items())
        yield from ((ago, self._move, by_key[key]) for key, (_, ago) in self.lived.get("moved", {}).items())
        yield from ((ago, self._take_off, by_key[key]) for key, ago in self.lived.get("gone", {}).items())

    def _place(self, entry: Entry, kind: str) -> None:
        facts = {name: _exact(entry[name]) for name in PLACED if name in entry}
        place_touchpoint(
            self.journey, self.library[entry["key"]], phase=self._phase(kind), after=self._before(entry, kind),
            by=self.by, **facts,
        )  # fmt: skip

    def _move(self, entry: Entry, kind: str) -> None:
        here = self._placement(entry)
        after = self._before(entry, kind)
        move_placement(here, to_phase=self._phase(kind), after=after, version=here.version, by=self.by)

    def _take_off(self, entry: Entry, _kind: str) -> None:
        archive_placement(self._placement(entry), by=self.by)

    def _phase(self, kind: str) -> Phase:
        found: Phase = self.journey.phases.get(kind=kind)
        return found

    def _placement(self, entry: Entry) -> Placement:
        found: Placement = self.journey.placements.kept().get(touchpoint=self.library[entry["key"]])
        return found

    def _before(self, entry: Entry, kind: str) -> Placement | None:
        """The last of those ahead of it in the file that stand in this phase."""
        ahead = [self.library[one["key"]] for one in self.facts[: self.facts.index(entry)]]
        standing = self.journey.placements.kept().filter(phase__kind=kind, touchpoint__in=ahead)
        return standing.order_by("-position").first()


def _exact(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, float) else value
