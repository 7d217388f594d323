import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from tests.cast import SignIn
from tests.rest import Rest
from workspaces.actions import archive_attribute, create_attribute, edit_attribute, restore_attribute
from workspaces.models import Attribute, AuditEntry, User, Workspace


def address(name: str, workspace: Workspace, *named: int) -> str:
    return reverse(name, args=[workspace.slug, *named])


def places(workspace: Workspace) -> list[tuple[int, str]]:
    connection.check_constraints()
    return list(Attribute.objects.of(workspace).kept().order_by("position").values_list("position", "name"))


def named(workspace: Workspace, *names: str, by: User) -> list[Attribute]:
    return [create_attribute(workspace, name=name, by=by) for name in names]


def test_editor_adds_an_attribute(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    empty = client.get(address("attributes", workspace)).content.decode()
    assert "never name an employee" in empty
    page = client.post(address("attribute_create", workspace), {"name": "Grund der Reise"}, follow=True)
    assert "Grund der Reise" in page.content.decode()
    assert "never name an employee" in page.content.decode()
    assert Attribute.objects.get().key == "grund-der-reise"
    assert AuditEntry.objects.filter(verb="attribute.create", actor=edda).count() == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "This field is required."), ("x" * 61, "at most 60 characters"), ("LINE", "already an attribute")],
)
def test_bad_names_are_refused_beside_the_field(
    name: str, said: str, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    named(workspace, "Line", by=edda)
    answer = sign_in(edda).post(address("attribute_create", workspace), {"name": name})
    assert answer.status_code == 422
    assert said in answer.context["form"].errors["name"][0]


def test_there_are_at_most_ten(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    ten = named(workspace, *(f"Attribute {number}" for number in range(10)), by=edda)
    client = sign_in(edda)
    answer = client.post(address("attribute_create", workspace), {"name": "Eleventh"})
    assert answer.status_code == 422
    assert "at most ten attributes" in answer.content.decode()
    archive_attribute(ten[3], by=edda)
    named(workspace, "Eleventh", by=edda)
    back = client.post(address("attribute_restore", workspace, ten[3].pk), follow=True).content.decode()
    assert "at most ten attributes" in back
    assert len(places(workspace)) == 10


@pytest.mark.parametrize("position", [None, 0, 11])
def test_the_database_holds_at_most_ten(position: int | None, workspace: Workspace) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Attribute.objects.create(workspace=workspace, key="line", name="Line", position=position)


def test_what_is_called_alike_after_archiving_has_a_key_of_its_own(workspace: Workspace, edda: User) -> None:
    archive_attribute(named(workspace, "Line", by=edda)[0], by=edda)
    assert named(workspace, "Line", by=edda)[0].key == "line-2"
    assert named(workspace, "线路", by=edda)[0].key == "attribute"


def test_editor_renames_and_keeps_the_key(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    (line,) = named(workspace, "Line", by=edda)
    client, form = sign_in(edda), address("attribute_edit", workspace, line.pk)
    facts = {"name": "Route", "position": "1", "version": "1"}
    for _ in range(2):
        assert client.post(form, facts).status_code == 302
    line.refresh_from_db()
    assert (line.name, line.key, line.version) == ("Route", "line", 2)
    assert client.post(form, facts | {"name": "Connection"}).status_code == 409
    assert client.post(form, facts | {"version": "2", "position": "2"}).status_code == 422, "there is one place"


@pytest.mark.parametrize(
    ("who", "to", "order"),
    [("A", 3, "BCAD"), ("C", 1, "CABD"), ("B", 2, "ABCD"), ("A", 10, "BCDA"), ("D", 2, "ADBC")],
)
def test_the_others_make_room(who: str, to: int, order: str, workspace: Workspace, edda: User) -> None:
    four = {one.name: one for one in named(workspace, *"ABCD", by=edda)}
    edit_attribute(four[who], version=1, position=to, by=edda)
    assert places(workspace) == [*enumerate(order, start=1)]


def test_archiving_closes_the_gap_and_restoring_is_last(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    a, _b, _c = named(workspace, *"ABC", by=edda)
    client = sign_in(edda)
    page = client.post(address("attribute_archive", workspace, a.pk), follow=True).content.decode()
    assert "“A” is archived." in page
    assert places(workspace) == [(1, "B"), (2, "C")]
    archive_attribute(a, by=edda)
    assert "“A” is back." in client.post(address("attribute_restore", workspace, a.pk), follow=True).content.decode()
    restore_attribute(a, by=edda)
    assert places(workspace) == [(1, "B"), (2, "C"), (3, "A")]


def test_viewer_and_outsider_cannot_change_attributes(
    workspace: Workspace, edda: User, vik: User, otto: User, sign_in: SignIn
) -> None:
    (line,) = named(workspace, "Line", by=edda)
    assert "First attribute" not in sign_in(vik).get(address("attributes", workspace)).content.decode()
    for name in ("attribute_edit", "attribute_archive", "attribute_restore"):
        assert sign_in(vik).post(address(name, workspace, line.pk)).status_code == 403
        assert sign_in(otto).post(address(name, workspace, line.pk)).status_code == 404


def test_programs_make_move_and_rename_attributes(tess: Client, workspace: Workspace) -> None:
    rest = Rest(tess)
    made = rest.post("attributes/", {"name": "Line", "key": "line"}).json()
    assert (made["key"], made["position"]) == ("line", 1)
    rest.post("attributes/", {"name": "Station"})
    moved = rest.patch(f"attributes/{made['id']}/", {"position": 2, "name": "Route", "version": 1}).json()
    assert (moved["key"], moved["name"], moved["position"]) == ("line", "Route", 2)
    assert [one["key"] for one in rest.get("attributes/?ordering=position").json()["results"]] == ["station", "line"]


@pytest.mark.parametrize(
    "body",
    [
        {"name": "Line", "key": "Line 1"},
        {"name": "Line", "key": ""},
        {"name": "Line", "position": 1},
        {"name": "Line", "key": "x" * 41},
        {"name": "Station"},
        {"name": "Line", "key": "station"},
    ],
    ids=str,
)
def test_programs_are_told_what_is_wrong(body: dict[str, object], tess: Client, workspace: Workspace) -> None:
    rest = Rest(tess)
    rest.post("attributes/", {"name": "Station", "key": "station"})
    assert rest.post("attributes/", body).status_code in {400, 409, 422}
    assert Attribute.objects.count() == 1


def test_a_key_stays(tess: Client, workspace: Workspace) -> None:
    rest = Rest(tess)
    made = rest.post("attributes/", {"name": "Line", "key": "line"}).json()
    answer = rest.patch(f"attributes/{made['id']}/", {"key": "route", "version": 1})
    assert "keeps its key" in answer.content.decode()
    assert Attribute.objects.get().key == "line"


@pytest.mark.parametrize(
    "name", ["Mitarbeiter", "Name der Mitarbeiterin", "Agent", "Employee ID", "Staff member", "Kollegin", "agent_id"]
)
def test_no_attribute_tells_which_employee_it_was(
    name: str, workspace: Workspace, edda: User, tess: Client, sign_in: SignIn
) -> None:
    answer = sign_in(edda).post(address("attribute_create", workspace), {"name": name})
    assert answer.status_code == 422
    assert "never cut by employees" in answer.content.decode()
    rest = Rest(tess)
    assert rest.post("attributes/", {"name": name}).status_code in {400, 409, 422}
    made = rest.post("attributes/", {"name": "Station"}).json()
    assert rest.patch(f"attributes/{made['id']}/", {"name": name, "version": 1}).status_code in {400, 409, 422}
    assert rest.post("attributes/", {"name": "Who", "key": "employee"}).status_code in {400, 409, 422}
    assert [attribute.name for attribute in Attribute.objects.all()] == ["Station"]


@pytest.mark.parametrize("name", ["Mitarbeiterrabatt", "Staffel", "Agentur", "Reason for the visit"])
def test_what_only_sounds_like_it_is_an_attribute(name: str, workspace: Workspace, edda: User) -> None:
    assert create_attribute(workspace, name=name, by=edda).pk
