"""Reads the scorecard table: in a few statements however many touchpoints there are."""

from collections.abc import Sequence
from dataclasses import dataclass

from journeys.models import Journey
from scorecards.scorecard import Reading, assumptions, read
from touchpoints.borders import borders_of
from touchpoints.figures import Figures, figures_of
from touchpoints.models import HealthScore, Subject, SubjectKind, Touchpoint
from touchpoints.periods import Period
from workspaces.models import Workspace


@dataclass(frozen=True)
class TouchpointRow(Reading):
    """A line of the table; `place` counts the names in their order."""

    place: int
    touchpoint: Touchpoint
    figures: Figures

    @property
    def below_target(self) -> bool:
        """Whether the health shown misses the touchpoint's target."""
        return self.number is not None and self.number < self.touchpoint.target

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
    assumed, borders = assumptions(workspace), borders_of(workspace)
    rows = []
    for place, touchpoint in enumerate(found):
        subject = touchpoint.subject_id
        reading = read(scores.get(subject), borders, assumed=touchpoint.pk in assumed)
        rows.append(TouchpointRow(**vars(reading), place=place, touchpoint=touchpoint, figures=figures[subject]))
    return rows


def whole(workspace: Workspace, journeys: Sequence[Journey], period: Period) -> list[tuple[str, Figures]]:
    """What was said about the company and about each journey as a whole: name and figures, where anything was."""
    company = Subject.objects.of(workspace).filter(kind=SubjectKind.WORKSPACE).values_list("id", flat=True).first()
    named = [(company, str(workspace))] if company else []
    named += [(journey.subject_id, str(journey)) for journey in journeys]
    figures = figures_of([subject for subject, _ in named], period.first, period.last)
    return [(name, figures[subject]) for subject, name in named if figures[subject]]
