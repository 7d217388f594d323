"""A map whose scores are behind what was answered says so, and stops saying so by itself."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from journeys.models import Journey
from tests.answering import Clock, Given
from tests.cast import SignIn
from tests.journeys.scene import HTMX, Company, address, drawn, placed, said
from touchpoints.actions import fold_all
from workspaces.models import User, Workspace

LATE = "Scores are being recomputed since 12:00; this is the state before."
MINUTE = datetime.timedelta(minutes=1)


def words(client: Client, there: str, headers: dict[str, str] | None = None) -> str:
    return said(client.get(there, headers=headers or {}).content.decode())


@pytest.mark.parametrize("about", ["touchpoint", "journey", "company"])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_it_is_said_after_a_minute_until_it_is_folded(
    commute: Journey, at: Clock, given: Given, vik: User, sign_in: SignIn, headers: dict[str, str], about: str
) -> None:
    client, there = sign_in(vik), address("journey", commute)
    client.get(there)
    subjects: dict[str, Any] = {
        "touchpoint": placed(commute, "Ride").touchpoint,
        "journey": commute,
        "company": Company(commute.workspace),
    }
    given(subjects[about], 5)
    first = client.get(there, headers=headers)
    assert "recomputed" not in first.content.decode()
    known = {**headers, "If-None-Match": first.headers["ETag"]}

    at.now += MINUTE
    assert client.get(there, headers=known).status_code == 304, "a minute is no delay"
    at.now += datetime.timedelta(seconds=1)
    late = client.get(there, headers=known)
    assert LATE in said(late.content.decode())
    known["If-None-Match"] = late.headers["ETag"]
    at.now += 5 * MINUTE
    assert client.get(there, headers=known).status_code == 304, "it says since when, not for how long"

    fold_all()
    assert "recomputed" not in words(client, there, known)


def test_of_another_map_it_is_not_said(
    commute: Journey, workspace: Workspace, at: Clock, given: Given, edda: User, sign_in: SignIn
) -> None:
    other = drawn(workspace, edda, "Other", purchase="Kiosk")
    given(placed(other, "Kiosk").touchpoint, 5)
    given(other, 10, metric="nps")
    at.now += 2 * MINUTE
    assert "recomputed" not in words(sign_in(edda), address("journey", commute))
    assert LATE in words(sign_in(edda), address("journey", other))


def test_the_oldest_counts_and_on_another_day_its_date_is_said(
    commute: Journey, at: Clock, given: Given, vik: User, sign_in: SignIn
) -> None:
    given(placed(commute, "Ride").touchpoint, 5)
    at.now += 3 * MINUTE
    given(placed(commute, "Ride").touchpoint, 5)
    given(placed(commute, "Shop").touchpoint, 5)
    at.now += 3 * MINUTE
    client = sign_in(vik)
    assert LATE in words(client, address("journey", commute))
    at.pass_days(1)
    assert "since 15 Mar 2026, 12:00;" in words(client, address("journey", commute))


def test_the_touchpoint_says_it_too(commute: Journey, at: Clock, given: Given, vik: User, sign_in: SignIn) -> None:
    client, ride = sign_in(vik), placed(commute, "Ride").touchpoint
    pages = [
        (reverse(name, args=[commute.workspace.slug, ride.pk]), headers)
        for name, headers in (("touchpoint", {}), ("touchpoint_panel", HTMX))
    ]
    given(placed(commute, "Shop").touchpoint, 5)
    at.now += 2 * MINUTE
    assert not [page for page, headers in pages if "recomputed" in words(client, page, headers)]
    given(ride, 5)
    at.now += 2 * MINUTE
    assert [words(client, page, headers).count("recomputed since 12:02;") for page, headers in pages] == [1, 1]
    fold_all()
    assert not [page for page, headers in pages if "recomputed" in words(client, page, headers)]
