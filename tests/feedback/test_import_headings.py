"""Files with several rows of headings, and files that say a questionnaire more than once."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client

from feedback.actions import imports
from feedback.columns import Column, Part
from feedback.files import read_table, sniff
from feedback.models import Response
from tests.cast import SignIn
from tests.importing import Drafted, checked, settled, values, worked
from workspaces.models import Job, User, Workspace

pytestmark = pytest.mark.django_db
QUALTRICS = [
    ["StartDate", "RecordedDate", "ResponseId", "Finished", "Q1_1", "Q2", "Q3_TEXT"],
    ["Start Date", "Recorded Date", "Response ID", "Finished", "How likely are you to recommend us?", "Easy?", "Why?"],
    [
        '{"ImportId":"startDate","timeZone":"Europe/Berlin"}',
        '{"ImportId":"recordedDate"}',
        '{"ImportId":"_recordId"}',
        '{"ImportId":"finished"}',
        '{"ImportId":"QID1_1"}',
        '{"ImportId":"QID2"}',
        '{"ImportId":"QID3_TEXT"}',
    ],
    ["2026-03-01 09:00:00", "2026-03-01 09:04:11", "R_1a", "1", "9", "4", "Quick"],
    ["2026-03-02 09:00:00", "2026-03-02 09:02:40", "R_2b", "1", "3", "2", ""],
]


def as_csv(rows: list[list[str]]) -> bytes:
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    return "\r\n".join(quoted).encode("utf-8-sig")


def as_workbook(rows: list[list[str]]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("written", [as_csv, as_workbook], ids=["csv", "xlsx"])
def test_three_rows_of_headings_are_recognised(written: Callable[..., bytes], drafted: Drafted, edda: User) -> None:
    content = written(QUALTRICS)
    table = read_table(content, sniff(content))
    assert (table.columns, len(table.rows), table.rows[0].number) == (QUALTRICS[0], 2, 4)
    assert table.wording == QUALTRICS[1]
    plan = imports.plan_of(drafted(content))
    assert plan.columns["Q1_1"] == Column(part=Part.QUESTION, scale="nps:0-10", about="workspace")
    assert (plan.column_of(Part.ID), plan.column_of(Part.DATE)) == ("ResponseId", "RecordedDate")


def test_the_page_shows_what_was_asked(drafted: Drafted, workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    job = drafted(as_csv(QUALTRICS))
    page = sign_in(edda).get(f"/w/{workspace.slug}/imports/{job.pk}/").content.decode()
    assert "How likely are you to recommend us?" in page
    assert "3 rows of headings" in page


@pytest.mark.parametrize(("first", "wording", "rows"), [(2, [], 4), (3, QUALTRICS[1], 3), (4, QUALTRICS[1], 2)])
def test_how_many_there_are_can_be_corrected(
    first: int, wording: list[str], rows: int, drafted: Drafted, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    job = drafted(as_csv(QUALTRICS))
    form = {"encoding": "utf-8", "delimiter": ",", "header": "1", "first": str(first)}
    sign_in(edda).post(f"/w/{workspace.slug}/imports/{job.pk}/file/", form)
    job = Job.objects.get()
    assert [found.wording for found in imports.profiles_of(job)] == (wording or [""] * 7)
    assert job.payload["rows"] == rows


def test_such_a_file_is_stored(drafted: Drafted, workspace: Workspace, edda: User) -> None:
    job = worked(imports.store_import(checked(settled(drafted(as_csv(QUALTRICS))), edda), by=edda))
    assert (job.state, values(workspace, "nps")) == ("done", [9, 3])


def dry(job: Job, client: Client, workspace: Workspace) -> str:
    """The page of an import that was checked."""
    return str(client.get(f"/w/{workspace.slug}/imports/{job.pk}/").content.decode())


def test_rows_that_say_a_questionnaire_otherwise_are_named_and_refused(
    drafted: Drafted, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    job = checked(settled(drafted("id,nps\na,9\nb,8\na,3\na,4\n")), edda)
    report = job.payload["checked"]
    assert (report["repeated"], report["repeated_rows"]) == (2, [[4, 2], [5, 2]])
    assert (report["answers"], report["refused"], report["same"]) == (2, 2, 0)
    assert "Row 4 repeats row 2, row 5 repeats row 2" in dry(job, sign_in(edda), workspace)


def test_rows_that_repeat_word_for_word_are_named_and_count_once(
    drafted: Drafted, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    job = checked(settled(drafted("id,nps\na,9\nb,8\na,9\n")), edda)
    report = job.payload["checked"]
    assert (report["same"], report["same_rows"], report["refused"], report["silent"]) == (1, [[4, 2]], 0, 0)
    assert "Row 4 repeats row 2" in dry(job, sign_in(edda), workspace)
    worked(imports.store_import(job, by=edda))
    assert values(workspace) == [9, 8]


def test_one_answer_a_row_is_no_repetition(drafted: Drafted, edda: User) -> None:
    content = "external_id,date,metric,score\na,2026-03-01,nps,9\na,2026-03-01,csat,4\na,2026-03-01,nps,7\n"
    report = checked(settled(drafted(content)), edda).payload["checked"]
    assert (report["answers"], report["repeated_rows"]) == (2, [[4, 2]])


def test_rows_that_are_here_already_are_named(
    brought: Drafted, drafted: Drafted, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    brought("id,nps\na,9\nb,8\n", source="Spring")
    job = checked(settled(drafted("id,nps\nc,7\na,9\nb,3\n"), source="Spring"), edda)
    assert (job.payload["checked"]["known"], job.payload["checked"]["known_rows"]) == (2, [3, 4])
    assert "Rows: 3, 4" in dry(job, sign_in(edda), workspace)
    assert Response.objects.count() == 2
