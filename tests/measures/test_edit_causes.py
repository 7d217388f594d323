"""The table of causes: everybody reads it, editors and programs change it, and the defaults come back."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from measures.actions import causes_of, edit_causes
from measures.models import CauseTable
from tests.cast import SignIn, token_client
from tests.rest import Rest
from workspaces.errors import Refused, Stale
from workspaces.models import AuditEntry, User, Workspace


@pytest.fixture
def page(workspace: Workspace) -> str:
    return f"/w/{workspace.slug}/settings/causes/"


@pytest.fixture
def said() -> dict[str, str]:
    """What the form says."""
    return {
        "people": "rude\n  keine   Ahnung \nrude\n",
        "process": "wait",
        "technical": "",
        "communication": "told",
        "version": "1",
    }


def test_without_a_row_the_defaults_hold(workspace: Workspace) -> None:
    assert causes_of(workspace).is_default
    assert not CauseTable.objects.exists()
    found = causes_of(workspace).causes.of(["Unfreundliches Zugpersonal"])
    assert found
    assert found.cause == "people"


def test_an_editor_changes_it(workspace: Workspace, page: str, said: dict[str, str], edda: User, sign_in: SignIn):
    client = sign_in(edda)
    for _time in range(2):  # sent twice
        assert client.post(page, said)["Location"] == page
    table = causes_of(workspace)
    assert (table.people, table.technical, table.version) == (["rude", "keine Ahnung"], [], 2)
    assert AuditEntry.objects.filter(verb="causetable.edit").count() == 1
    shown = client.get(page).content.decode()
    assert "keine Ahnung</textarea>" in shown
    assert "See the defaults…" in shown


def test_of_two_at_once_the_second_sees_both(page: str, said: dict[str, str], edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    client.post(page, said)
    answer = client.post(page, said | {"people": "patzig"})
    assert answer.status_code == 409
    assert "As stored by now:" in answer.content.decode()
    assert client.post(page, said | {"people": "patzig", "version": "2"}).status_code == 302


def test_the_defaults_are_offered_and_hold_once_they_are_saved(
    workspace: Workspace, page: str, said: dict[str, str], edda: User, sign_in: SignIn
) -> None:
    client = sign_in(edda)
    client.post(page, said)
    form = client.get(f"{page}?defaults=1").context["form"]
    assert not causes_of(workspace).is_default
    client.post(page, {name: form[name].value() for name in form.fields})
    assert causes_of(workspace).is_default
    assert "See the defaults…" not in client.get(page).content.decode()


def test_a_word_has_one_cause(workspace: Workspace, page: str, said: dict[str, str], edda: User, sign_in: SignIn):
    answer = sign_in(edda).post(page, said | {"technical": "Keine Ahnung"})
    assert answer.status_code == 422
    assert "stands under two causes" in answer.content.decode()
    assert sign_in(edda).post(page, said | {"technical": "…"}).status_code == 422
    assert sign_in(edda).post(page, said | {"technical": "x" * 61}).status_code == 422
    assert causes_of(workspace).is_default


def test_the_database_holds_it_too(workspace: Workspace) -> None:
    for wrong in ({"people": ["told"], "communication": ["told"]}, {"people": [str(one) for one in range(301)]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CauseTable.objects.create(workspace=workspace, **wrong)


def test_a_viewer_reads_it_and_cannot_change_it(
    workspace: Workspace, page: str, said: dict[str, str], vik: User, sign_in: SignIn
) -> None:
    client = sign_in(vik)
    shown = client.get(page).content.decode()
    assert "unfreundlich" in shown
    assert "<textarea" not in shown
    assert client.post(page, said).status_code == 403
    assert sign_in(vik).get(f"/w/{workspace.slug}/settings/").content.decode().count(page) == 1


def test_it_is_another_workspace_s_for_an_outsider(page: str, otto: User, sign_in: SignIn) -> None:
    assert sign_in(otto).get(page).status_code == 404


def test_programs_read_and_change_it(tess: Client, workspace: Workspace) -> None:
    rest = Rest(tess)
    first = rest.get("causes/")
    assert first.json()["is_default"]
    assert first.headers["ETag"] == '"1"'
    changed = rest.patch("causes/", {"people": ["rude", " rude ", "patzig"], "version": 1}).json()
    assert (changed["people"], changed["version"], changed["is_default"]) == (["rude", "patzig"], 2, False)
    assert changed["process"] == first.json()["process"]
    assert causes_of(workspace).people == ["rude", "patzig"]
    late = rest.patch("causes/", {"people": ["frech"], "version": 1})
    assert (late.status_code, late.json()["current"]["version"]) == (412, 2)
    assert rest.patch("causes/", {"people": ["frech"]}).status_code == 428
    assert rest.patch("causes/", {"people": ["wait"], "version": 2}).status_code == 422
    assert rest.patch("causes/", {"persons": []}).status_code == 400
    assert Rest(token_client(workspace, "read")).patch("causes/", {"people": [], "version": 2}).status_code == 403


def test_an_action_refuses_what_is_stale(workspace: Workspace, edda: User) -> None:
    edit_causes(workspace, version=1, people=["rude"], by=edda)
    with pytest.raises(Stale):
        edit_causes(workspace, version=1, people=["frech"], by=edda)
    with pytest.raises(Refused):
        edit_causes(workspace, version=2, people=["wait"], by=edda)
