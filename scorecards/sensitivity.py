"""How far the order of a workspace's touchpoints hangs on the weights of its rule, from the scores as stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from touchpoints.actions import model_of
from touchpoints.health.bands import shown_number, standing
from touchpoints.health.combine import HealthModel
from touchpoints.health.sensitivity import Reordering, Variation, ranks, reordered, reweighed, sensitivity
from touchpoints.health.usual import Component
from touchpoints.models import HealthRule, HealthScore
from workspaces.models import Workspace

HARDLY, SOMEWHAT = 0.05, 0.15  # shares of pairs that change places, up to which the order is said to depend so much
TRIED = "tried"
MOVERS = 3


class Depends(StrEnum):
    """How much the order depends on the weights."""

    HARDLY = "hardly"
    SOMEWHAT = "somewhat"
    STRONGLY = "strongly"


@dataclass(frozen=True)
class Mover:
    """A touchpoint that other weights move from one rank to another, 1 the worst."""

    touchpoint: int
    name: str
    before: int
    after: int


@dataclass(frozen=True)
class Tried:
    """Other weights, what they do to the order, and who moves farthest."""

    variation: Variation
    order: Reordering
    movers: Sequence[Mover]

    @property
    def share(self) -> float:
        """The share of pairs that change places, 0-1."""
        return self.order.swapped / self.order.pairs if self.order.pairs else 0.0

    @property
    def depends(self) -> Depends:
        """The same in a word."""
        return _in_a_word(self.share)


@dataclass(frozen=True)
class Ranked:
    """A touchpoint with its rank by the rule, and under each of the other weights; None where it has no score then."""

    touchpoint: int
    name: str
    number: int
    rank: int
    others: Sequence[int | None]


@dataclass(frozen=True)
class Sensitivity:
    """The whole view. `weightless`: components without a weight, of which no score tells anything."""

    tried: Sequence[Tried]
    ranked: Sequence[Ranked]
    weightless: Sequence[Component]

    @property
    def depends(self) -> Depends:
        """How much the order depends on the weights: as it does under those that turn most of it around."""
        return _in_a_word(max((one.share for one in self.tried if one.variation.kind != TRIED), default=0.0))


def sensitivity_of(workspace: Workspace, rule: HealthRule, weights: Mapping[Component, float] | None) -> Sensitivity:
    """What the weights do to the order of all kept touchpoints whose health is known: one statement.

    `weights`: other ones to be tried as well.
    """
    found = {score.subject.touchpoint.pk: score for score in _known(workspace)}
    names = {pk: score.subject.touchpoint.name for pk, score in found.items()}
    parts = {pk: score.parts for pk, score in found.items()}
    model = model_of(rule)
    tried = sensitivity(parts, model)
    usual = {pk: score for pk in parts if (score := reweighed(parts[pk], model.weights, model)) is not None}
    if weights is not None:
        tried.insert(0, _try(parts, usual, weights, model))
    by_rule = ranks(usual)
    shown = sorted(usual, key=lambda pk: (by_rule[pk], names[pk], pk))
    others = [_ranks_under(order, usual) for _, order in tried]
    return Sensitivity(
        tried=[Tried(variation, order, _movers(order, names)) for variation, order in tried],
        ranked=[
            Ranked(pk, names[pk], shown_number(usual[pk]), by_rule[pk], [ranks_there.get(pk) for ranks_there in others])
            for pk in shown
        ],
        weightless=[component for component in Component if not model.weights[component]],
    )


def _known(workspace: Workspace) -> list[HealthScore]:
    scores = HealthScore.objects.of(workspace).filter(
        persona=None, known=True, subject__touchpoint__archived_at=None, subject__touchpoint__isnull=False
    )
    shown = ("subject__touchpoint__name", "score", "sd", "observations", "known", "parts")
    return [
        score
        for score in scores.select_related("subject__touchpoint").only(*shown)
        if standing(score.score, score.sd, score.observations, known=score.known).number is not None
    ]


def _try(
    parts: Mapping[int, list[dict[str, object]]],
    usual: Mapping[int, float],
    weights: Mapping[Component, float],
    model: HealthModel,
) -> tuple[Variation, Reordering]:
    others = {pk: score for pk in parts if (score := reweighed(parts[pk], weights, model)) is not None}
    return Variation(TRIED, None, weights), reordered(usual, others)


def _movers(order: Reordering, names: Mapping[int, str]) -> list[Mover]:
    return [Mover(one.touchpoint, names[one.touchpoint], one.before, one.after) for one in order.moves[:MOVERS]]


def _ranks_under(order: Reordering, usual: Mapping[int, float]) -> dict[int, int]:
    stay = ranks({pk: score for pk, score in usual.items() if pk not in order.lost})
    return stay | {move.touchpoint: move.after for move in order.moves}


def _in_a_word(share: float) -> Depends:
    return Depends.HARDLY if share <= HARDLY else Depends.SOMEWHAT if share <= SOMEWHAT else Depends.STRONGLY
