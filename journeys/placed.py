"""A touchpoint where it stands on one map, as the screens and programs see it.

What is shown of a score follows SCORING.md: the number is rounded once, band and colour follow that number, and one
word says how well it is founded. Feelings stand on -2 to +2 and are no part of the score.
"""

import functools
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from journeys.tree import Opened, StandsFor, Tree
from touchpoints.health.bands import Band, Borders, Evidence, band_of, standing
from touchpoints.health.changes import Change
from touchpoints.health.feelings import gap_of
from touchpoints.health.figures import Z95
from touchpoints.health.rollup import placement_weight

KEPT = 20_000  # touchpoints that a process remembers as it last saw them
ASSUMPTION = "assumption"


class Seen(NamedTuple):
    """A health as a map shows it: number, band and evidence."""

    number: int | None
    band: Band | None
    evidence: Evidence


class MapTouchpoint(NamedTuple):
    """A touchpoint where it stands: all that its HTML may show, so that equal ones look the same.

    `version` is the placement's. `score` (0-100), `sd`, `answers` and `observations` are the total over all personas;
    `felt`, `felt_by` and `hoped` what customers felt, from which question, and what they expected; `ease` how easy they
    found it (0-100). `completion`: the share (0-1) of visits that were finished, shrunken. `comments` counts those in
    conversations that are not resolved.
    `number` is the whole number shown, None where none is. `weight`: what it counts in the roll-up. `change`: of the
    score since the period before, where that was asked for. `opens`: the journey that tells it in more detail.
    """

    placement: int
    version: int
    phase: int
    moment_of_truth: bool
    share: int
    alternative_group: str
    customer_action: str
    quote: str
    expectation: Decimal | None
    assumed_emotion: Decimal | None
    backstage: str
    touchpoint: int
    touchpoint_version: int
    name: str
    importance: int
    target: int
    archived_at: datetime | None
    channel_id: int | None
    channel: str | None
    icon: str | None
    team: int | None
    team_name: str | None
    member: int | None
    member_name: str | None
    score: float | None
    sd: float | None
    answers: int | None
    observations: int | None
    known: bool | None
    felt: float | None
    felt_by: str | None
    hoped: float | None
    ease: float | None
    completion: float | None
    comments: int | None
    number: int | None = None
    band: Band | None = None
    evidence: Evidence = Evidence.UNKNOWN
    weight: float = 0
    change: Change | None = None
    opens: Opened | None = None

    @property
    def instead(self) -> StandsFor | None:
        """The health of the journey that it opens, where that stands for one of its own."""
        return self.opens.stands if self.opens and self.number is None else None

    @property
    def counted(self) -> tuple[float, float | None]:
        """Its weight and exact score as the roll-up takes them: what is not shown as a number is not counted."""
        if self.number is None:
            return self.weight, self.instead.score if self.instead else None
        return self.weight, self.score

    @property
    def seen(self) -> Seen:
        """What its map shows of it: its own health, or else that of the journey that it opens."""
        return Seen(*self.instead[1:4]) if self.instead else Seen(self.number, self.band, self.evidence)

    @property
    def perceived(self) -> float | None:
        """What customers felt, else what the team assumes they feel."""
        return self.felt if self.felt is not None else _float(self.assumed_emotion)

    @property
    def source(self) -> str:
        """From where that is known: "emotion", "satisfaction" or "assumption"; empty while it is not."""
        return self.felt_by or ("" if self.assumed_emotion is None else ASSUMPTION)

    @property
    def expected(self) -> float | None:
        """What customers said they expected, else what the team thinks they do."""
        return self.hoped if self.hoped is not None else _float(self.expectation)

    @property
    def gap(self) -> float | None:
        """Perceived less expected, in tenths: below 0 where customers hoped for more (SCORING §4)."""
        return gap_of(self.perceived, self.expected)

    @property
    def ease_of_seven(self) -> float | None:
        """How easy customers found it on the scale of the question, 1 to 7."""
        return None if self.ease is None else 1 + 6 * self.ease / 100

    @property
    def reach_of_error(self) -> float | None:
        """Half the width of the score's 95 % interval, in points."""
        return None if self.sd is None else Z95 * self.sd

    @property
    def owner(self) -> str:
        """The name of the team or member who answers for it, if any."""
        return self.team_name or self.member_name or ""


ASKED = MapTouchpoint._fields.index("number")  # how many of the fields the database knows


@functools.lru_cache(maxsize=KEPT)
def seen_as(row: tuple[Any, ...], borders: Borders) -> MapTouchpoint:
    """What a row of STANDING shows. It depends on nothing else, and most rows are as they were when last read."""
    raw = MapTouchpoint(*row)
    shown = standing(
        raw.score, raw.sd, raw.observations or 0, known=bool(raw.known), assumed=raw.assumed_emotion is not None
    )
    return raw._replace(
        number=shown.number,
        band=band_of(shown.number, borders),
        evidence=shown.evidence,
        weight=placement_weight(raw.importance, moment_of_truth=raw.moment_of_truth, reach=raw.share / 100),
    )


def opening(standing: Sequence[MapTouchpoint], below: Tree) -> list[MapTouchpoint]:
    """What stands on a map, each with the journey that it opens."""
    here = frozenset(one.touchpoint for one in standing)
    opened = {one.placement: below.opened_at(one.placement, here) for one in standing}
    return [one._replace(opens=opens) if (opens := opened[one.placement]) else one for one in standing]


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
