"""Measures for the board of directors: what each is worth and costs, on what that rests, and how much is unknown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from measures.assessing import Assessment
from measures.models import Measure, Review, Status
from measures.worth import worth_of
from scorecards.measures import UNDECIDED, Card, measures_of
from touchpoints.health.bands import Evidence
from workspaces.models import Workspace, WorkspaceQuerySet


@dataclass(frozen=True)
class Line:
    """A measure with its latest review, if there is any."""

    card: Card
    review: Review | None

    @property
    def measure(self) -> Measure:
        """The measure itself."""
        return self.card.measure

    @property
    def worth(self) -> Assessment | None:
        """What comes of it; None while it is unknown what it costs or brings."""
        return self.card.worth

    @property
    def evidence(self) -> Evidence:
        """On what it rests that it works.

        measured: on a review that is closed; indicative: on one that is told anew each night, and tells an effect
        already; assumption: on what people assume; unknown: nobody has said what it costs or brings.
        """
        if self.review is not None and self.review.effect is not None:
            return Evidence.MEASURED if self.review.is_closed else Evidence.INDICATIVE
        return Evidence.ASSUMPTION if self.worth else Evidence.UNKNOWN


@dataclass(frozen=True)
class Sum:
    """What is known of an amount, in minor units, and of how many measures it is unknown."""

    known: float
    unknown: int


@dataclass(frozen=True)
class Group:
    """Measures that rest on the same evidence; None: all of them."""

    evidence: Evidence | None
    lines: Sequence[Line]

    @property
    def once(self) -> Sum:
        """Costs, once."""
        return self._sum(lambda line: line.measure.once)

    @property
    def yearly(self) -> Sum:
        """Costs a year."""
        return self._sum(lambda line: line.measure.yearly)

    @property
    def benefit(self) -> Sum:
        """Likely benefit a year."""
        return self._sum(lambda line: line.worth.likely.benefit_a_year if line.worth else None)

    @property
    def npv(self) -> Sum:
        """Likely worth today."""
        return self._worth("likely")

    @property
    def low(self) -> Sum:
        """Worth today, if all bring the least that is assumed."""
        return self._worth("low")

    @property
    def high(self) -> Sum:
        """Worth today, if all bring the most."""
        return self._worth("high")

    def _worth(self, end: str) -> Sum:
        return self._sum(lambda line: getattr(line.worth, end).npv if line.worth else None)

    def _sum(self, amount: Callable[[Line], float | None]) -> Sum:
        said = [found for line in self.lines if (found := amount(line)) is not None]
        return Sum(sum(said), len(self.lines) - len(said))


@dataclass(frozen=True)
class Portfolio:
    """All measures that are not dropped, worth most first, and those of which that is unknown last."""

    lines: Sequence[Line]

    @property
    def whole(self) -> Group:
        """All together."""
        return Group(None, self.lines)

    @property
    def groups(self) -> list[Group]:
        """By evidence, the best first; those that have no measure are left out."""
        found = [Group(one, [line for line in self.lines if line.evidence is one]) for one in Evidence]
        return [group for group in found if group.lines]

    @property
    def to_decide(self) -> list[Line]:
        """Those that are not decided and have a day for it, the earliest first."""
        waiting = [line for line in self.lines if line.measure.status in UNDECIDED and line.measure.decide_on]
        return sorted(waiting, key=lambda line: (line.measure.decide_on, line.measure.pk))


def portfolio_of(workspace: Workspace) -> Portfolio:
    """In as many statements however many measures there are."""
    lines = lines_of(workspace, measures_of(workspace).exclude(status=Status.DROPPED))
    return Portfolio(sorted(lines, key=_by_worth))


def lines_of(workspace: Workspace, measures: WorkspaceQuerySet) -> list[Line]:
    """These measures, as `measures_of` reads them, each with its review."""
    return [
        Line(Card(one, worth_of(one, list(one.benefits.all()), workspace.discount), ()), latest_review(one))
        for one in measures.prefetch_related("reviews")
    ]


def latest_review(measure: Measure) -> Review | None:
    """The one that was begun last, of reviews that were read with the measure."""
    found: list[Review] = list(measure.reviews.all())
    return found[0] if found else None


def _by_worth(line: Line) -> tuple[bool, float, int]:
    return (line.worth is None, -line.worth.likely.npv if line.worth else 0.0, line.measure.pk)
