"""One subject's sums and scores while it is locked: added to or counted anew in memory, never by statement."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from touchpoints.actions.grounds import DEFAULT_GROUNDS, Grounds, model_named, priors_named
from touchpoints.health.bands import DEFAULT_BORDERS, Borders, becomes_known, standing
from touchpoints.health.combine import Health, HealthModel, score_health
from touchpoints.health.decay import Tally, changed, summed, tally_of, usual_table
from touchpoints.health.feelings import Feelings, feelings_of
from touchpoints.health.figures import ASKED
from touchpoints.health.metrics import Metric, Scale, scale_of
from touchpoints.health.usual import Component, Priors
from touchpoints.models import HealthDay, HealthScore
from workspaces import clock


class Series(NamedTuple):
    """Answers on one scale by one persona (None: not known) about the ledger's subject."""

    metric: str
    scale: str
    persona: int | None


Cells = Mapping[Series, Mapping[datetime.date, Sequence[int]]]  # counts per value, by series and local day

FEELINGS = (Metric.EMOTION, Metric.EXPECTATION)
SCORED = ("score", "sd", "evidence", "answers", "observations", "known")
FELT = ("perception", "perception_source", "expectation")
NAMED = ("day", *Grounds._fields)  # these alone are no news: they change every night
STATED = (*NAMED, *SCORED, "parts", "last_heard", *FELT)
CLOSED = (*SCORED, *FELT, "model_version", "prior_version", "subject_id", "persona_id", "day")


