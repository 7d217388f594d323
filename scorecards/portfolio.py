"""Measures for the board of directors: what each is worth and costs, on what that rests, and how much is unknown."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from measures.assessing import Assessment
from measures.models import Measure, Review, Status, Verdict
from measures.worth import proven_worth, worth_of
from scorecards.measures import UNDECIDED, Card, measures_of
from scorecards.review import latest_reviews
from touchpoints.health.bands import Evidence
from workspaces.models import Workspace


@dataclass(frozen=True)
class Line:
    """A measure by what is known best: `worth` as its closed review proves it, else as is `assumed`; None: unknown."""

    card: Card
    assumed: Assessment | None

    @property
    def measure(self) -> Measure:
        """The measure itself."""
        return self.card.measure

    @property
    def review(self) -> Review | None:
        """Its latest review; None before it is live."""
        return self.card.review

    @property
    def worth(self) -> Assessment | None:
        """What comes of it; None while nobody can tell."""
        return self.card.worth

    @property
    def proven(self) -> Assessment | None:
        """What comes of it as measured: the likely effects times points that came by points that were expected.

        Nothing where the verdict is that it has no effect.
        """
        return self.card.worth if self.review and self.review.is_closed else None

    @property
    def evidence(self) -> Evidence:
        """On what it rests that it works.

        measured: on a review that is closed; indicative: on one that has a verdict, but is told anew each night;
        assumption: on what people assume; unknown: nobody has said what it costs or brings.
        """
        if self.review and self.review.is_closed:
            return Evidence.MEASURED
        if self.review and self.review.verdict != Verdict.TOO_EARLY:
            return Evidence.INDICATIVE
        return Evidence.ASSUMPTION if self.assumed else Evidence.UNKNOWN


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


def lines_of(workspace: Workspace, measures: Iterable[Measure]) -> list[Line]:
    """These measures, as `measures_of` reads them, each with its review."""
    found = list(measures)
    reviews = latest_reviews(found)
    return [_line(one, reviews.get(one.pk), workspace.discount) for one in found]


def _line(measure: Measure, review: Review | None, discount: Decimal) -> Line:
    benefits = list(measure.benefits.all())
    worth = assumed = worth_of(measure, benefits, discount)
    if review and review.is_closed:
        worth = proven_worth(measure, benefits, discount, review)
    return Line(Card(measure, worth, (), review), assumed)


def _by_worth(line: Line) -> tuple[bool, float, int]:
    return (line.worth is None, -line.worth.likely.npv if line.worth else 0.0, line.measure.pk)
