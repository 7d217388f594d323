"""Reads the scorecard table: in a few statements however many touchpoints there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from journeys.models import Journey
from scorecards.scorecard import Reading, assumptions, read
from touchpoints.borders import borders_of
from touchpoints.changes import changes_in, figure_changes, figures_twice
from touchpoints.figures import Figures, figures_of
from touchpoints.health.changes import Change, Verdict
from touchpoints.models import HealthScore, Subject, SubjectKind, Touchpoint
from touchpoints.periods import Period
from workspaces.models import Workspace


@dataclass(frozen=True)
class TouchpointRow(Reading):
    """A line of the table; `place` counts the names in their order."""

    place: int
    touchpoint: Touchpoint
    figures: Figures
    change: Change

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

    def asked(self, metric: str) -> int:
        """How many answered in the period, on the metric's usual scale."""
        return self.figures[metric][0].headline.n if self.figures.get(metric) else 0

    def said(self, metric: str) -> float | None:
        """The period's NPS or mean on the metric's usual scale; None where fewer than 5 answered."""
        headline = self.figures[metric][0].headline if self.figures.get(metric) else None
        return headline.value if headline and headline.shown else None


def rows_of(workspace: Workspace, period: Period) -> list[TouchpointRow]:
    """Every kept touchpoint by name."""
    touchpoints = Touchpoint.objects.of(workspace).kept().by_name()
    found = list(touchpoints.select_related("channel", "owner_team", "owner_member__user"))
    subjects = [touchpoint.subject_id for touchpoint in found]
    scores = {score.subject_id: score for score in HealthScore.objects.filter(subject__in=subjects, persona=None)}
    figures = figures_of(subjects, period.first, period.last)
    assumed, borders, changes = assumptions(workspace), borders_of(workspace), changes_in(workspace, period)
    rows = []
    for place, touchpoint in enumerate(found):
        subject = touchpoint.subject_id
        reading = read(scores.get(subject), borders, assumed=touchpoint.pk in assumed)
        rows.append(
            TouchpointRow(
                **vars(reading),
                place=place,
                touchpoint=touchpoint,
                figures=figures[subject],
                change=changes.of(touchpoint.pk),
            )
        )
    return rows


class Whole(NamedTuple):
    """What was said about the company or a journey as a whole; `changes` by the key of the figures' scale."""

    name: str
    figures: Figures
    changes: dict[str, Change]


def whole(workspace: Workspace, journeys: Sequence[Journey], period: Period) -> list[Whole]:
    """What was said about the company and about each journey as a whole, where anything was."""
    company = Subject.objects.of(workspace).filter(kind=SubjectKind.WORKSPACE).values_list("id", flat=True).first()
    named = [(company, str(workspace))] if company else []
    named += [(journey.subject_id, str(journey)) for journey in journeys]
    before, after = figures_twice([subject for subject, _ in named], period)
    return [
        Whole(name, after[subject], figure_changes(before[subject], after[subject]))
        for subject, name in named
        if after[subject]
    ]
