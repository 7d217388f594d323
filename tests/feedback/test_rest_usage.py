"""Programs push how often touchpoints were used, and read it: strictly, all or nothing, harmless when sent twice."""

import datetime
from typing import Any

import pytest
from django.test import Client

from feedback.actions import Used, record_usage
from feedback.models import UsageDay
from personas.models import Persona
from tests.answering import TODAY, Clock, health, new_touchpoint
from tests.cast import token_client
from tests.rest import Rest
from touchpoints.models import Observation, Touchpoint
from workspaces.models import Scope, Workspace


def a_row(about: Touchpoint, **more: Any) -> dict[str, Any]:
    """A row as a till sends it. A field that is given as `...` is left out."""
    usual = {"source": "till", "touchpoint": about.pk, "day": "2026-03-14", "visits": 100, "completed": 80}
    return {name: value for name, value in (usual | more).items() if value is not ...}


@pytest.fixture
def rest(tess: Client) -> Rest:
    return Rest(tess)


def test_counts_are_stored_and_become_completion(at: Clock, delays: Touchpoint, commuter: Persona, rest: Rest) -> None:
    rows = [
        a_row(delays),
        a_row(delays, day="2026-03-15", contacts=7, complaints=2),
        a_row(delays, persona=commuter.pk),
    ]
    answer = rest.post("usage/", rows)
    assert (answer.status_code, answer.json()) == (200, {"counts": {"stored": 3, "unchanged": 0}})
    found = UsageDay.objects.filter(persona=None).order_by("day")
    assert [(one.day, one.contacts, one.visits, one.completed, one.complaints) for one in found] == [
        (datetime.date(2026, 3, 14), 0, 100, 80, 0),
        (datetime.date(2026, 3, 15), 7, 100, 80, 2),
    ]
    assert "completion" in [part["component"] for part in health(delays).parts]


def test_the_same_again_changes_nothing_and_a_later_count_replaces(at: Clock, delays: Touchpoint, rest: Rest) -> None:
    rest.post("usage/", [a_row(delays)])
    health(delays)
    again = rest.post("usage/", [a_row(delays)])
    assert again.json() == {"counts": {"stored": 0, "unchanged": 1}}
    assert not Observation.objects.exists()
    assert rest.post("usage/", [a_row(delays, visits=90)]).json()["counts"]["stored"] == 1
    assert UsageDay.objects.get().visits == 90


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"day": "14.03.2026"}, "day"),
        ({"day": "2026-02-30"}, "day"),
        ({"day": "2026-03-17"}, "day"),
        ({"day": "1969-12-31"}, "day"),
        ({"day": ...}, "day"),
        ({"source": " "}, "source"),
        ({"source": "x" * 81}, "source"),
        ({"touchpoint": ...}, "touchpoint"),
        ({"touchpoint": None}, "touchpoint"),
        ({"contacts": "12"}, "contacts"),
        ({"contacts": -1}, "contacts"),
        ({"complaints": -1}, "complaints"),
        ({"complaints": 10_000_001}, "complaints"),
        ({"visits": 1.5}, "visits"),
        ({"visits": 10_000_001}, "visits"),
        ({"completed": 101}, "completed"),
        ({"station": "Aalen"}, "station"),
    ],
)
def test_one_fault_is_told_by_row_and_field_and_nothing_is_stored(
    wrong: dict[str, Any], field: str, at: Clock, delays: Touchpoint, rest: Rest
) -> None:
    answer = rest.post("usage/", [a_row(delays), a_row(delays, **wrong)])
    assert answer.status_code == 422
    first, second = answer.json()["results"]
    assert (first["status"], second["status"], list(second["errors"])) == (424, 400, [field])
    assert not UsageDay.objects.exists()


def test_what_is_not_here_is_404(
    at: Clock, workspace: Workspace, elsewhere: Workspace, delays: Touchpoint, rest: Rest
) -> None:
    theirs = new_touchpoint(elsewhere, "Tram stop")
    for wrong in ({"touchpoint": theirs.pk}, {"persona": 999_999}):
        answer = rest.post("usage/", [a_row(delays), a_row(delays, **wrong)])
        assert answer.status_code == 404
        assert list(answer.json()["results"][1]["errors"]) == list(wrong)
    assert not UsageDay.objects.exists()


@pytest.mark.parametrize("body", [{}, [], "rows", [1], None])
def test_what_is_no_list_of_rows_is_refused(body: Any, at: Clock, workspace: Workspace, rest: Rest) -> None:
    assert rest.post("usage/", body).status_code in {400, 422}


def test_pushing_needs_its_scope(workspace: Workspace, delays: Touchpoint) -> None:
    assert Rest(token_client(workspace, Scope.WRITE, Scope.READ)).post("usage/", [a_row(delays)]).status_code == 403


def test_counts_are_read_page_by_page_and_filtered(
    at: Clock, workspace: Workspace, delays: Touchpoint, counter: Touchpoint, rest: Rest
) -> None:
    days = [TODAY - datetime.timedelta(days=number) for number in range(3)]
    record_usage(workspace, [Used("till", delays.subject_id, day, contacts=5) for day in days])
    record_usage(workspace, [Used("web", counter.subject_id, TODAY, visits=4, completed=3, complaints=2)])
    assert len(rest.pages("usage/?limit=2")) == 2
    (only,) = rest.get(f"usage/?touchpoint={counter.pk}").json()["results"]
    assert {name: one for name, one in only.items() if name not in {"id", "contacts", "updated_at"}} == {
        "source": "web",
        "touchpoint": counter.pk,
        "persona": None,
        "day": "2026-03-15",
        "visits": 4,
        "completed": 3,
        "complaints": 2,
    }
    found = rest.get("usage/?source=till&from=2026-03-14&to=2026-03-15").json()["results"]
    assert [one["day"] for one in found] == ["2026-03-14", "2026-03-15"]
    assert rest.get(f"usage/{only['id']}/").json() == only


@pytest.mark.django_db(transaction=True)
def test_what_was_replaced_is_told_as_changed_since(at: Clock, delays: Touchpoint, rest: Rest) -> None:
    rest.post("usage/", [a_row(delays), a_row(delays, day="2026-03-13")])
    since = max(one["updated_at"] for one in rest.get("usage/").json()["results"]).replace("+", "%2B")
    rest.post("usage/", [a_row(delays, visits=99)])
    changed = rest.get(f"usage/?updated_since={since}").json()["results"]
    assert changed[-1]["visits"] == 99
