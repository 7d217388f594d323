"""What measures cost their pages and their nights, and how often reviews are wrong where the truth is known."""

import contextlib
import datetime
import random
import time
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from math import sqrt
from typing import Any

from django.urls import reverse

from bench.frame import arguments, figure, statements
from bench.frame_map import Editor
from bench.frame_past import Past, at_noon, rows_read
from bench.seed import seeded
from feedback.models import Response
from measures.actions import cost_measure, create_measure, move_measure, review_measures
from measures.models import Measure, Review
from measures.moved import Watched, moved
from measures.reviewing import Says, find, needed_answers
from measures.watched import MOST_CONTROLS
from touchpoints.health.combine import DEFAULT_MODEL
from touchpoints.health.credibility import fit
from touchpoints.health.decay import Tally
from touchpoints.health.metrics import Metric, Scale, scale_of
from touchpoints.health.shrink import tilted
from touchpoints.health.usual import DEFAULT_PRIORS, Component, Learned, Priors, Usual
from touchpoints.models import HealthScore, Touchpoint
from workspaces.models import Workspace

PEERS = 40
MEAN, SPREAD = 66.0, 9.0  # of what is true of touchpoints, in points
ASKED = 60  # answers a touchpoint where nothing is done
POINTS = 8.0
CSAT = scale_of("csat", "1-5")
PAYS = {"kind": "typed", "low": 1_000, "likely": 50_000, "high": 60_000, "reason": "An offer"}
DAYS_LIVE = 90


def main(words: list[str]) -> None:
    """Figures of `measures`."""
    sizes = arguments(words, answers=1_000_000, measures=500, few=20, trials=200, seed=8)
    simulate(sizes.trials, sizes.seed)
    url = seeded(sizes.answers)
    Jobs.few, Jobs.many = sizes.few, sizes.measures
    past = Past(url, Jobs)
    figure(f"measures.statements.{sizes.few}", past.do("statements_few"), "statements")
    figure(f"measures.statements.{sizes.measures}", past.do("statements_many"), "statements")
    read = rows_read(url, lambda: past.do("night"))
    figure("measures.review_rows_read_from_answers", read, "rows")
    control = rows_read(url, lambda: past.do("from_answers"))
    figure("measures.naive_rows_read_from_answers", control, "rows")  # or nothing would be counted at all
    seconds, reviews = past.do("night")
    figure("measures.nightly_reviews_s", seconds, f"s for {reviews} measures")
    past.end()


def simulate(trials: int, seed: int) -> None:
    """The worst of forty touchpoints, nothing done about it; and the same with eight points more, planned for."""
    chance = random.Random(seed)
    planned = needed_answers(POINTS, spread=_spread(MEAN - 2 * SPREAD), controls=MOST_CONTROLS)
    nulls = [trial(chance, ASKED, lift=0.0) for _ in range(trials)]
    trues = [trial(chance, planned, lift=POINTS) for _ in range(trials)]
    figure("measures.planned_answers", planned, "answers before and since")
    worked = {Says.WORKS}
    figure("measures.null_called_works", sum(said in worked for said in nulls) / trials, f"of {trials}")
    figure("measures.null_called_works_or_partly", sum(said != Says.NO_EFFECT for said in nulls) / trials, "")
    figure("measures.true_called_works", sum(said in worked for said in trues) / trials, f"of {trials}")


def trial(chance: random.Random, answers: int, *, lift: float) -> Says:
    """The verdict on one measure at the worst of forty touchpoints, judged by the answers before."""
    truths = [chance.gauss(MEAN, SPREAD) for _ in range(PEERS)]
    before = [_said(truth, answers, chance) for truth in truths]
    learned = fit([Metric.CSAT], before)
    shares = {scale.key: tuple(map(float, of)) for scale, of in learned.shares.items()} if learned else {}
    usual = {Component.CSAT: Usual(Learned.PHASE, learned.mass, learned.mean, shares)} if learned else {}
    priors = Priors("fit-1", usual) if usual else DEFAULT_PRIORS
    worst = min(range(PEERS), key=lambda one: _asked(before[one], priors))
    watched = [
        Watched(one, before[one], _said(truth + (lift if one == worst else 0), answers, chance), priors)
        for one, truth in enumerate(truths)
    ]
    others = [one for one in watched if one.touchpoint != worst][:MOST_CONTROLS]
    return find([watched[worst]], others, DEFAULT_MODEL, days=DAYS_LIVE, expected=POINTS).verdict


def _asked(before: dict[Scale, Tally], priors: Priors) -> float:
    both = Watched(0, before, before, priors)
    return moved(both, DEFAULT_MODEL, drawn=False)[Component.CSAT].asked.points


def _said(truth: float, answers: int, chance: random.Random) -> dict[Scale, Tally]:
    given = Counter(chance.choices(range(5), weights=_weights(round(min(97.0, max(3.0, truth)), 1)), k=answers))
    return {CSAT: Tally(tuple(given[value] for value in range(5)), answers, answers)}


def _spread(mean: float) -> float:
    """The standard deviation of answers with that mean, in points: the worst of forty lies two spreads below all."""
    weights = list(zip(_weights(mean), map(float, CSAT.utilities), strict=True))
    return sqrt(sum(weight * (points - mean) ** 2 for weight, points in weights))


@cache
def _weights(mean: float) -> tuple[float, ...]:
    return tuple(map(float, tilted(CSAT, mean)))


class Jobs:
    """What is measured on a database of many answers. Nothing of it stays."""

    few = many = 0

    def __init__(self) -> None:
        self.day = HealthScore.objects.latest("day").day
        at_noon(self.day)
        self.workspace = Workspace.objects.get(pk=Touchpoint.objects.all()[0].workspace_id)
        self.touchpoints = list(Touchpoint.objects.of(self.workspace).order_by("pk"))
        self.editor = Editor.again(self.workspace)

    def statements_few(self) -> int:
        """How many the board of few measures needs."""
        return self._page(self.few)

    def statements_many(self) -> int:
        """How many the board of many needs."""
        return self._page(self.many)

    def night(self) -> tuple[float, int]:
        """The reviews of all measures in one night: seconds, and how many they were."""
        with self._live(self.many):
            Review.objects.update(until=self.day - datetime.timedelta(days=7))
            began = time.perf_counter()
            told = review_measures()
            return time.perf_counter() - began, told

    def from_answers(self) -> int:
        """A control: what was said of one touchpoint, read from answers."""
        subject = self.touchpoints[0].subject_id
        return Response.objects.filter(subject=subject).exclude(value=None).count()

    def _page(self, measures: int) -> int:
        page = reverse("measures", args=[self.workspace.slug])
        with self._live(measures):
            self._read(page)
            return len(statements(lambda: self._read(page)))

    def _read(self, page: str) -> None:
        answer = self.editor.ask(page)
        if answer.status != 200:
            raise SystemExit(f"the page answered {answer.status}")

    @contextlib.contextmanager
    def _live(self, count: int) -> Iterator[None]:
        """So many measures while the block runs, each at a touchpoint of its own; all others are untouched."""
        by: Any = self.editor.user
        for number in range(count):
            measure = create_measure(
                self.workspace, title=f"Measure {number}", kind="process", touchpoints=[self.touchpoints[number]], by=by
            )
            measure = cost_measure(
                measure, version=1, benefits=[PAYS], once=100_000, yearly=0, points=Decimal(8), by=by
            )
            live_on = self.day - datetime.timedelta(days=DAYS_LIVE)
            move_measure(measure, to="live", version=measure.version, live_on=live_on, by=by)
        try:
            yield
        finally:
            Measure.objects.of(self.workspace).delete()
