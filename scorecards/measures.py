"""Measures as the board shows them: by status, each with what it costs and brings, and what they come to together."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from measures.assessing import Assessment
from measures.models import Measure, Review, Status, Verdict
from measures.worth import worth_of
from scorecards.gaps import Closing, closing_of
from scorecards.review import Spot, latest_reviews, spot_of
from scorecards.scorecard import Reading
from scorecards.standing import Held, held_of
from touchpoints.borders import borders_of
from touchpoints.models import Touchpoint
from workspaces import clock
from workspaces.models import Workspace, WorkspaceQuerySet

ON_THE_BOARD = (Status.IDEA, Status.ASSESSED, Status.IN_PROGRESS, Status.LIVE, Status.REVIEWED)
UNDECIDED = (Status.IDEA, Status.ASSESSED)
CLOSING = (Status.ASSESSED, Status.IN_PROGRESS)  # what is still to be gained by them


@dataclass(frozen=True)
class At:
    """A touchpoint at which a measure is meant to be felt, and how it is; `reading`: None where nobody ever asked."""

    touchpoint: Touchpoint
    reading: Reading | None


@dataclass(frozen=True)
class Card:
    """A measure. `worth`: None while its costs or benefits are unknown. `review`: the latest, if it is or was live."""

    measure: Measure
    worth: Assessment | None
    touchpoints: Sequence[At]
    review: Review | None = None


@dataclass
class Column:
    """The measures that are as far as that."""

    status: Status
    cards: list[Card] = field(default_factory=list)


class Verdicts(NamedTuple):
    """Of how many reviewed measures it was said that they work."""

    reviewed: int
    work: int


class Waiting(NamedTuple):
    """The next decisions: on which day, of how many, over what cost once, and of how many the cost is unknown."""

    day: datetime.date
    measures: int
    once: int
    unknown: int


@dataclass(frozen=True)
class Board:
    """All measures that are neither dropped nor archived. `dropped`: how many were."""

    columns: Sequence[Column]
    waiting: Waiting | None
    closing: Closing | None
    dropped: int

    @property
    def verdicts(self) -> Verdicts:
        """Of those whose review is closed."""
        closed = [card.review for card in self.cards if card.review and card.review.is_closed]
        return Verdicts(len(closed), sum(review.verdict == Verdict.WORKS for review in closed))

    @property
    def spots(self) -> list[tuple[Card, Spot]]:
        """Before and after of all that customers meet: those that were reviewed first, then the longest live."""
        met = [card for card in self.cards if card.review]
        met.sort(key=lambda card: (not card.review.is_closed, card.review.live_on) if card.review else (True,))
        return [(card, spot_of(card.review)) for card in met if card.review]

    @property
    def cards(self) -> list[Card]:
        """Those of all columns."""
        return [card for column in self.columns for card in column.cards]


def measures_of(workspace: Workspace) -> WorkspaceQuerySet:
    """Those that are not archived, with what their cards say."""
    found = Measure.objects.of(workspace).kept().select_related("owner_team", "owner_member__user", "decider__user")
    return found.prefetch_related("touchpoints", "benefits")


def board_of(workspace: Workspace) -> Board:
    """A column for each status, in order. Its statements do not grow with the measures."""
    library = {one.pk: one for one in Touchpoint.objects.of(workspace)}
    held = held_of(workspace, library, borders_of(workspace), persona=None)
    columns = {status.value: Column(status) for status in ON_THE_BOARD}
    found: Sequence[Measure] = list(measures_of(workspace))
    reviews = latest_reviews(found)
    for measure in found:
        if measure.status in columns:
            columns[measure.status].cards.append(card_of(measure, held, workspace, reviews.get(measure.pk)))
    cards = [card for column in columns.values() for card in column.cards]
    closing = closing_of(_expected(cards), held, library)
    return Board(list(columns.values()), _waiting(cards, workspace), closing, dropped=len(found) - len(cards))


def card_of(measure: Measure, held: Mapping[int, Held], workspace: Workspace, review: Review | None = None) -> Card:
    """The measure, with the health of its touchpoints."""
    at = [At(one, held[one.pk].reading if one.pk in held else None) for one in measure.touchpoints.all()]
    return Card(measure, worth_of(measure, list(measure.benefits.all()), workspace.discount), at, review)


def _waiting(cards: Sequence[Card], workspace: Workspace) -> Waiting | None:
    today = clock.today(workspace.zone)
    days: dict[datetime.date, list[Measure]] = defaultdict(list)
    for card in cards:
        day = card.measure.decide_on
        if card.measure.status in UNDECIDED and day and day >= today:
            days[day].append(card.measure)
    if not days:
        return None
    day = min(days)
    costs = [one.once for one in days[day] if one.once is not None]
    return Waiting(day, len(days[day]), sum(costs), len(days[day]) - len(costs))


def _expected(cards: Sequence[Card]) -> dict[int, dict[int, float]]:
    """By touchpoint, what each measure that is decided or about to be expects there."""
    expected: dict[int, dict[int, float]] = defaultdict(dict)
    for card in cards:
        if card.measure.status in CLOSING and card.measure.points:
            for at in card.touchpoints:
                expected[at.touchpoint.pk][card.measure.pk] = float(card.measure.points)
    return expected
