"""Opportunities as pages show them: what each gathers, and what journeys would gain there."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from feedback.models import Insight
from measures.models import Gathered, Measure, Opportunity, Status
from scorecards.scorecard import Reading
from scorecards.standing import Held, held_of
from touchpoints.borders import borders_of
from touchpoints.health.bands import Band, Borders, Evidence, band_of, shown_number
from touchpoints.models import Touchpoint
from workspaces.models import Workspace


class Stage(TextChoices):
    """How far the furthest of an opportunity's measures is; those that were dropped take it nowhere."""

    OPEN = "open", _("nothing is done yet")
    THOUGHT_OF = "thought_of", _("thought of")
    IN_PROGRESS = Status.IN_PROGRESS.value, Status.IN_PROGRESS.label
    LIVE = Status.LIVE.value, Status.LIVE.label
    REVIEWED = Status.REVIEWED.value, Status.REVIEWED.label


THOUGHT_OF = (Status.IDEA, Status.ASSESSED)
MIDDLE = 3  # of importance, 1 to 5: what is above it is important


class At(NamedTuple):
    """A touchpoint of an opportunity: what is known of it, and the pain points and wishes gathered there."""

    touchpoint: Touchpoint
    held: Held
    insights: Sequence[Insight]

    @property
    def reading(self) -> Reading:
        """Its health as shown."""
        return self.held.reading

    @property
    def lacks(self) -> int | None:
        """Points of health below its target; 0 where it is met, None while its health is unknown."""
        number = self.reading.number
        return None if number is None else max(0, self.touchpoint.target - number)


class Gained(NamedTuple):
    """Points that a journey's health would gain if the touchpoints there met their targets: `at` each, most first."""

    journey: int
    name: str
    points: float
    at: Sequence[tuple[Touchpoint, float]]


@dataclass(frozen=True)
class Seen:
    """An opportunity with all that is shown of it; `place` is its number in a list.

    `at`: its touchpoints; `put_away`: what it gathers though it is archived, or its touchpoint is: that counts nowhere.
    `gained`: by journey, most first. `health` and `importance` are means over touchpoints whose health is known, None
    where none is; `evidence` is that of the least founded of them.
    """

    opportunity: Opportunity
    at: Sequence[At]
    put_away: Sequence[Insight]
    gained: Sequence[Gained]
    health: int | None
    band: Band | None
    importance: float | None
    evidence: Evidence
    measures: Sequence[Measure]
    good_from: int
    place: int = 0

    @property
    def stage(self) -> Stage:
        """In which column of the board it stands."""
        order = list(Stage)
        there = [one.status for one in self.measures if one.status != Status.DROPPED]
        reached = [Stage.THOUGHT_OF if status in THOUGHT_OF else Stage(status) for status in there]
        return max(reached, key=order.index, default=Stage.OPEN)

    @property
    def value(self) -> float | None:
        """Points that the journey would gain which gains most; None where no health is known that any journey has."""
        return self.gained[0].points if self.gained else None

    @property
    def mentions(self) -> int:
        """How often customers named what it gathers."""
        return sum(insight.mentions for one in self.at for insight in one.insights)

    @property
    def known(self) -> int:
        """Of how many of its touchpoints the health is known."""
        return sum(one.reading.number is not None for one in self.at)

    @property
    def is_important(self) -> bool:
        """Whether its touchpoints matter more than the middle of the scale."""
        return self.importance is not None and self.importance > MIDDLE

    @property
    def is_weak(self) -> bool:
        """Whether their health lies below what the workspace calls good."""
        return self.health is not None and self.health < self.good_from

    @property
    def progress(self) -> list[tuple[str | Promise, int]]:
        """How far its measures are: how many have each status, in their order."""
        counts = Counter(measure.status for measure in self.measures)
        return [(status.label, counts[status]) for status in Status if counts[status]]


def opportunities_of(workspace: Workspace, *, archived: bool = False) -> list[Seen]:
    """Those that are kept, or the archived ones: the highest value first, the unknown last. Five statements."""
    rows = Opportunity.objects.of(workspace)
    rows = rows.archived() if archived else rows.kept()
    found = seen(workspace, rows.select_related("owner_team", "owner_member__user"))
    found.sort(key=lambda one: (one.value is None, -(one.value or 0.0), str(one.opportunity).casefold()))
    return [replace(one, place=place) for place, one in enumerate(found, start=1)]


