"""Columns of a file tell of the workspace's attributes: found by their names, chosen, or made from the column."""

import pytest

from feedback.actions import imports
from feedback.columns import Column
from feedback.models import Submission
from tests.cast import SignIn
from tests.importing import Drafted, checked, reasons, settled, worked
from workspaces.actions import archive_attribute, create_attribute
from workspaces.models import Attribute, Job, User, Workspace

pytestmark = pytest.mark.django_db

FILE = "id,nps,Strecke,Grund der Reise\na,9,ICE 1703,Arbeit\nb,8,,Freizeit\n"
LONG = "external_id,date,metric,score,Line\na1,2026-03-01,NPS,9,RE 5\na1,2026-03-01,CSAT,4,RE 5\n"


def told(job: Job) -> dict[str, str]:
    """Which column tells of which attribute."""
    return {name: column.attribute for name, column in imports.plan_of(job).columns.items() if column.attribute}


def said(workspace: Workspace) -> list[dict[str, str]]:
    return list(Submission.objects.of(workspace).order_by("external_id").values_list("attributes", flat=True))


def apply(client, workspace: Workspace, job: Job, *columns: int, attribute: str = "", **more: str):
    form = {"columns": columns, "part": "attribute", "scale": "csat:1-5", "about": "touchpoint", "attribute": attribute}
    return client.post(f"/w/{workspace.slug}/imports/{job.pk}/columns/", form | more, follow=True)


def test_columns_are_found_by_the_names_of_attributes(
    brought: Drafted, drafted: Drafted, workspace: Workspace, edda: User
) -> None:
    for name in ("Line", "Grund der Reise"):
        create_attribute(workspace, name=name, by=edda)
    assert told(drafted(FILE)) == {"Grund der Reise": "grund-der-reise"}
    job = brought(LONG)
    assert reasons(job) == []
    assert said(workspace) == [{"line": "RE 5"}]


def test_new_attributes_are_made_from_columns(
    drafted: Drafted, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    create_attribute(workspace, name="STRECKE", by=edda)
    job = imports.map_columns(drafted(FILE), ["Strecke"], Column())
    page = apply(sign_in(edda), workspace, job, 2, 3).content.decode()
    assert "attribute: STRECKE" in page
    assert "attribute: Grund der Reise" in page
    assert Attribute.objects.of(workspace).count() == 2, "the one that was there is taken"
    job = checked(settled(Job.objects.get(pk=job.pk)), edda)
    assert job.payload["checked"]["first"][0]["attributes"] == ["ICE 1703", "Arbeit"]
    shown = sign_in(edda).get(f"/w/{workspace.slug}/imports/{job.pk}/").content.decode()
    assert "ICE 1703 · Arbeit" in shown
    worked(imports.store_import(job, by=edda))
    both = {"strecke": "ICE 1703", "grund-der-reise": "Arbeit"}
    assert said(workspace) == [both, {"grund-der-reise": "Freizeit"}], "an empty cell says nothing"


def test_one_column_tells_of_an_attribute(drafted: Drafted, workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    create_attribute(workspace, name="Line", by=edda)
    job, client = drafted(FILE), sign_in(edda)
    assert "tick that one" in apply(client, workspace, job, 2, 3, attribute="line").content.decode()
    apply(client, workspace, job, 2, attribute="line")
    assert told(Job.objects.get(pk=job.pk)) == {"Strecke": "line"}
    apply(client, workspace, job, 3, attribute="line")
    assert told(Job.objects.get(pk=job.pk)) == {"Grund der Reise": "line"}
    opened = client.get(f"/w/{workspace.slug}/imports/{job.pk}/?column=3").content.decode()
    assert '<option value="line" selected>Line</option>' in opened


def test_a_long_name_of_a_column_is_cut_once(drafted: Drafted, workspace: Workspace, edda: User) -> None:
    name = "What was the reason for which you travelled with us on that day? " * 2
    for _ in range(2):
        imports.map_to_own_attributes(drafted(f"id,nps,{name}\na,9,Work\n"), [name.strip()], by=edda)
    assert Attribute.objects.get().name == name[:60].strip()


def test_an_eleventh_attribute_is_refused_in_words(
    drafted: Drafted, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    for number in range(9):
        create_attribute(workspace, name=f"Attribute {number}", by=edda)
    job = drafted(FILE)
    assert "at most ten attributes" in apply(sign_in(edda), workspace, job, 2, 3).content.decode()
    assert Attribute.objects.of(workspace).count() == 9, "none or all"
    assert told(Job.objects.get(pk=job.pk)) == {}


def test_another_workspaces_attribute_cannot_be_chosen(
    drafted: Drafted, workspace: Workspace, elsewhere: Workspace, edda: User, otto: User, sign_in: SignIn
) -> None:
    create_attribute(elsewhere, name="Line", by=otto)
    job = drafted(FILE)
    assert apply(sign_in(edda), workspace, job, 2, attribute="line").status_code == 422
    assert told(Job.objects.get(pk=job.pk)) == {}


def test_a_saved_mapping_keeps_its_attributes(drafted: Drafted, workspace: Workspace, edda: User) -> None:
    job = imports.map_to_own_attributes(drafted(FILE), ["Strecke"], by=edda)
    saved = imports.save_mapping(job, "Spring", by=edda)
    again = imports.use_mapping(drafted("id,nps,Strecke\nc,9,RE 5\n"), saved)
    assert told(again) == {"Strecke": "strecke"}
    archive_attribute(Attribute.objects.get(), by=edda)
    again = checked(settled(again), edda)
    assert reasons(again) == [(2, "nps", "9", "unknown attribute")]


def test_what_is_too_long_is_refused_and_told(drafted: Drafted, workspace: Workspace, edda: User) -> None:
    job = drafted(f"id,nps,Line\na,9,{'x' * 201}\nb,8,RE 5\n")
    job = checked(settled(imports.map_to_own_attributes(job, ["Line"], by=edda)), edda)
    assert reasons(job) == [(2, "nps", "9", "attribute too long")]
    worked(imports.store_import(job, leave_out=True, by=edda))
    assert said(workspace) == [{"line": "RE 5"}]
