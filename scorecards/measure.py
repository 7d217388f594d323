"""One measure as its page shows it: how far it is, of what it was born, where it is felt, and what it is worth."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from feedback.models import Case, Insight
from measures.assessing import Outcome, Year
from measures.forms.measures import may_go
from measures.models import Benefit, Measure, Opportunity, Status, Step
from measures.models.measure import ORIGINS
from measures.worth import worth_of, years_of
from scorecards.scorecard import Reading, assumptions, read
from touchpoints.borders import borders_of
from touchpoints.models import Alarm, HealthScore, Touchpoint
from workspaces.models import Workspace, WorkspaceQuerySet

ABOUT = (
    "workspace", "opportunity", "insight__touchpoint", "case", "alarm", "owner_team", "owner_member__user",
    "decider__user", "thread",
)  # fmt: skip
LINE = (Status.IDEA, Status.ASSESSED, Status.IN_PROGRESS, Status.LIVE, Status.REVIEWED)
ENDS: dict[str, str | Promise] = {"low": _("at least"), "likely": _("likely"), "high": _("at most")}


class Place(NamedTuple):
    """A status in the line, and whether the measure is past it (`done`), there (`here`), or before it (`ahead`)."""

    status: Status
    stands: str


class Felt(NamedTuple):
    """A touchpoint of the measure with its health."""

    touchpoint: Touchpoint
    reading: Reading


@dataclass(frozen=True)
class End:
    """What comes of it at an end of what is assumed, and how."""

    name: str
    label: str | Promise
    outcome: Outcome
    years: Sequence[Year]

    @property
    def costs(self) -> float:
        """All costs, as worth today."""
        return fsum(one.cost_today for one in self.years)

    @property
    def gains(self) -> float:
        """All benefits, as worth today."""
        return fsum(one.benefit_today for one in self.years)


@dataclass(frozen=True)
class Worth:
    """What a measure costs and brings. `pays`: with at least, likely or at most that effect; empty with none.

    `break_even`: the share of the likely effect from which on it pays; None where no effect would do. `rate`: 0.1 is
    a discount of 10 % a year.
    """

    ends: Sequence[End]
    pays: str
    break_even: float | None
    rate: float


def measures_of(workspace: Workspace) -> WorkspaceQuerySet:
    """All measures, with all that a page names of them."""
    found: WorkspaceQuerySet = Measure.objects.of(workspace).select_related(*ABOUT)
    return found


def line_of(measure: Measure) -> list[Place]:
    """Its way from the idea to the review; of a dropped one nothing is said there."""
    here = LINE.index(Status(measure.status)) if measure.status in LINE else -1
    stands = {-1: "done", 0: "here", 1: "ahead"}
    return [Place(one, stands[(at > here) - (at < here)] if here >= 0 else "ahead") for at, one in enumerate(LINE)]


def next_of(measure: Measure) -> list[Status]:
    """The statuses to which it may go, in their order."""
    return [status for status in Status if may_go(Status(measure.status), status)]


def origin_of(measure: Measure) -> Opportunity | Insight | Case | Alarm | None:
    """Of what it was born, as far as that still exists; None where somebody had the idea at the touchpoint itself."""
    return next((born for name in ORIGINS if (born := getattr(measure, name))), None)


def felt_at(measure: Measure) -> list[Felt]:
    """Its touchpoints with their health: three statements, however many there are."""
    touchpoints = list(measure.touchpoints.select_related("workspace").by_name())  # type: ignore[attr-defined]
    subjects = [one.subject_id for one in touchpoints]
    scores = HealthScore.objects.of(measure.workspace).filter(subject__in=subjects, persona=None)
    by_subject = {score.subject_id: score for score in scores}
    assumed = assumptions(measure.workspace, *touchpoints) if touchpoints else frozenset()
    borders = borders_of(measure.workspace)
    return [Felt(one, read(by_subject.get(one.subject_id), borders, assumed=one.pk in assumed)) for one in touchpoints]


def reckon(measure: Measure, benefits: Sequence[Benefit]) -> Worth | None:
    """What it costs and brings; None while that is unknown."""
    discount = measure.workspace.discount
    found = worth_of(measure, benefits, discount)
    if found is None:
        return None
    outcomes: dict[str, Outcome] = {end: getattr(found, end) for end in ENDS}
    ends = [End(end, label, outcomes[end], years_of(measure, benefits, discount, end)) for end, label in ENDS.items()]
    pays = next((end for end in ENDS if outcomes[end].npv >= 0), "")
    return Worth(ends, pays, found.break_even, float(discount) / 100)


def steps_of(measure: Measure) -> list[Step]:
    """What was decided, the latest first."""
    return list(measure.steps.select_related("actor", "token"))
