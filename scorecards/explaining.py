"""Why a touchpoint's score is what it is: everything of which it can be worked out again by hand.

It is counted from the daily cells, as of any day, by the rule, the windows and the usual means that are in force today.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from math import fsum
from operator import or_

from django.db.models import Q, QuerySet

from personas.models import Persona
from scorecards.scorecard import PLACES, Reading, placed_in, read
from touchpoints.borders import borders_of
from touchpoints.health.bands import becomes_known, chance_below, rounded, shown_parts
from touchpoints.health.combine import Health, HealthModel, Part
from touchpoints.health.credibility import ANSWER_MASS, RATE_MASS
from touchpoints.health.decay import Tally, weights
from touchpoints.health.estimate import Pool, pool_answers
from touchpoints.health.metrics import Metric, Scale
from touchpoints.health.shrink import Prior
from touchpoints.health.usual import Component, Learned, Priors
from touchpoints.models import DailyCell, FittedPrior, HealthDay, HealthRule, HealthScore, PriorFit, Touchpoint
from touchpoints.past import Base, Restated, bases_of, restated_by

DAY = datetime.timedelta(days=1)
COUNTED = {Component.COMPLAINTS: (Metric.COMPLAINT, Metric.CONTACT), Component.COMPLETION: (Metric.VISIT,)}


@dataclass(frozen=True)
class Series:
    """The answers on one scale in their window, and what is usual there; no `prior` where nothing is asked."""

    scale: Scale
    table: str
    tally: Tally
    prior: Prior | None

    @property
    def unit(self) -> int:
        """The weight of an answer of today, by which weighted counts become answers."""
        return weights(self.table)[0]

    @property
    def counts(self) -> list[float]:
        """The answers of each value, weighted where they age; whole numbers where they do not."""
        return [total / self.unit for total in self.tally.sums] if self.unit > 1 else list(self.tally.sums)

    @property
    def days(self) -> int:
        """How far its window reaches back, today included."""
        return len(weights(self.table))


@dataclass(frozen=True)
class PartExplained:
    """One part of the score: as it counts, as shown, and what it is made of.

    `points` and `over` (what it brings or costs against the norm) are rounded such that they add up as shown. `pool`:
    of answers; of a rate None. `learned`: from what its usual mean was learned, None for the default; its mass was kept
    within `limits`.
    """

    part: Part
    points: Decimal
    over: Decimal
    series: Sequence[Series]
    pool: Pool | None
    learned: FittedPrior | None
    limits: tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Explanation(Reading):
    """A score as of a day with all that made it, of everybody or of one persona.

    `score`: as it stands now. `day`: None where nobody was ever heard. `is_now`: it is the score that all screens show.
    `known_then`: the score as it was known when that day ended. `norm`: what the same parts would give if each were as
    usual. `chance`: that it really is critical, 0 to 1.
    """

    touchpoint: Touchpoint
    moment_of_truth: bool
    persona: Persona | None
    score: HealthScore | None = None
    day: datetime.date | None = None
    latest: datetime.date | None = None
    base: Base | None = None
    health: Health | None = None
    parts: Sequence[PartExplained] = ()
    norm: float = 0.0
    chance: float | None = None
    rule: HealthRule | None = None
    fit: PriorFit | None = None
    known_then: HealthDay | None = None

    @property
    def is_now(self) -> bool:
        """Whether it is the score that all screens show."""
        return self.day == self.latest

    @property
    def total(self) -> Decimal:
        """The health to as many decimals as its points have, which are its sum."""
        return sum((part.points for part in self.parts), Decimal())

    @property
    def usual(self) -> Decimal:
        """The norm as shown."""
        return rounded(self.norm, PLACES)

    @property
    def over(self) -> Decimal:
        """By how much the health as shown lies above its norm as shown."""
        return self.total - self.usual


def explain(touchpoint: Touchpoint, *, day: datetime.date | None = None, persona: Persona | None = None) -> Explanation:
    """The score as of a day, by default as it stands: in the same few statements whatever it is made of."""
    stored = {score.persona_id: score for score in HealthScore.objects.filter(subject=touchpoint.subject_id)}
    borders, placed = borders_of(touchpoint.workspace), placed_in(touchpoint.workspace, touchpoint)
    assumed, is_truth = touchpoint.pk in placed.assumed, touchpoint.pk in placed.truths
    total = stored.get(None)
    if total is None:
        nothing = read(None, borders, assumed=assumed)
        return Explanation(**vars(nothing), touchpoint=touchpoint, moment_of_truth=is_truth, persona=persona)
    day = day or total.day
    base = bases_of([touchpoint.subject_id])[touchpoint.subject_id]
    (found,) = restated_by({touchpoint.subject_id: base}, [day], persona=persona)[touchpoint.subject_id]
    close = HealthDay.objects.filter(subject=touchpoint.subject_id, day=day, persona=persona).first()
    was = stored.get(persona.pk if persona else None) if day == total.day else close
    score = as_score(found, was_known=was is not None and was.known)
    score.last_heard = _last_heard(touchpoint, day, persona)
    fit, learned = _fit(base)
    health = found.health
    return Explanation(
        **vars(read(score, borders, assumed=assumed)),
        touchpoint=touchpoint,
        moment_of_truth=is_truth,
        persona=persona,
        score=stored.get(persona.pk if persona else None),
        day=day,
        latest=total.day,
        base=base,
        health=health,
        parts=_parts(found, base, learned),
        norm=_norm(health) if health else 0.0,
        chance=chance_below(borders.weak, health.score, health.sd) if health else None,
        rule=_rule(touchpoint, base.grounds.rule),
        fit=fit,
        known_then=close,
    )


def _rule(touchpoint: Touchpoint, number: int) -> HealthRule | None:
    """The workspace's rule of that number with who made it; None for the default."""
    rules = HealthRule.objects.of(touchpoint.workspace).select_related("by")
    return rules.filter(number=number).first() if number else None


