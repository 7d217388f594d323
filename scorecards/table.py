"""Reads the scorecard table: in a few statements however many touchpoints there are."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from journeys.models import Journey, Placement
from scorecards.periods import Period
from scorecards.scorecard import borders_of, interval
from touchpoints.figures import Figures, figures_of
from touchpoints.health.bands import Band, Evidence, band_of, standing
from touchpoints.models import HealthScore, Subject, SubjectKind, Touchpoint
from workspaces.models import Workspace


@dataclass(frozen=True)
class TouchpointRow:
    """A line of the table; `number` is None while the health is unknown, `place` counts the names in their order."""

    place: int
    touchpoint: Touchpoint
    number: int | None
    band: Band | None
    evidence: Evidence
    low: int | None
    high: int | None
    answers: int
    last_heard: datetime.date | None
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
    placements = Placement.objects.of(workspace).kept().exclude(assumed_emotion=None)
    assumed = set(placements.values_list("touchpoint", flat=True))
    rows = []
    for place, touchpoint in enumerate(found):
        score = scores.get(touchpoint.subject_id) or HealthScore()
        stands = standing(score.score, score.sd, score.answers, known=score.known, assumed=touchpoint.pk in assumed)
        band = band_of(stands.number, borders_of(workspace))
        rows.append(
            TouchpointRow(
                place,
                touchpoint,
                stands.number,
                band,
                stands.evidence,
                *interval(score, stands),
                score.answers,
                score.last_heard,
                figures[touchpoint.subject_id],
            )
        )
    return rows


def whole(workspace: Workspace, journeys: Sequence[Journey], period: Period) -> list[tuple[str, Figures]]:
    """What was said about the company and about each journey as a whole: name and figures, where anything was."""
    company = Subject.objects.of(workspace).filter(kind=SubjectKind.WORKSPACE).values_list("id", flat=True).first()
    named = [(company, str(workspace))] if company else []
    named += [(journey.subject_id, str(journey)) for journey in journeys]
    figures = figures_of([subject for subject, _ in named], period.first, period.last)
    return [(name, figures[subject]) for subject, name in named if figures[subject]]
