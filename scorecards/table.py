"""Reads the scorecard table: in a few statements however many touchpoints there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from journeys.models import Journey
from personas.models import Persona
from scorecards.scorecard import Reading
from scorecards.standing import Done, Stand, held_of
from touchpoints.borders import borders_of
from touchpoints.changes import Counted, changes_in, figure_changes, figures_counted, figures_twice
from touchpoints.figures import Figures
from touchpoints.health.changes import Change, Verdict
from touchpoints.health.figures import Figure
from touchpoints.models import HealthScore, PhaseKind, Touchpoint
from touchpoints.periods import Period
from workspaces.models import Workspace


@dataclass(frozen=True)
class TouchpointRow(Reading):
    """A line of the table; `place` counts the names in their order.

    `stands`: on which journeys, or on the one that was asked for. `counted`: of what figures are made, and `figures`:
    once they are made, `said_about`.
    `score`: the one that is shown, None where nobody was ever heard. `done`: its measures, the latest first.
    """

    place: int
    touchpoint: Touchpoint
    change: Change
    stands: Sequence[Stand] = ()
    counted: Sequence[Counted] = field(repr=False, default=())
    figures: Figures = field(default_factory=dict)
    score: HealthScore | None = None
    done: Sequence[Done] = ()

    @property
    def really_changed(self) -> bool:
        """Whether its health has really changed since the period before."""
        return self.change.verdict in {Verdict.UP, Verdict.DOWN}

    @property
    def below_target(self) -> bool:
        """Whether the health shown misses the touchpoint's target."""
        return self.gap is not None and self.gap < 0

    @property
    def gap(self) -> int | None:
        """Points by which the health shown exceeds its target, below 0 where it misses it."""
        return None if self.number is None else self.number - self.touchpoint.target

    @property
    def first_on(self) -> Stand | None:
        """Where its priority is highest; None where no health is known, or it stands on no journey."""
        known = [stand for stand in self.stands if stand.gain is not None]
        return max(known, key=lambda stand: stand.gain or 0.0, default=None)

    @property
    def priority(self) -> float | None:
        """Points that a journey would gain if the touchpoint met its target, of several journeys the most."""
        return self.first_on.gain if self.first_on else None

    @property
    def phases(self) -> list[PhaseKind]:
        """The phases in which it stands, each once, in their order."""
        standing_in = {stand.phase for stand in self.stands}
        return [kind for kind in PhaseKind if kind in standing_in]

    @property
    def moment_of_truth(self) -> bool:
        """Whether it is one on any of these journeys."""
        return any(stand.moment_of_truth for stand in self.stands)

    def asked(self, metric: str) -> int:
        """How many answered in the period, on the metric's usual scale."""
        headline = self._headline(metric)
        return headline.n if headline else 0

    def said(self, metric: str) -> float | None:
        """The period's NPS or mean on the metric's usual scale; None where fewer than 5 answered."""
        headline = self._headline(metric)
        return headline.value if headline and headline.shown else None

    def _headline(self, metric: str) -> Figure | None:
        return self.figures[metric][0].headline if self.figures.get(metric) else None


def rows_of(
    workspace: Workspace, period: Period, *, persona: Persona | None = None, stamp: str | None = ""
) -> list[TouchpointRow]:
    """Every kept touchpoint by name, without the figures: three statements at most, see `changes_in` for the `stamp`.

    `persona`: health and change are hers.
    """
    who = persona.pk if persona else None
    found = Touchpoint.objects.of(workspace).by_name().select_related("channel", "owner_team", "owner_member__user")
    touchpoints = {touchpoint.pk: touchpoint for touchpoint in found}
    held = held_of(workspace, touchpoints, borders_of(workspace), persona=who)
    changes = changes_in(workspace, period, persona=who, stamp=stamp)
    kept = [one for one in touchpoints.values() if one.archived_at is None and one.pk in held]
    return [
        TouchpointRow(
            **vars(held[touchpoint.pk].reading),
            place=place,
            touchpoint=touchpoint,
            change=changes.of(touchpoint.pk),
            counted=changes.counted.get(touchpoint.pk, ()),
            stands=held[touchpoint.pk].stands,
            score=held[touchpoint.pk].score,
            done=held[touchpoint.pk].done,
        )
        for place, touchpoint in enumerate(kept)
    ]


def on_journey(rows: Sequence[TouchpointRow], journey: Journey) -> list[TouchpointRow]:
    """The touchpoints that stand on one journey, as they stand there."""
    there = [(row, [stand for stand in row.stands if stand.journey == journey.pk]) for row in rows]
    return [replace(row, stands=stands) for row, stands in there if stands]


class Whole(NamedTuple):
    """What was said about the company or a journey as a whole; `changes` by the key of the figures' scale."""

    name: str
    figures: Figures
    changes: dict[str, Change]


class Said(NamedTuple):
    """The figures of the period before and of the period, by subject."""

    before: Mapping[int, Figures]
    after: Mapping[int, Figures]

    def about(self, rows: Sequence[TouchpointRow]) -> list[TouchpointRow]:
        """These lines with their figures."""
        return [replace(row, figures=self.after[row.touchpoint.subject_id]) for row in rows]

    def whole(self, company: int | None, workspace: Workspace, journeys: Sequence[Journey]) -> list[Whole]:
        """What was said about the company (its subject) and about each journey as a whole, where anything was."""
        named = [(company, str(workspace))] if company else []
        named += [(journey.subject_id, str(journey)) for journey in journeys]
        return [
            Whole(name, self.after[one], figure_changes(self.before[one], self.after[one]))
            for one, name in named
            if self.after[one]
        ]


def said_about(
    rows: Sequence[TouchpointRow], period: Period, *, persona: Persona | None = None, besides: Sequence[int] = ()
) -> Said:
    """What customers said in the period about the touchpoints of these lines, and about the subjects `besides`.

    One statement for these; none for the lines, whose answers were counted for their changes.
    """
    lines = figures_counted({row.touchpoint.subject_id: row.counted for row in rows})
    wholes = figures_twice(besides, period, persona=persona)
    return Said(*({**line, **whole} for line, whole in zip(lines, wholes, strict=True)))
