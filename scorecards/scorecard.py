"""A touchpoint's scorecard: its health with everything that made it, and what customers said in a chosen period."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Exists, Q

from feedback.models import Response
from journeys.models import Placement
from personas.models import Persona
from scorecards.about import About
from scorecards.answers import latest_first
from touchpoints.borders import borders_of
from touchpoints.changes import changes_in, figure_changes, figures_twice
from touchpoints.figures import Figures
from touchpoints.health.bands import (
    Band,
    Borders,
    Evidence,
    Standing,
    band_of,
    interval,
    shown_number,
    shown_parts,
    standing,
)
from touchpoints.health.changes import Change
from touchpoints.health.metrics import ANSWERED, COUNTED, Metric
from touchpoints.models import HealthScore, Touchpoint
from touchpoints.periods import Period
from workspaces.models import Workspace

VERBATIMS = 6
PLACES = 1  # decimals of a part's points


@dataclass(frozen=True)
class Reading:
    """A score as a page shows it. `number` is None while unknown; the interval is of the score, 95 %."""

    number: int | None
    band: Band | None
    evidence: Evidence
    low: int | None
    high: int | None
    answers: int
    last_heard: datetime.date | None


@dataclass(frozen=True)
class Card(Reading):
    """A reading with what made the score, and the figures of a period, and of as many days `before`.

    `figure_changes`: by the key of their scale.
    """

    moment_of_truth: bool
    parts: Sequence["PartShown"]
    figures: Figures
    before: Figures
    target: int
    change: Change
    figure_changes: dict[str, Change]
    score: HealthScore | None

    @property
    def to_target(self) -> int | None:
        """How many points the health shown lies below the target; 0 and less where it is met."""
        return None if self.number is None else self.target - self.number

    @property
    def total(self) -> Decimal:
        """The sum of the points shown: the health to one decimal."""
        return sum((part.points for part in self.parts), Decimal(0))


@dataclass(frozen=True)
class PartShown:
    """One component as stored, with its contribution rounded so that all of them add up to the score shown."""

    stored: dict[str, Any]
    points: Decimal


def read(score: HealthScore | None, borders: Borders, *, assumed: bool) -> Reading:
    """How a score is shown; None where nobody was ever heard. `assumed`: somebody set its emotion by hand."""
    score = score or HealthScore()
    stands = standing(score.score, score.sd, score.observations, known=score.known, assumed=assumed)
    low, high = _interval(score, stands)
    band = band_of(stands.number, borders)
    return Reading(stands.number, band, stands.evidence, low, high, score.answers, score.last_heard)


def card_of(
    score: HealthScore | None, touchpoint: Touchpoint, period: Period, *, told: About, persona: Persona | None = None
) -> Card:
    """The scorecard of a touchpoint, for everybody or one persona, of whose `score` it is; None without one."""
    subject, workspace = touchpoint.subject_id, touchpoint.workspace
    before, figures = (side[subject] for side in figures_twice([subject], period, persona=persona))
    changes = changes_in(workspace, period, persona=persona.pk if persona else None, stamp=told.stamp)
    return Card(
        **vars(read(score, borders_of(workspace), assumed=told.assumed)),
        moment_of_truth=any(stand.moment_of_truth for stand in told.stands),
        parts=_parts(score) if score else (),
        figures=figures,
        before=before,
        target=touchpoint.target,
        change=changes.of(touchpoint.pk),
        figure_changes=figure_changes(before, figures),
        score=score,
    )


class Placed(NamedTuple):
    """What the maps say of touchpoints, by id: whose emotion somebody set by hand, and which are moments of truth."""

    assumed: frozenset[int]
    truths: frozenset[int]


def placed_in(workspace: Workspace, *touchpoints: Touchpoint) -> Placed:
    """What maps say of these touchpoints, of all where none is named: one statement.

    A moment of truth is one on any journey that is not archived.
    """
    placements = Placement.objects.of(workspace).kept().exclude(assumed_emotion=None, moment_of_truth=False)
    if touchpoints:
        placements = placements.filter(touchpoint__in=touchpoints)
    found = placements.values_list("touchpoint", "assumed_emotion", "moment_of_truth", "journey__archived_at")
    assumed, truths = set(), set()
    for touchpoint, emotion, is_truth, archived_at in found:
        if emotion is not None:
            assumed.add(touchpoint)
        if is_truth and archived_at is None:
            truths.add(touchpoint)
    return Placed(frozenset(assumed), frozenset(truths))


def assumptions(workspace: Workspace, *touchpoints: Touchpoint) -> frozenset[int]:
    """Which of these touchpoints (of all, where none is named) have an emotion that somebody set by hand, by id."""
    return placed_in(workspace, *touchpoints).assumed


def _interval(score: HealthScore, stands: Standing) -> tuple[int | None, int | None]:
    # None while no number is shown
    if stands.number is None or score.score is None or score.sd is None:
        return None, None
    low, high = interval(score.score, score.sd)
    return shown_number(low), shown_number(high)


def _parts(score: HealthScore) -> list[PartShown]:
    points = shown_parts([part["contribution"] for part in score.parts], places=PLACES)
    return [PartShown(part, shown) for part, shown in zip(score.parts, points, strict=True)]


def verbatims(
    touchpoint: Touchpoint, period: Period, *, persona: Persona | None = None, band: Band | None = None
) -> list[Response]:
    """The newest comments of the period, with their values. `band`: those of answers that would alone fall into it.

    Reviews that were published elsewhere are not among them: they stand with the public ratings.
    """
    commented = Q(removed_at=None, text__gt="")  # as an index of theirs has it
    said = latest_first(touchpoint).filter(commented, submission__day__range=(period.first, period.last))
    # Where nobody ever wrote anything, no questionnaire is looked at
    said = said.filter(Exists(Response.objects.filter(commented, subject=touchpoint.subject_id)))
    said = said.exclude(metric=Metric.RATING)
    if persona is not None:
        said = said.filter(submission__persona=persona)
    if band is not None:
        said = said.filter(_answered(band, borders_of(touchpoint.workspace)))
    latest = latest_first(touchpoint).filter(pk__in=said.values("pk")[:VERBATIMS])
    return list(latest.select_related("submission__persona"))


def _answered(band: Band, borders: Borders) -> Q:
    """The answers that fall into a band."""
    found = Q(pk=None)
    for scale in ANSWERED:
        if scale.metric not in COUNTED:
            worths = zip(scale.values, scale.utilities, strict=True)
            values = [value for value, worth in worths if band_of(shown_number(float(worth)), borders) is band]
            found |= Q(metric=scale.metric, scale=scale.code, value__in=values)
    return found