@dataclass
class Ledger:
    """One subject, as of `day`. A score under None is the total over all personas, known or not.

    `grounds`: on what its scores rest, for the whole day; `newest`: on what those of the next day will. `was_known`:
    which scores were known at the close of the day before. `touched`: what is to be written. `begun_with`: what
    the series had, of which cells were changed. `borders`: where the workspace's bands begin.
    """

    subject: int
    workspace: int
    touchpoint: int | None
    today: datetime.date
    day: datetime.date
    grounds: Grounds = DEFAULT_GROUNDS
    newest: Grounds = DEFAULT_GROUNDS
    borders: Borders = DEFAULT_BORDERS
    tables: dict[str, str] = field(default_factory=dict)
    tallies: dict[Series, Tally] = field(default_factory=dict)
    scores: dict[int | None, HealthScore] = field(default_factory=dict)
    was_known: dict[int | None, bool] = field(default_factory=dict)
    touched: set[Series] = field(default_factory=set)
    begun_with: dict[Series, Tally] = field(default_factory=dict)
    as_read: dict[int | None, tuple[Any, ...]] = field(default_factory=dict)
    has_news: bool = False

    @property
    def model(self) -> HealthModel:
        """The rule that is in force."""
        return model_named(self.workspace, self.grounds.model_version)

    @property
    def priors(self) -> Priors:
        """What is usual today."""
        return priors_named(self.grounds.prior_version, self.grounds.peer_group)

    def table(self, metric: str) -> str:
        """The table of weights of a metric: the long one until a close decides otherwise."""
        return self.tables.get(metric) or usual_table(decay=self.model.decay)

    def add(self, series: Series, day: datetime.date, change: Sequence[int]) -> None:
        """Add what came on that day and subtract what went: one whole number per value of the scale."""
        before = self.tallies.get(series) or Tally((0,) * len(change), 0, 0)
        self.tallies[series] = changed(before, self.table(series.metric), (self.day - day).days, change)
        self.touched.add(series)
        if day <= self.day and series.metric not in FEELINGS:
            self.begun_with.setdefault(series, before)
        if day <= self.day and any(count > 0 for count in change):
            self.hear(series.persona, day)

    def recount(self, cells: Cells, day: datetime.date) -> None:
        """Count everything anew as of that day. `cells` reach back as far as the longest window."""
        self.day = day
        for series in {*self.tallies, *cells}:
            by_day = cells.get(series, {})
            size = len(scale_of(series.metric, series.scale).values)
            ages = [((day - other).days, counts) for other, counts in by_day.items()]
            self.tallies[series] = tally_of(size, self.table(series.metric), ages)
            self.touched.add(series)
            if due := [other for other in by_day if other <= day]:
                self.hear(series.persona, max(due))

    def hear(self, persona: int | None, day: datetime.date) -> None:
        """Note that somebody was heard on that day."""
        for score in {None: self.score(None), persona: self.score(persona)}.values():
            score.last_heard = max(day, score.last_heard or day)

    def score(self, persona: int | None) -> HealthScore:
        """The row of a persona's score, or of the total."""
        if persona not in self.scores:
            self.scores[persona] = HealthScore(
                workspace_id=self.workspace, subject_id=self.subject, persona_id=persona, day=self.day, version=0
            )
        return self.scores[persona]

    def rescore(self) -> None:
        """Work out the scores of which the sums were touched: the total's, and those of the personas concerned."""
        told = [(one.persona, scale_of(one.metric, one.scale), tally) for one, tally in self.tallies.items()]
        tallies: dict[int | None, dict[Scale, Tally]] = defaultdict(dict)
        for persona, scale, tally in told:
            tallies[persona][scale] = tally
        tallies[None] = summed((scale, tally) for _persona, scale, tally in told)
        model, priors = self.model, self.priors
        for persona in {None, *(series.persona for series in self.touched)}:
            self.state(persona, score_health(tallies[persona], model, priors), feelings_of(tallies[persona]))

    def state(self, persona: int | None, health: Health | None, felt: Feelings) -> None:
        """Put a health, or that nothing is known, into its row, and what was felt."""
        score = self.score(persona)
        score.day = self.day
        score.score, score.sd = (health.score, health.sd) if health else (None, None)
        score.evidence = health.evidence if health else 0.0
        score.answers, score.observations = (health.answers, health.observations) if health else (0, 0)
        score.known = becomes_known(score.evidence, score.observations, known=self.was_known.get(persona, False))
        score.parts = [asdict(part) for part in health.parts] if health else []
        score.model_version, score.prior_version, score.peer_group = self.grounds
        score.perception, score.perception_source = felt.perception, felt.source or ""
        score.expectation = felt.expectation

    def close(self) -> list[HealthDay]:
        """The scores as they stand when their day ends. The next day begins with what was known then."""
        self.was_known = {persona: score.known for persona, score in self.scores.items()}
        return [
            HealthDay(**{name: getattr(score, name) for name in CLOSED}, ease=_ease(score), workspace_id=self.workspace)
            for score in self.scores.values()
        ]

    @property
    def shown(self) -> tuple[int | None, int | None]:
        """The number that screens showed of the total as it was read, and the one they show now; None for none."""
        return _number(self.as_read.get(None)), _number(stated(self.score(None)))

    def to_write(self) -> list[HealthScore]:
        """The rows that differ from what was read. Those that say something new share a new version with the total.

        The total's version so counts what became of its subject; a day that merely passes is nothing new. But it is
        news where answers came before the window or moved within it, and where any came of which screens tell figures,
        weighty or not: a period tells of them, though no score does.
        """
        began = self.begun_with.items()
        heard = {one.persona for one, before in began if one.metric in ASKED or self.tallies[one] == before}
        different = [score for persona, score in self.scores.items() if stated(score) != self.as_read.get(persona)]
        news = [
            score
            for persona, score in self.scores.items()
            if persona in heard or said(stated(score)) != said(self.as_read.get(persona, ()))
        ]
        if not news:
            return different
        total = self.score(None)
        version = total.version + 1
        for score in (total, *news):
            score.version, score.computed_at = version, clock.now()
        self.has_news = True
        return list({score.persona_id: score for score in (total, *news, *different)}.values())


def stated(score: HealthScore) -> tuple[Any, ...]:
    """What a score's row says: its day and grounds first."""
    return tuple(getattr(score, name) for name in STATED)


def said(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Of what a score's row says, that which people see change."""
    return row[len(NAMED) :]


def _ease(score: HealthScore) -> float | None:
    return next((part["raw"] for part in score.parts if part["component"] == Component.CES), None)


def _number(row: tuple[Any, ...] | None) -> int | None:
    if row is None:
        return None
    of = dict(zip(STATED, row, strict=True))
    return standing(of["score"], of["sd"], of["observations"], known=of["known"]).number
