"""What to do next at a touchpoint that is weak, important and really so: by what its customers name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import fsum
from statistics import median
from typing import Any, NamedTuple

from feedback.models import Insight, InsightKind, Theme, ThemeSearch, ThemeState
from feedback.themes import FEWEST
from measures.actions import causes_of
from measures.causes import Causes, Found
from measures.models import KIND_OF, UNDER_WAY, Cause, Measure, MeasureKind, Review, Verdict
from scorecards.alarms import open_alarms
from scorecards.opportunities import At, Gained, gained_at
from scorecards.scorecard import Reading
from scorecards.standing import Held, held_of
from touchpoints.borders import borders_of
from touchpoints.changes import changes_in
from touchpoints.health.bands import Evidence
from touchpoints.health.changes import Change
from touchpoints.health.changes import Verdict as Moved
from touchpoints.models import Touchpoint
from touchpoints.periods import USUAL, last_days
from workspaces import clock
from workspaces.models import Workspace

MOST = 3  # proposals at a touchpoint
HEARD = (InsightKind.PAIN, InsightKind.WISH)
GAIN_PLACES = 1  # decimals in which a gain is shown: what is 0 there is none


class WhyNot(StrEnum):
    """Why nothing is proposed at a touchpoint."""

    UNKNOWN = "unknown"
    ASSUMPTION = "assumption"
    MET = "target met"
    NOWHERE = "no journey gains"


class Named(NamedTuple):
    """Something that customers suffer or wish: a theme that is suggested, or an insight. `by`: how often it was named.

    `found`: its cause, None where no word of the table is in it.
    """

    thing: Theme | Insight
    by: int
    found: Found | None

    @property
    def is_theme(self) -> bool:
        """Whether it is a suggestion that nobody has made an insight of yet."""
        return isinstance(self.thing, Theme)


class Similar(NamedTuple):
    """How the measures of a kind fared that have been reviewed in this workspace, the last review of each.

    `middle`: the median of their effects, in points of health. `is_closed`: those reviews stay as they are; open ones
    are only looked at where none is closed.
    """

    reviewed: int
    works: int
    partly: int
    middle: float
    is_closed: bool


@dataclass
class Action:
    """A proposal: which kind of measure, for what is named of one cause, the most named first.

    `under_way`: measures of that kind at this touchpoint, which take the place of the proposal; `earlier`: those that
    were reviewed or dropped. `similar`: None where none was reviewed.
    """

    cause: Cause
    kind: MeasureKind
    similar: Similar | None
    named: list[Named] = field(default_factory=list)
    under_way: list[Measure] = field(default_factory=list)
    earlier: list[Measure] = field(default_factory=list)

    @property
    def mentions(self) -> int:
        """How often its themes and insights were named; a customer who names two counts twice."""
        return sum(one.by for one in self.named)

    @property
    def insight(self) -> Insight | None:
        """The most named insight, of which a measure would be born."""
        return next((one.thing for one in self.named if isinstance(one.thing, Insight)), None)

    @property
    def words(self) -> list[str]:
        """By which words of the table it was sorted there."""
        return list(dict.fromkeys(word for one in self.named if one.found for word in one.found.words))

    @property
    def tied(self) -> list[Cause]:
        """The causes to which something here belongs just as much."""
        others = {cause for one in self.named if one.found for cause in one.found.tied}
        return [cause for cause in Cause if cause in others]


@dataclass(frozen=True)
class NextActions:
    """What could be done at a touchpoint, and on what that rests; `why_not` says why nothing is proposed.

    `gained`: by journey, most first; `place`: which of the touchpoints that fall short on the first of them it is, by
    points to gain, of how many. `change`: a real drop against the 90 days before. `unsorted`: what no word of the table
    is in. `customers`: how many comments themes were found in.
    """

    touchpoint: Touchpoint
    reading: Reading
    gained: Sequence[Gained]
    why_not: WhyNot | None
    place: tuple[int, int] = (0, 0)
    drop: Change | None = None
    alarms: Sequence[dict[str, Any]] = ()
    actions: Sequence[Action] = ()
    unsorted: Sequence[Named] = ()
    customers: int = 0

    @property
    def lacks(self) -> int:
        """Points of health below the target."""
        return max(0, self.touchpoint.target - (self.reading.number or 0))


def next_actions_of(touchpoint: Touchpoint) -> NextActions:
    """What could be done there next. Its statements do not grow with what is known of it."""
    workspace = touchpoint.workspace
    library = {one.pk: one for one in Touchpoint.objects.of(workspace)}
    held = held_of(workspace, library, borders_of(workspace), persona=None)
    reading = held[touchpoint.pk].reading
    gained = gained_at([At(touchpoint, held[touchpoint.pk], ())])
    if why_not := _why_not(touchpoint, reading, gained):
        return NextActions(touchpoint, reading, gained, why_not)
    named, customers = _named(touchpoint, causes_of(workspace).causes)
    change = changes_in(workspace, last_days(USUAL, clock.today(workspace.zone))).of(touchpoint.pk)
    return NextActions(
        touchpoint,
        reading,
        gained,
        None,
        place=_place(touchpoint, gained[0], held),
        drop=change if change.verdict is Moved.DOWN else None,
        alarms=open_alarms(touchpoint),
        actions=_actions(touchpoint, [one for one in named if one.found]),
        unsorted=[one for one in named if not one.found],
        customers=customers,
    )


def _why_not(touchpoint: Touchpoint, reading: Reading, gained: Sequence[Gained]) -> WhyNot | None:
    """Weak, important and real: below its target, journeys gain by it, and customers said so."""
    if reading.evidence is Evidence.ASSUMPTION:
        return WhyNot.ASSUMPTION
    if reading.number is None:
        return WhyNot.UNKNOWN
    if reading.number >= touchpoint.target:
        return WhyNot.MET
    if not gained or not round(gained[0].points, GAIN_PLACES):
        return WhyNot.NOWHERE
    return None


def _place(touchpoint: Touchpoint, most: Gained, held: Mapping[int, Held]) -> tuple[int, int]:
    """Touchpoints of that journey as "Act here first" orders them."""
    gains = {
        pk: fsum(stand.gain for stand in one.stands if stand.journey == most.journey and stand.gain)
        for pk, one in held.items()
    }
    return 1 + sum(gain > gains[touchpoint.pk] for gain in gains.values()), sum(gain > 0 for gain in gains.values())


def _named(touchpoint: Touchpoint, causes: Causes) -> tuple[list[Named], int]:
    """What is suffered and wished there, the most named first, and how many customers themes were found among.

    A theme that became an insight is that; what was dismissed, merged or archived counts no more.
    """
    insights = Insight.objects.of(touchpoint.workspace).kept().filter(touchpoint=touchpoint, kind__in=HEARD)
    themes = Theme.objects.of(touchpoint.workspace).filter(
        touchpoint=touchpoint, kind__in=HEARD, state=ThemeState.SUGGESTED, commenters__gte=FEWEST
    )
    named = [
        Named(one, one.mentions, causes.of([one.text, *(one.theme.terms if one.theme else ())]))
        for one in insights.select_related("theme")
    ]
    named += [Named(one, one.commenters, causes.of([one.label, *one.terms])) for one in themes]
    search = ThemeSearch.objects.of(touchpoint.workspace).filter(touchpoint=touchpoint).first()
    named.sort(key=lambda one: (-one.by, one.is_theme, one.thing.pk))
    return named, search.commenters if search else 0


def _actions(touchpoint: Touchpoint, named: Sequence[Named]) -> list[Action]:
    """One for each cause that is named, the most named first; so many are proposed at most."""
    similar = similar_in(touchpoint.workspace)
    actions = {cause: Action(cause, KIND_OF[cause], similar.get(KIND_OF[cause])) for cause in Cause}
    for one in named:
        if one.found:
            actions[Cause(one.found.cause)].named.append(one)
    of_kind = {action.kind.value: action for action in actions.values()}
    for measure in Measure.objects.of(touchpoint.workspace).kept().filter(touchpoints=touchpoint).order_by("-pk"):
        if action := of_kind.get(measure.kind):
            (action.under_way if measure.status in UNDER_WAY else action.earlier).append(measure)
    found = sorted((one for one in actions.values() if one.named), key=lambda one: -one.mentions)
    proposed = [one for one in found if not one.under_way][:MOST]
    return [one for one in found if one.under_way or one in proposed]


def similar_in(workspace: Workspace) -> dict[str, Similar]:
    """By kind, how the measures of this workspace fared that have a verdict: one statement."""
    reviews = Review.objects.of(workspace).filter(measure__archived_at=None).exclude(verdict=Verdict.TOO_EARLY)
    last: dict[bool, dict[int, Review]] = {True: {}, False: {}}
    for review in reviews.select_related("measure").defer("workings").order_by("pk"):
        last[review.is_closed][review.measure_id] = review
    found: dict[str, Similar] = {}
    for is_closed in (False, True):  # what is closed takes the place of what is not
        by_kind: dict[str, list[Review]] = defaultdict(list)
        for review in last[is_closed].values():
            by_kind[review.measure.kind].append(review)
        found |= {kind: _fared(of_kind, is_closed=is_closed) for kind, of_kind in by_kind.items()}
    return found


def _fared(reviews: Sequence[Review], *, is_closed: bool) -> Similar:
    verdicts = [review.verdict for review in reviews]
    return Similar(
        reviewed=len(reviews),
        works=verdicts.count(Verdict.WORKS),
        partly=verdicts.count(Verdict.PARTLY),
        middle=median(review.effect for review in reviews if review.effect is not None),
        is_closed=is_closed,
    )
