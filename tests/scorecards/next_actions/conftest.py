"""Touchpoints of which next actions are proposed, for tests: paying is bad, and customers name why.

`say(pay, "Rude staff", 7)`: so many name it. `page(pay)`: the next actions as they are read.
"""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from feedback.models import Theme, ThemeSearch
from journeys.models import Journey
from measures.models import Measure, Review, Verdict
from tests.answering import TODAY, Clock, Given
from tests.cast import SignIn
from tests.journeys.scene import drawn, placed
from touchpoints.actions import fold_all
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

Say = Callable[..., Theme]


@pytest.fixture
def commute(at: Clock, workspace: Workspace, edda: User, given: Given) -> Journey:
    """Paying is bad, the shop good, and of the ride nothing is known."""
    journey = drawn(workspace, edda, purchase="Shop Pay", retention="Ride")
    given(placed(journey, "Shop").touchpoint, *[5, 5, 5] * 25)
    given(placed(journey, "Pay").touchpoint, *[1, 2, 1] * 15)
    fold_all()
    return journey


@pytest.fixture
def pay(commute: Journey) -> Touchpoint:
    return placed(commute, "Pay").touchpoint


@pytest.fixture
def say(workspace: Workspace) -> Say:
    """`say(pay, "Rude staff", 7)`: so many of 60 customers name it."""

    def stand_out(at: Touchpoint, label: str, commenters: int, kind: str = "pain", **more: Any) -> Theme:
        ThemeSearch.objects.update_or_create(
            workspace=workspace, touchpoint=at, defaults={"day": TODAY, "commenters": 60}
        )
        terms = label.casefold().split(", ")
        facts = {"workspace": workspace, "touchpoint": at, "kind": kind, "by_month": [0] * 12, **more}
        return Theme.objects.create(label=label, leading=terms[0], terms=terms, commenters=commenters, **facts)

    return stand_out


@pytest.fixture
def page(workspace: Workspace, edda: User, sign_in: SignIn) -> Callable[..., str]:
    """`page(pay)` as Edda sees it, `page(pay, vik)` as Vik does."""

    def see(of: Touchpoint, somebody: User = edda, **headers: Any) -> str:
        address = reverse("touchpoint_next_actions", args=[workspace.slug, of.pk])
        answer = sign_in(somebody).get(address, headers=headers)
        assert answer.status_code == 200
        return answer.content.decode()

    return see


def review(measure: Measure, verdict: Verdict, effect: float, *, closed: bool = True) -> Review:
    """What was found of a measure, and whether that is the verdict."""
    facts = {"before": 40.0, "effect": effect, "low": effect - 3, "high": effect + 3, "computed_at": timezone.now()}
    days = {"live_on": datetime.date(2025, 6, 1), "until": TODAY}
    at = timezone.now() if closed else None
    return Review.objects.create(
        workspace=measure.workspace, measure=measure, verdict=verdict, closed_at=at, **facts, **days
    )