def seen(workspace: Workspace, opportunities: Iterable[Opportunity]) -> list[Seen]:
    """These opportunities of one workspace with all that is shown of them: four statements more."""
    rows = list(opportunities)
    borders = borders_of(workspace)
    touchpoints: dict[int, Touchpoint] = {
        one.pk: one for one in Touchpoint.objects.of(workspace).by_name().select_related("channel")
    }
    held = held_of(workspace, touchpoints, borders, persona=None)
    gathered = _gathered(workspace, rows)
    measures = _measures(workspace, rows)
    found = []
    for row in rows:
        at, put_away = _sorted_out(gathered[row.pk], touchpoints, held)
        found.append(_seen(row, at, put_away, measures[row.pk], borders))
    return found


def board_of(found: Iterable[Seen]) -> list[tuple[Stage, list[Seen]]]:
    """A column for each stage, in order, each in the order of the list."""
    columns: dict[Stage, list[Seen]] = {stage: [] for stage in Stage}
    for one in found:
        columns[one.stage].append(one)
    return list(columns.items())


def gained_at(at: Sequence[At]) -> list[Gained]:
    """What journeys would gain at these touchpoints together, most first.

    Priorities on one map have the same whole, so that they add up; those of several journeys do not.
    """
    names: dict[int, str] = {}
    there: dict[int, list[tuple[Touchpoint, float]]] = defaultdict(list)
    for one in at:
        points: dict[int, float] = defaultdict(float)
        for stand in one.held.stands:
            if stand.gain is not None:
                names[stand.journey] = stand.name
                points[stand.journey] += stand.gain
        for journey, gain in points.items():
            there[journey].append((one.touchpoint, gain))
    found = [
        Gained(journey, names[journey], fsum(gain for _, gain in gains), sorted(gains, key=lambda gain: -gain[1]))
        for journey, gains in there.items()
    ]
    return sorted(found, key=lambda one: (-one.points, one.name.casefold(), one.journey))


def _gathered(workspace: Workspace, rows: Sequence[Opportunity]) -> dict[int, list[Insight]]:
    found: dict[int, list[Insight]] = defaultdict(list)
    ties = Gathered.objects.of(workspace).filter(opportunity__in=rows).select_related("insight")
    for tie in ties.order_by("-insight__mentions", "insight_id"):
        found[tie.opportunity_id].append(tie.insight)
    return found


def _measures(workspace: Workspace, rows: Sequence[Opportunity]) -> dict[int, list[Measure]]:
    found: dict[int, list[Measure]] = defaultdict(list)
    born = Measure.objects.of(workspace).kept().filter(opportunity__in=rows)
    for measure in born.select_related("owner_team", "owner_member__user").order_by("pk"):
        found[measure.opportunity_id].append(measure)
    return found


def _seen(
    opportunity: Opportunity,
    at: Sequence[At],
    put_away: Sequence[Insight],
    measures: Sequence[Measure],
    borders: Borders,
) -> Seen:
    known = [one for one in at if one.reading.number is not None]
    health = _mean(one.held.score.score for one in known if one.held.score and one.held.score.score is not None)
    number = None if health is None else shown_number(health)
    return Seen(
        opportunity=opportunity,
        at=at,
        put_away=put_away,
        gained=gained_at(at),
        health=number,
        band=band_of(number, borders),
        importance=_mean(one.touchpoint.importance for one in known),
        evidence=_least_founded(known or at),
        measures=measures,
        good_from=borders.good,
    )


def _sorted_out(
    insights: Sequence[Insight], touchpoints: Mapping[int, Touchpoint], held: Mapping[int, Held]
) -> tuple[list[At], list[Insight]]:
    kept: dict[int, list[Insight]] = defaultdict(list)
    put_away = []
    for insight in insights:
        if insight.archived_at or touchpoints[insight.touchpoint_id].archived_at:
            put_away.append(insight)
        else:
            kept[insight.touchpoint_id].append(insight)
    return [At(touchpoints[pk], held[pk], kept[pk]) for pk in touchpoints if pk in kept], put_away


def _least_founded(at: Sequence[At]) -> Evidence:
    order = list(Evidence)
    return max((one.reading.evidence for one in at), key=order.index, default=Evidence.UNKNOWN)


def _mean(values: Iterable[float]) -> float | None:
    every = list(values)
    return fsum(every) / len(every) if every else None