def as_score(found: Restated, *, was_known: bool) -> HealthScore:
    """A restated health as scores are stored; known if it is enough by itself, or still bears what was known then."""
    health = found.health
    if health is None:
        return HealthScore(day=found.day)
    return HealthScore(
        day=found.day,
        score=health.score,
        sd=health.sd,
        evidence=health.evidence,
        answers=health.answers,
        observations=health.observations,
        known=becomes_known(health.evidence, health.observations, known=was_known),
    )


def _last_heard(touchpoint: Touchpoint, day: datetime.date, persona: Persona | None) -> datetime.date | None:
    cells = DailyCell.objects.filter(subject=touchpoint.subject_id, day__lte=day)
    if persona is not None:
        cells = cells.filter(persona=persona)
    return cells.order_by("-day").values_list("day", flat=True).first()


def cells_behind(explained: Explanation) -> QuerySet[DailyCell]:
    """The daily cells of which the score is made, newest first: those in the windows of its parts."""
    cells = DailyCell.objects.filter(subject=explained.touchpoint.subject_id)
    if explained.persona is not None:
        cells = cells.filter(persona=explained.persona)
    windows = [
        Q(
            metric=series.scale.metric.value,
            scale=series.scale.code,
            day__gt=explained.day - series.days * DAY,
            day__lte=explained.day,
        )
        for part in explained.parts
        for series in part.series
        if explained.day
    ]
    cells = cells.filter(reduce(or_, windows)) if windows else cells.none()
    return cells.select_related("persona").order_by("-day", "metric", "scale", "persona__name")


def _fit(base: Base) -> tuple[PriorFit | None, Mapping[str, FittedPrior]]:
    """The fit by whose usual means the score is made, and of each component what was learned there."""
    number = base.grounds.fit
    if number is None:
        return None, {}
    fit = PriorFit.objects.prefetch_related("priors").get(pk=number)
    learned = sorted(fit.priors.all(), key=lambda prior: prior.peer_group)  # the phase counts where there is one
    groups = {"", base.grounds.peer_group}
    return fit, {prior.component: prior for prior in learned if prior.peer_group in groups}


def _norm(health: Health) -> float:
    return fsum(part.share * part.prior_mean for part in health.parts)


def _parts(found: Restated, base: Base, learned: Mapping[str, FittedPrior]) -> list[PartExplained]:
    health = found.health
    if health is None:
        return []
    points = shown_parts([part.contribution for part in health.parts], places=PLACES)
    total, norm = rounded(health.score, PLACES), rounded(_norm(health), PLACES)
    over = shown_parts(
        [part.share * (part.score - part.prior_mean) for part in health.parts], places=PLACES, total=total - norm
    )
    return [
        PartExplained(
            part=part,
            points=brings,
            over=more,
            series=_series(part.component, found.tallies, base),
            pool=_pool(part.component, found.tallies, base.model, base.priors),
            learned=learned.get(part.component) if part.prior_source != Learned.DEFAULT else None,
            limits=ANSWER_MASS if part.rate is None else RATE_MASS,
        )
        for part, brings, more in zip(health.parts, points, over, strict=True)
    ]


def _pool(component: Component, tallies: Mapping[Scale, Tally], model: HealthModel, priors: Priors) -> Pool | None:
    """The answers of a component, pooled; None of a rate."""
    metrics = model.asked.get(component)
    return pool_answers(component, metrics, tallies, priors) if metrics else None


def _series(component: Component, tallies: Mapping[Scale, Tally], base: Base) -> list[Series]:
    metrics = base.model.asked.get(component) or COUNTED[component]
    found = [(scale, tally) for scale, tally in tallies.items() if scale.metric in metrics and tally.answers]
    found.sort(key=lambda pair: pair[0].key)
    is_asked = component in base.model.asked
    return [
        Series(
            scale,
            base.table(scale.metric.value),
            tally,
            base.priors.of(component, scale) if is_asked else None,
        )
        for scale, tally in found
    ]
