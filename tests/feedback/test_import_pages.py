"""The pages of an import: upload, mapping, check, result, list of problems, undo, saved mappings."""

import secrets
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from feedback.actions import imports
from feedback.columns import Column
from feedback.models import Mapping, Response
from tests.cast import SignIn
from tests.importing import Drafted, checked, settled, values, worked
from touchpoints.actions import create_touchpoint
from touchpoints.models import Subject, SubjectKind
from workspaces.errors import Refused
from workspaces.models import Job, User, Workspace

pytestmark = pytest.mark.django_db


def upload(client: Client, workspace: Workspace, content: bytes, name: str = "spring.csv", **more: str) -> Any:
    """Send a file."""
    form = {"file": SimpleUploadedFile(name, content), "key": secrets.token_hex(8), **more}
    return client.post(f"/w/{workspace.slug}/answers/import/", form)


def test_an_upload_leads_to_its_columns(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    answer = upload(client, workspace, b"id,nps\na,9\n")
    job = Job.objects.get()
    assert answer.status_code == 302
    page = client.get(answer["Location"])
    assert "What do the columns mean?" in page.content.decode()
    assert (job.state, job.created_by) == ("draft", edda)


def test_a_form_sent_twice_is_one_draft(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    for _ in range(2):
        assert upload(client, workspace, b"id,nps\na,9\n", key="once").status_code == 302
    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "spring.csv", "The file is empty."),
        (b"PK\x03\x04", "spring.csv", "damaged"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x01\x02\x03", "spring.xlsx", "neither CSV"),
        (b"nps\n" + b"9\n" * (5 * 1024**2), "spring.csv", "larger than 10 MB"),
    ],
    ids=["empty", "zip", "picture", "large"],
)
def test_no_table_is_refused_and_leaves_nothing(
    content: bytes, name: str, said: str, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    answer = upload(sign_in(edda), workspace, content, name)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Job.objects.exists()


def test_fifty_megabytes_are_refused_before_they_are_read(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    answer = upload(sign_in(edda), workspace, b"9\n" * (25 * 1024**2))
    assert answer.status_code == 413
    assert not Job.objects.exists()


def test_messages_are_german(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    edda.language = "de"
    edda.save()
    assert "Die Datei ist leer." in upload(sign_in(edda), workspace, b"").content.decode()


def test_a_viewer_cannot_import(workspace: Workspace, vik: User, sign_in: SignIn) -> None:
    assert upload(sign_in(vik), workspace, b"nps\n9\n").status_code == 403
    assert sign_in(vik).get(f"/w/{workspace.slug}/answers/").status_code == 200


def test_columns_are_given_a_part_together(drafted: Drafted, workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    job = drafted("id,a,b\n1,5,0\n2,4,0\n3,3,0\n")
    form = {"columns": ["1", "2"], "part": "question", "scale": "csat:1-5", "about": "touchpoint", "guess": "on"}
    client = sign_in(edda)
    assert client.post(f"/w/{workspace.slug}/imports/{job.pk}/columns/", form).status_code == 302
    columns = imports.plan_of(Job.objects.get()).columns
    assert columns["a"] == Column(part="question", scale="csat:1-5", about="touchpoint:a")
    assert columns["b"].blanks == ("0",)
    nothing = {"columns": ["1"], "part": "nothing", "scale": "csat:1-5", "about": "touchpoint"}
    client.post(f"/w/{workspace.slug}/imports/{job.pk}/columns/", nothing)
    assert "a" not in imports.plan_of(Job.objects.get()).columns


def test_a_check_asks_for_what_is_missing(drafted: Drafted, workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    job = drafted("id,a\n1,5\n")
    form = {"source": "Spring", "day": "2026-03-01", "check": "1"}
    page = sign_in(edda).post(f"/w/{workspace.slug}/imports/{job.pk}/settle/", form, follow=True)
    assert "The mapping is not complete." in page.content.decode()
    assert "No column is a question yet." in page.content.decode()
    assert imports.plan_of(Job.objects.get()).source == "Spring"


def test_problems_are_a_list_that_opens_safely(
    drafted: Drafted, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    job = checked(settled(drafted("id,nps\na,=1+1\nb,9\n", name="=evil.csv")), edda)
    client = sign_in(edda)
    listed = client.get(f"/w/{workspace.slug}/imports/{job.pk}/problems.csv").content.decode("utf-8-sig")
    assert listed.splitlines() == [
        "File,Row,Column,Value,Reason",
        "'=evil.csv,2,nps,'=1+1,“=1+1” is not a number.",
    ]
    with translation.override("de"):
        page = client.get(f"/w/{workspace.slug}/imports/{job.pk}/").content.decode()
    assert "1 answer is refused" in page


def test_an_import_is_taken_back(brought: Drafted, workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    job = brought("id,nps\na,9\nb,8\n")
    client = sign_in(edda)
    address = f"/w/{workspace.slug}/imports/{job.pk}/undo/"
    assert "2 answers" in client.get(address).content.decode()
    client.post(address)
    job = worked(job)
    assert (job.state, job.result["deleted"]) == ("undone", 2)
    assert not Response.objects.of(workspace).exists()
    assert brought("id,nps\na,9\nb,8\n").result["stored"] == 2


def test_taking_back_twice_is_refused(brought: Drafted, edda: User) -> None:
    job = worked(imports.take_back(brought("nps\n9\n"), by=edda))
    with pytest.raises(Refused):
        imports.take_back(job, by=edda)


def test_a_cancelled_import_stores_nothing_and_can_go_on(drafted: Drafted, workspace: Workspace, edda: User) -> None:
    job = imports.store_import(checked(settled(drafted("nps\n9\n")), edda), by=edda)
    imports.cancel_import(job)
    job = worked(job)
    assert (job.state, values(workspace)) == ("cancelled", [])
    job = worked(imports.store_import(imports.reopen_import(job), by=edda))
    assert (job.state, values(workspace)) == ("done", [9])


def test_a_draft_stays_until_it_is_discarded(
    drafted: Drafted, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    job = drafted("nps\n9\n")
    client = sign_in(edda)
    assert "needs your mapping" in client.get(f"/w/{workspace.slug}/answers/").content.decode()
    client.post(f"/w/{workspace.slug}/imports/{job.pk}/discard/")
    assert not Job.objects.exists()


def test_a_saved_mapping_is_used_where_it_fits(
    drafted: Drafted, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    job = drafted("Id,Q1,Q2\n1,5,0\n")
    csat = Column(part="question", scale="csat:1-5", about="touchpoint:App", blanks=("0",))
    imports.map_columns(job, ["Q1", "Q2"], csat)
    client = sign_in(edda)
    client.post(f"/w/{workspace.slug}/imports/{job.pk}/mapping/save/", {"name": "Spring"})
    again = drafted("q2,id,q1,q3\n5,1,4,0\n", name="autumn.csv")
    assert again.payload["mapping"] == "Spring"
    assert imports.plan_of(again).columns == {"q1": csat, "q2": csat, "id": Column(part="id")}
    assert "mapping" not in drafted("x,y\n1,2\n").payload
    saved = Mapping.objects.get()
    client.post(f"/w/{workspace.slug}/mappings/{saved.pk}/delete/")
    assert not Mapping.objects.exists()


def test_an_import_that_began_at_a_journey_may_be_about_it(drafted: Drafted, workspace: Workspace, edda: User) -> None:
    journey = Subject.objects.create(workspace=workspace, kind=SubjectKind.JOURNEY)
    question = Column(part="question", scale="csat:1-5", about="journey")
    job = imports.map_columns(drafted("id,nps,all\na,9,5\n", about=journey), ["all"], question)
    worked(imports.store_import(checked(settled(job), edda), by=edda))
    assert [answer.subject for answer in Response.objects.of(workspace)] == [journey] * 2


def test_an_import_that_began_at_a_touchpoint_is_about_it(
    brought: Drafted, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    touchpoint = create_touchpoint(workspace, name="Delay information", by=edda)
    page = sign_in(edda).get(f"/w/{workspace.slug}/touchpoints/{touchpoint.pk}/")
    assert f'/answers/import/?about={touchpoint.subject_id}"' in page.content.decode()
    brought("id,nps\na,9\n", about=touchpoint.subject)
    brought("id,metric,score\na,csat,5\n", name="one a row.csv", about=touchpoint.subject)
    assert [answer.subject for answer in Response.objects.of(workspace)] == [touchpoint.subject] * 2


def test_an_import_cannot_begin_at_another_workspace(
    workspace: Workspace, elsewhere: Workspace, edda: User, otto: User, sign_in: SignIn
) -> None:
    foreign = create_touchpoint(elsewhere, name="Tram", by=otto)
    form = {"file": SimpleUploadedFile("a.csv", b"nps\n9\n"), "key": "k", "about": str(foreign.subject_id)}
    assert sign_in(edda).post(f"/w/{workspace.slug}/answers/import/", form).status_code == 404


def test_a_file_is_read_differently(drafted: Drafted, workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    job = drafted("survey of spring\nid;nps\na;9\n")
    form = {"encoding": "utf-8", "delimiter": ";", "header": "2", "first": "3"}
    sign_in(edda).post(f"/w/{workspace.slug}/imports/{job.pk}/file/", form)
    assert [found.name for found in imports.profiles_of(Job.objects.get())] == ["id", "nps"]


def test_a_job_that_keeps_dying_is_given_up(drafted: Drafted, workspace: Workspace, edda: User) -> None:
    job = imports.store_import(checked(settled(drafted("nps\n9\n")), edda), by=edda)
    Job.objects.filter(pk=job.pk).update(attempts=5)
    assert worked(job).state == "failed"
    assert values(workspace) == []
