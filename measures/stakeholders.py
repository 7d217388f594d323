"""Stakeholders as their pages show them: where each stands, what they decide on, and what is to be done next."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from measures.models import Decider, Measure, Status
from measures.stakeholder_places import Spot, Standing, across_of, down_of, goal_side, spots_of
from measures.winning import Decides, said, winning_of
from measures.worth import worth_of
from personas.models import NextStep, Quadrant, Stakeholder, StakeholderPosition
from workspaces import clock
from workspaces.models import Membership, Workspace, WorkspaceQuerySet

UNDECIDED = (Status.IDEA, Status.ASSESSED)
TRAIL = 8  # positions that are listed and drawn
# In the order in which they are worth looking at, each with its corner's place in the drawing.
STRATEGIES: Mapping[Quadrant, tuple[Promise, Promise]] = {
    Quadrant.GATEKEEPER: (_("Gatekeepers"), _("Win with numbers, one to one")),
    Quadrant.CHAMPION: (_("Champions"), _("Let them lead in public")),
    Quadrant.BYSTANDER: (_("Bystanders"), _("Inform once a quarter")),
    Quadrant.SUPPORTER: (_("Supporters"), _("Give them material to spread")),
}


@dataclass(frozen=True)
class Seen:
    """A stakeholder. `decides`: measures that are kept; `steps`: those that are kept, as they are due."""

    stakeholder: Stakeholder
    decides: Sequence[Measure]
    steps: Sequence[NextStep]
    spot: Spot | None = None

    @property
    def next_step(self) -> NextStep | None:
        """The first that is still to be done."""
        return next((step for step in self.steps if not step.done_at), None)

    @property
    def open_goal(self) -> datetime.date | None:
        """The day of their goal; None without one, or where they stand in its quadrant or better already."""
        one = self.stakeholder
        is_met = one.goal_support is not None and one.support >= one.goal_support
        return None if is_met else one.goal_on


@dataclass(frozen=True)
class Corner:
    """A quadrant of the map, with who is in it."""

    quadrant: Quadrant
    name: Promise
    strategy: Promise
    people: list[Seen] = field(default_factory=list)


@dataclass(frozen=True)
class Chosen:
    """The one that is looked at closely. `goal`, `trail`: lines on the drawing, in percent of it."""

    seen: Seen
    positions: Sequence[StakeholderPosition]
    named: Sequence[Membership]

    @property
    def goal(self) -> tuple[str, str, str, str] | None:
        """A bow from where they stand to where they are to stand, that place, and the side of its words."""
        one = self.seen.stakeholder
        if one.goal_influence is None or one.goal_support is None:
            return None
        here = across_of(one.support), down_of(one.influence)
        there = across_of(one.goal_support), down_of(one.goal_influence)
        bend = (here[0] + there[0]) / 2, max(2.0, min(here[1], there[1]) - 14)
        path = "M{:.2f} {:.2f}Q{:.2f} {:.2f} {:.2f} {:.2f}".format(*here, *bend, *there)
        return path, f"{there[0]:.2f}%", f"{there[1]:.2f}%", goal_side(one.goal_support)

    @property
    def trail(self) -> str:
        """A line along where they stood before; empty where they never moved."""
        places = [f"{across_of(one.support):.2f} {down_of(one.influence):.2f}" for one in reversed(self.positions)]
        return "M" + "L".join(places) if len(places) > 1 else ""


def seen_of(workspace: Workspace, stakeholders: WorkspaceQuerySet, chosen: Stakeholder | None = None) -> list[Seen]:
    """These, with their places on the drawing, by name. Statements do not grow with them.

    `chosen`: the one whose goal is drawn.
    """
    steps = Prefetch("steps", NextStep.objects.of(workspace).kept())
    found: list[Stakeholder] = list(stakeholders.by_name().prefetch_related(steps))
    decides: dict[int, list[Measure]] = defaultdict(list)
    for tie in Decider.objects.of(workspace).filter(stakeholder__in=found).select_related("measure").order_by("pk"):
        if not tie.measure.archived_at:
            decides[tie.stakeholder_id].append(tie.measure)
    goal = (chosen.goal_influence or 0, chosen.goal_support or 0) if chosen and chosen.goal_on else None
    spots = spots_of((Standing(one.pk, one.name, one.role, one.influence, one.support) for one in found), goal)
    return [Seen(one, decides[one.pk], list(one.steps.all()), spots[one.pk]) for one in found]


def corners_of(people: Iterable[Seen]) -> list[Corner]:
    """The four quadrants, whoever has most influence first in each."""
    corners = {quadrant: Corner(quadrant, *words) for quadrant, words in STRATEGIES.items()}
    for one in sorted(people, key=lambda one: (-one.stakeholder.influence, one.stakeholder.name)):
        corners[one.stakeholder.quadrant].people.append(one)
    return list(corners.values())


def finding_of(workspace: Workspace, people: Iterable[Seen]) -> tuple[str, str]:
    """Who decides on the undecided measures that are worth most, and who is to be won next, in two sentences."""
    undecided = Measure.objects.of(workspace).kept().filter(status__in=UNDECIDED).prefetch_related("benefits")
    outcomes = {one.pk: worth_of(one, list(one.benefits.all()), workspace.discount) for one in undecided}
    worth = {pk: outcome.likely.npv for pk, outcome in outcomes.items() if outcome}
    today = clock.today(workspace.zone)
    deciding = [
        Decides(
            one.stakeholder.name,
            one.stakeholder.quadrant,
            one.stakeholder.influence,
            [measure.pk for measure in one.decides],
            one.open_goal,
        )
        for one in people
    ]
    return said(winning_of(deciding, worth, today), today)


def chosen_of(seen: Seen) -> Chosen:
    """With where they stood before, the latest first, and who sees them."""
    one = seen.stakeholder
    positions = StakeholderPosition.objects.of(one.workspace).filter(stakeholder=one)
    named = one.named.select_related("user").order_by("user__name", "pk") if one.named_only else ()
    return Chosen(seen, list(positions.select_related("actor", "token")[:TRAIL]), list(named))


ORDERS = {
    "name": lambda one: one.stakeholder.name.casefold(),
    "influence": lambda one: one.stakeholder.influence,
    "support": lambda one: one.stakeholder.support,
    "quadrant": lambda one: list(STRATEGIES).index(one.stakeholder.quadrant),
    "goal": lambda one: one.stakeholder.goal_on or datetime.date.max,
    "decides": lambda one: len(one.decides),
}


def ordered(people: Sequence[Seen], order: str) -> list[Seen]:
    """These by what the address asks: a name of `ORDERS`, backwards with a minus; anything else is by name."""
    key = ORDERS.get(order.removeprefix("-"), ORDERS["name"])
    return sorted(people, key=key, reverse=order.startswith("-"))
