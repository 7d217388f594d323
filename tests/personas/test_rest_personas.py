"""Programs keep personas as people do: made, edited by version, archived and taken back."""

from typing import Any

import pytest
from django.test import Client

from personas.models import Persona
from tests.cast import token_client
from tests.rest import Rest
from workspaces.models import AuditEntry, User, Workspace

LONG_AGO = "1999-01-01T00:00:00Z"
BY_NO_TAG = {"If_Match": '"of another kind"'}
MARA = {"name": "Mara Lindner", "share": 34, "goals": ["Arrive without hurry", "Sit together"]}


@pytest.fixture
def rest(tess: Client) -> Rest:
    return Rest(tess)


def test_a_program_makes_a_persona_and_the_audit_log_names_its_token(rest: Rest, workspace: Workspace) -> None:
    answer = rest.post("personas/", MARA)
    assert answer.status_code == 201
    made = answer.json()
    assert MARA.items() <= made.items()
    assert (made["version"], answer.headers["ETag"]) == (1, '"1"')
    assert (made["evidence"], made["age"], made["needs"], made["archived_at"]) == ("assumption", None, [], None)
    assert rest.get(f"personas/{made['id']}/").json() == made
    entry = AuditEntry.objects.of(workspace).get(verb="persona.create")
    assert (entry.actor, str(entry.by)) == (None, "Tess")


def test_an_edit_names_the_version_it_was_made_from(rest: Rest) -> None:
    made = rest.post("personas/", MARA).json()
    url = f"personas/{made['id']}/"
    edited = rest.patch(url, {"share": 35, "version": 1})
    assert (edited.status_code, edited.json()["share"], edited.json()["version"]) == (200, 35, 2)
    assert rest.patch(url, {"age": 34}, If_Match='"2"').json()["version"] == 3
    assert rest.patch(url, {"age": 34}, If_Match='"2"').json()["version"] == 3, "sent twice is harmless"
    for body, headers in (({"age": 9, "version": 2}, {}), ({"age": 9}, {"If_Match": '"2"'}), ({"age": 9}, BY_NO_TAG)):
        stale = rest.patch(url, body, **headers)
        assert stale.status_code == 412
        assert stale.headers["Content-Type"] == "application/problem+json"
        assert stale.json()["current"] == rest.get(url).json()
    assert rest.patch(url, {"age": 9}).status_code == 428
    assert rest.patch(url, {"age": 9, "version": 3}, If_Match='"2"').status_code == 412
    assert rest.get(url).json()["age"] == 34


def test_what_was_read_can_be_sent_back_whole(rest: Rest) -> None:
    made = rest.post("personas/", MARA).json()
    back = rest.patch(f"personas/{made['id']}/", made | {"name": "Mara L."})
    assert back.status_code == 200
    assert back.json() == made | {"name": "Mara L.", "version": 2, "updated_at": back.json()["updated_at"]}


@pytest.mark.parametrize(
    ("field", "value"),
    [("id", 9**9), ("created_at", LONG_AGO), ("updated_at", None), ("archived_at", LONG_AGO)],
)
def test_what_is_not_to_be_set_is_not_set(rest: Rest, field: str, value: Any) -> None:
    made = rest.post("personas/", MARA | {field: value, "version": 99})
    assert made.status_code == 201
    assert made.json()[field] != value or value is None
    assert made.json()["version"] == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "  \t"),
        ("name", None),
        ("name", 7),
        ("name", "x" * 201),
        ("name", ["Mara"]),
        ("share", 101),
        ("share", -1),
        ("share", "34"),
        ("share", 34.5),
        ("share", True),
        ("share", 2**62),
        ("goals", "Arrive"),
        ("goals", ["two\nlines"]),
        ("goals", [7]),
        ("goals", [""]),
        ("goals", ["x" * 5000, "x" * 5000]),
        ("evidence", "certain"),
        ("evidence", 1),
        ("review_date", "9999-12-31"),
        ("review_date", "1969-12-31"),
        ("review_date", "31.12.2026"),
        ("review_date", 20261231),
        ("workspace", 1),
        ("nonsense", 1),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(rest: Rest, workspace: Workspace, field: str, value: Any) -> None:
    answer = rest.post("personas/", MARA | {field: value})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]
    assert not Persona.objects.of(workspace).exists()


@pytest.mark.parametrize("body", [None, [], "Mara", 7, [{"name": "Mara"}]])
def test_what_is_no_object_is_refused(rest: Rest, body: Any) -> None:
    answer = rest.post("personas/", body)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_all_that_is_wrong_is_said_at_once(rest: Rest) -> None:
    answer = rest.post("personas/", {"share": 101, "nonsense": 1, "goals": 3})
    assert set(answer.json()["errors"]) == {"name", "share", "nonsense", "goals"}


def test_a_name_that_is_taken_conflicts(rest: Rest) -> None:
    rest.post("personas/", MARA)
    again = rest.post("personas/", MARA | {"name": "MARA lindner"})
    assert (again.status_code, again.json()["detail"]) == (409, "There is already a persona of that name.")


def test_archived_is_gone_from_lists_and_comes_back(rest: Rest) -> None:
    made = rest.post("personas/", MARA).json()
    url = f"personas/{made['id']}/"
    assert rest.delete(url, If_Match='"7"').status_code == 412
    assert [rest.delete(url).status_code for _ in range(2)] == [204, 204]
    assert rest.get("personas/").json()["results"] == []
    assert rest.get(url).json()["archived_at"]
    assert rest.patch(url, {"age": 3, "version": 2}).status_code == 404
    again = rest.post("personas/", MARA).json()
    taken = rest.post(f"{url}restore/")
    assert (taken.status_code, taken.json()["detail"]) == (409, "There is already a persona of that name.")
    rest.delete(f"personas/{again['id']}/")
    assert [rest.post(f"{url}restore/").json()["archived_at"] for _ in range(2)] == [None, None]


def test_reading_alone_changes_nothing(workspace: Workspace) -> None:
    reader = Rest(token_client(workspace, "read"))
    assert reader.post("personas/", MARA).status_code == 403
    assert reader.get("personas/").status_code == 200


def test_problems_are_told_in_the_asker_s_language(rest: Rest) -> None:
    answer = rest.post("personas/", {"name": "Mara", "nonsense": 1}, Accept_Language="de")
    assert answer.json()["errors"] == {"nonsense": ["Dieses Feld gibt es nicht."]}


def test_another_workspace_s_are_unknown(rest: Rest, elsewhere: Workspace, otto: User) -> None:
    theirs: Persona = Persona.objects.create(workspace=elsewhere, name="Otto's")
    for method in ("GET", "PATCH", "DELETE"):
        assert rest.ask(method, f"personas/{theirs.pk}/", {"version": 1}).status_code == 404
    assert rest.get(f"personas/{2**70}/").status_code == 404
