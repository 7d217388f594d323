"""Answers for tests: a clock to turn, touchpoints to answer about, and short words for giving and folding answers.

`at.pass_days(1)`: it is tomorrow. `given(delays, 5, 4)`: two customers answered. `health(delays)`: folded, and read.
"""

import datetime
import itertools
from collections.abc import Callable
from typing import Any

import pytest

from feedback.actions import Answer, Outcome, record_responses
from personas.models import Persona
from touchpoints.actions import fold_all
from touchpoints.models import HealthScore, Subject, SubjectKind, Touchpoint
from workspaces import clock
from workspaces.models import Workspace

TODAY = datetime.date(2026, 3, 15)
NOON = datetime.datetime(2026, 3, 15, 11, tzinfo=datetime.UTC)  # in Berlin
NUMBERS = itertools.count(1)


class Clock:
    """What time it is, for every test that asks for `at`: noon in Berlin on TODAY, until it is turned."""

    def __init__(self) -> None:
        self.now = NOON

    @property
    def today(self) -> datetime.date:
        return self.now.date()

    def pass_days(self, days: int) -> None:
        self.now += datetime.timedelta(days=days)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the test."""
    turned = Clock()
    monkeypatch.setattr(clock, "now", lambda: turned.now)
    return turned


def new_touchpoint(workspace: Workspace, name: str) -> Touchpoint:
    """A touchpoint with its subject."""
    subject = Subject.objects.create(workspace=workspace, kind=SubjectKind.TOUCHPOINT)
    touchpoint: Touchpoint = Touchpoint.objects.create(workspace=workspace, name=name, subject=subject)
    return touchpoint


@pytest.fixture
def delays(workspace: Workspace) -> Touchpoint:
    """Delay information, at Lindbahn."""
    return new_touchpoint(workspace, "Delay information")


@pytest.fixture
def counter(workspace: Workspace) -> Touchpoint:
    """The ticket counter, at Lindbahn."""
    return new_touchpoint(workspace, "Ticket counter")


@pytest.fixture
def commuter(workspace: Workspace) -> Persona:
    """Travels every day."""
    persona: Persona = Persona.objects.create(workspace=workspace, name="Commuter")
    return persona


@pytest.fixture
def tourist(workspace: Workspace) -> Persona:
    """Travels once."""
    persona: Persona = Persona.objects.create(workspace=workspace, name="Tourist")
    return persona


def an_answer(about: Touchpoint, value: object, **more: Any) -> Answer:
    """An answer about a touchpoint: CSAT of a questionnaire of its own, on TODAY, unless told otherwise."""
    persona = more.pop("persona", None)
    usual: dict[str, Any] = {
        "source": "survey",
        "external_id": f"questionnaire {next(NUMBERS)}",
        "metric": "csat",
        "occurred_at": TODAY,
        "persona": persona.pk if persona else None,
    }
    return Answer(subject=about.subject_id, value=value, **(usual | more))


Given = Callable[..., Outcome]


@pytest.fixture
def given(workspace: Workspace) -> Given:
    """`given(delays, 5, 4, metric="ces")`: so many customers of Lindbahn answered this."""

    def give(about: Touchpoint, *values: object, **more: Any) -> Outcome:
        return record_responses(workspace, [an_answer(about, value, **more) for value in values])

    return give


def health(of: Touchpoint, persona: Persona | None = None) -> HealthScore:
    """The score once everything is folded: for all, or for one persona."""
    fold_all()
    score: HealthScore = HealthScore.objects.get(subject=of.subject_id, persona=persona)
    return score
