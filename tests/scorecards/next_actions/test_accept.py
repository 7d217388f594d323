"""What is proposed becomes a measure; who reads it, in which language, and programs, too."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from feedback.actions import create_insight
from journeys.models import Journey
from measures.actions import create_measure
from measures.models import Measure, Verdict
from scorecards.next_actions import next_actions_of
from tests.cast import SignIn
from tests.journeys.scene import placed
from tests.rest import Rest
from tests.scorecards.next_actions.conftest import Say, review
from tests.scorecards.pages import text
from touchpoints.actions import archive_touchpoint
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

pytestmark = pytest.mark.usefixtures("no_doorbell")
HTMX = {"HX-Request": "true"}


def test_a_proposal_becomes_a_measure(
    workspace: Workspace, pay: Touchpoint, say: Say, edda: User, sign_in: SignIn, page: Callable[..., str]
) -> None:
    say(pay, "Broken, machine", 12)
    pain = create_insight(pay, kind="pain", text="Screen & keys", mentions=9, by=edda)
    address = page(pay).split('class="button" href="')[1].split('"')[0].replace("&amp;", "&")
    form = sign_in(edda).get(address).context["form"]
    assert form.initial["kind"] == "technical"
    assert form.initial["touchpoints"] == [pay]
    assert form.initial["title"] == "Improve the technology: Broken, machine, Screen & keys"
    body = {"title": form.initial["title"], "kind": "technical", "touchpoints": [pay.pk]}
    assert sign_in(edda).post(address, body).status_code == 302
    measure = Measure.objects.get()
    assert (measure.insight, measure.kind, measure.status) == (pain, "technical", "idea")
    assert "Already under way:" in page(pay)


def test_an_address_proposes_no_kind_that_there_is_not(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    address = reverse("measure_create", args=[workspace.slug])
    initial = sign_in(edda).get(f"{address}?kind=magic&title={'x' * 300}").context["form"].initial
    assert "kind" not in initial or initial["kind"] == "process"
    assert initial["title"] == "x" * 200


def test_a_viewer_reads_it_and_is_offered_nothing_to_write(
    pay: Touchpoint, say: Say, vik: User, page: Callable[..., str]
) -> None:
    say(pay, "Rude", 9)
    shown = page(pay, vik)
    assert "Train the people there" in shown
    assert "Make it a measure…" not in shown


def test_the_touchpoint_s_page_asks_for_it_by_itself(
    workspace: Workspace, pay: Touchpoint, say: Say, edda: User, sign_in: SignIn, page: Callable[..., str]
) -> None:
    say(pay, "Rude", 9)
    client, touchpoint = sign_in(edda), reverse("touchpoint", args=[workspace.slug, pay.pk])
    address = reverse("touchpoint_next_actions", args=[workspace.slug, pay.pk])
    shown = client.get(touchpoint).content.decode()
    assert f'hx-get="{address}"' in shown
    assert f'<a href="{address}">' in shown  # without JavaScript
    part = page(pay, **HTMX)
    assert part.lstrip().startswith('<section class="next" id="next"')
    assert "<html" not in part
    archive_touchpoint(pay, by=edda)
    assert address not in client.get(touchpoint).content.decode()
    assert client.get(address).status_code == 404


def test_in_german_it_is_german(pay: Touchpoint, say: Say, edda: User, page: Callable[..., str]) -> None:
    say(pay, "Unfreundliches Personal", 9)
    edda.language = "de"
    edda.save()
    shown = text(page(pay, edda))
    assert "Die Menschen dort schulen" in shown
    assert "9 von 60" in shown
    assert "Es wurde noch keine ähnliche Maßnahme geprüft." in shown


def test_more_that_is_named_costs_no_more_statements(
    workspace: Workspace, pay: Touchpoint, say: Say, edda: User, sign_in: SignIn
) -> None:
    client, address = sign_in(edda), reverse("touchpoint_next_actions", args=[workspace.slug, pay.pk])
    counted = []
    for round_ in range(2):
        for word in ("Rude", "Broken", "Queue", "Told", "Purple"):
            say(pay, f"{word} {round_}", 9)
            create_insight(pay, kind="pain", text=f"{word} again {round_}", mentions=3, by=edda)
        measure = create_measure(workspace, title="Smile", kind="commercial", touchpoints=[pay], by=edda)
        review(measure, Verdict.WORKS, 4.0)
        with CaptureQueriesContext(connection) as statements:
            assert client.get(address).status_code == 200
        counted.append(len(statements))
    assert counted[0] == counted[1] <= 14


def test_programs_are_told_the_same(
    workspace: Workspace, pay: Touchpoint, commute: Journey, say: Say, edda: User, tess: Client
) -> None:
    rest = Rest(tess)
    theme = say(pay, "Rude machine", 12)
    purple = create_insight(pay, kind="wish", text="Purple", mentions=3, by=edda)
    told = rest.get(f"touchpoints/{pay.pk}/next-actions/")
    body = told.json()
    facts = {name: body[name] for name in ("score", "state", "place", "customers")}
    score = next_actions_of(pay).reading.number
    assert facts == {"score": score, "state": "measured", "place": 1, "customers": 60}
    assert body["gains"][0]["journey"] == commute.pk
    named: dict[str, Any] = {"theme": theme.pk, "insight": None, "kind": "pain", "text": "Rude machine", "named_by": 12}
    named |= {"words": ["rude"], "as_well": ["technical"]}
    action = {"kind": "training", "cause": "people", "named": [named]}
    assert body["actions"] == [action | {"similar": None, "under_way": [], "earlier": []}]
    assert [one["insight"] for one in body["unsorted"]] == [purple.pk]
    again = rest.get(f"touchpoints/{pay.pk}/next-actions/", **{"If-None-Match": told.headers["ETag"]})
    assert again.status_code == 304
    shop = rest.get(f"touchpoints/{placed(commute, 'Shop').touchpoint_id}/next-actions/").json()
    assert (shop["why_not"], shop["actions"]) == ("target met", [])
    assert rest.get("touchpoints/0/next-actions/").status_code == 404
