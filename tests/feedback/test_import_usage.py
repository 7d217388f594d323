"""A file that counts: understood by its names, tried before anything is stored, stored all or nothing."""

import datetime
import io
import secrets
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from feedback.actions import Used, record_usage
from feedback.actions.imports import Upload
from feedback.actions.usage_files import begin_usage, cancel_usage, check_usage, discard_usage, store_usage
from feedback.models import UsageDay
from feedback.tasks import import_counts
from feedback.views.pages import problems_in
from personas.models import Persona
from tests.answering import TODAY, Clock, new_touchpoint
from tests.cast import SignIn
from touchpoints.models import Touchpoint
from workspaces.errors import Refused
from workspaces.models import Job, User, Workspace

Begun = Callable[..., Job]
GERMAN = (
    "Kunden;Berührungspunkt;TAG;Abschlüsse;Besuche;Beschwerden;Quelle\n5;delay information;14.03.2026;2;3;1;Kasse\n"
)
ENGLISH = "touchpoint,completed,Day,visits,contacts,weather,Complaints\nDelay information,2,2026-03-14,3,5,fair,1\n"


@pytest.fixture
def begun(at: Clock, workspace: Workspace, edda: User, no_doorbell: None) -> Begun:
    """`begun("day,touchpoint,visits\\n…")`: Edda has uploaded this, and a worker has checked it."""

    def begin(content: str | bytes) -> Job:
        content = content.encode() if isinstance(content, str) else content
        upload = Upload("till.csv", content)
        return worked(begin_usage(workspace, upload, source="till", key=secrets.token_hex(8), by=edda))

    return begin


def worked(job: Job) -> Job:
    """As a worker leaves it."""
    import_counts(job.pk)
    return Job.objects.get(pk=job.pk)


def stored(job: Job, by: User) -> Job:
    """As a worker leaves it that was told to store it."""
    return worked(store_usage(job, by=by))


def told(job: Job) -> list[tuple[int, str, str]]:
    """Row, column and message of each problem."""
    return [(one.row, one.column, one.message) for one in problems_in(job.payload["report"])]


@pytest.mark.parametrize(("content", "source"), [(GERMAN, "Kasse"), (ENGLISH, "till")], ids=["German", "English"])
def test_columns_are_understood_by_their_names(
    content: str, source: str, delays: Touchpoint, edda: User, begun: Begun
) -> None:
    job = stored(begun(content), edda)
    assert (job.state, job.result) == ("done", {"rows": 1, "changed": 1, "unchanged": 0})
    day = UsageDay.objects.get()
    assert (day.source, day.subject, day.persona) == (source, delays.subject, None)
    assert (day.day, day.contacts, day.visits, day.completed, day.complaints) == (
        datetime.date(2026, 3, 14),
        5,
        3,
        2,
        1,
    )
    assert job.upload is None


def test_a_workbook_is_read_as_well(delays: Touchpoint, commuter: Persona, edda: User, begun: Begun) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Datum", "Touchpoint", "Kontakte", "Persona"])
    book.active.append([datetime.date(2026, 3, 13), "Delay information", 7, "commuter"])
    file = io.BytesIO()
    book.save(file)
    assert stored(begun(file.getvalue()), edda).state == "done"
    day = UsageDay.objects.get()
    assert (day.day, day.contacts, day.persona) == (datetime.date(2026, 3, 13), 7, commuter)


def test_the_dry_run_names_what_it_found_and_stores_nothing(
    workspace: Workspace, delays: Touchpoint, begun: Begun
) -> None:
    record_usage(
        workspace, [Used("till", delays.subject_id, datetime.date(2026, 3, day), contacts=5) for day in (1, 2)]
    )
    rows = (
        "01.03.2026,Delay information,5",
        "02.03.2026,Delay information,6",
        "03.03.2026,Kiosk,1",
        "04.03.2026,Kiosk,1",
    )
    report = begun("day,touchpoint,contacts,clerk\n" + "".join(f"{row},Ines\n" for row in rows)).payload["report"]
    assert (report["rows"], report["counts"], report["refused"]) == (4, 2, 2)
    assert (report["known"], report["unknown"]) == ([["Delay information", 2]], [["Kiosk", 2]])
    assert (report["replaced"], report["replaced_days"]) == (1, ["2026-03-02"])
    assert (report["unread"], report["totals"]["contacts"]) == (["clerk"], 11)
    assert sorted(UsageDay.objects.values_list("contacts", flat=True)) == [5, 5]


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("yesterday,Delay information,3,2", "day", "“yesterday” is not a date."),
        ("2026-03-17,Delay information,3,2", "day", "The day is before 1970 or more than a day ahead."),
        ("2026-03-14,Kiosk,3,2", "touchpoint", "“Kiosk” is not in the library."),
        ("2026-03-14,,3,2", "touchpoint", "“” is not in the library."),
        ("2026-03-14,Delay information,3.5,2", "visits", "“3.5” is not a whole number."),
        ("2026-03-14,Delay information,1.200,2", "visits", "“1.200” is not a whole number."),
        ("2026-03-14,Delay information,-3,", "visits", "Visits are a whole number from 0 to 10,000,000."),
        ("2026-03-14,Delay information,3,4", "completed", "More visits are completed than there were."),
        ("2026-03-14,Delay information,,", "", "The row counts nothing."),
        ("2026-03-14,Delay information", "", "The row has 2 cells, but there are 4 columns."),
        ("2026-03-13,Delay information,3,2", "day", "The same day of the same touchpoint stands in row 2 already."),
    ],
)
def test_each_fault_is_told_by_row_and_column(
    row: str, column: str, said: str, delays: Touchpoint, edda: User, begun: Begun
) -> None:
    job = begun(f"day,touchpoint,visits,completed\n2026-03-13,Delay information,3,2\n{row}\n")
    assert told(job) == [(3, column, said)]
    with pytest.raises(Refused):
        store_usage(job, by=edda)
    assert not UsageDay.objects.exists()


@pytest.mark.parametrize(
    ("content", "missing"),
    [
        ("day,touchpoint\n2026-03-14,Kiosk\n", "contacts, visits, completed or complaints"),
        ("touchpoint,visits\nKiosk,3\n", "day"),
        ("a,b\n1,2\n", "day; touchpoint; contacts, visits, completed or complaints"),
    ],
)
def test_a_file_that_does_not_count_is_refused(content: str, missing: str, begun: Begun) -> None:
    with pytest.raises(Refused, match=f"no column for: {missing}"):
        begun(content)
    assert not Job.objects.exists()


def test_a_file_may_count_complaints_alone(delays: Touchpoint, edda: User, begun: Begun) -> None:
    file = "day,touchpoint,Reklamationen\n2026-03-14,Delay information,{}\n"
    job = begun(file.format(4))
    assert (job.payload["report"]["counts"], job.payload["report"]["totals"]["complaints"]) == (1, 4)
    assert stored(job, edda).state == "done"
    assert UsageDay.objects.get().complaints == 4
    assert begun(file.format(5)).payload["report"]["replaced"] == 1
    assert told(begun(file.format(-1))) == [
        (2, "Reklamationen", "Complaints are a whole number from 0 to 10,000,000."),
    ]


def test_a_touchpoint_that_was_made_meanwhile_is_found_by_checking_again(
    workspace: Workspace, edda: User, begun: Begun
) -> None:
    job = begun("day,touchpoint,visits\n2026-03-14,Kiosk,3\n")
    assert job.payload["report"]["refused"] == 1
    new_touchpoint(workspace, "Kiosk")
    assert stored(worked(check_usage(job, by=edda)), edda).state == "done"


def test_the_same_file_again_changes_nothing_and_a_later_one_replaces(
    delays: Touchpoint, edda: User, begun: Begun
) -> None:
    content = "day,touchpoint,visits\n2026-03-14,Delay information,{}\n"
    stored(begun(content.format(3)), edda)
    assert stored(begun(content.format(3)), edda).result["changed"] == 0
    assert stored(begun(content.format(4)), edda).result["changed"] == 1
    assert UsageDay.objects.get().visits == 4


def test_what_became_impossible_meanwhile_stores_nothing(
    workspace: Workspace, delays: Touchpoint, edda: User, begun: Begun
) -> None:
    new_touchpoint(workspace, "Kiosk")
    job = begun("day,touchpoint,visits\n2026-03-14,Delay information,3\n2026-03-14,Kiosk,3\n")
    Touchpoint.objects.filter(name="Kiosk").update(name="Shop")
    job = stored(job, edda)
    assert (job.state, "Check them again" in job.error) == ("failed", True)
    assert not UsageDay.objects.exists()
    with pytest.raises(Refused):
        store_usage(job, by=edda)
    assert told(worked(check_usage(job, by=edda))) == [(3, "touchpoint", "“Kiosk” is not in the library.")]


@pytest.mark.parametrize("storing", [False, True], ids=["check", "store"])
def test_who_cancels_stores_nothing_and_may_go_on(storing: bool, delays: Touchpoint, edda: User, begun: Begun) -> None:
    job = begun("day,touchpoint,visits\n2026-03-14,Delay information,3\n")
    job = store_usage(job, by=edda) if storing else check_usage(job, by=edda)
    cancel_usage(job)
    job = worked(job)
    assert (job.state, UsageDay.objects.exists()) == ("cancelled", False)
    assert stored(worked(check_usage(job, by=edda)), edda).state == "done"
    cancel_usage(job)
    assert Job.objects.get().state == "done"
    with pytest.raises(Refused):
        discard_usage(job, by=edda)


def test_many_rows_are_tried_with_few_statements(
    workspace: Workspace, delays: Touchpoint, begun: Begun, django_assert_max_num_queries: Any
) -> None:
    days = [TODAY - datetime.timedelta(days=number) for number in range(300)]
    content = "day,touchpoint,visits\n" + "".join(f"{day},Delay information,3\n" for day in days)
    with django_assert_max_num_queries(25):
        assert begun(content).payload["report"]["counts"] == 300


def test_the_page_leads_from_the_file_to_what_is_stored(
    at: Clock, workspace: Workspace, delays: Touchpoint, edda: User, sign_in: SignIn, no_doorbell: None
) -> None:
    client, home = sign_in(edda), f"/w/{workspace.slug}"
    form = {"file": SimpleUploadedFile("till.csv", ENGLISH.encode()), "key": "once", "source": "till"}
    page = client.post(f"{home}/answers/usage/", form, follow=True)
    assert "Checking every row" in page.content.decode()
    job = worked(Job.objects.get())
    here = f"{home}/usage/{job.pk}/"
    assert "Store 1 count" in client.get(here).content.decode()
    assert "checked, not stored" in client.get(f"{home}/answers/").content.decode()
    client.post(f"{here}store/")
    assert "Waiting for a worker" in client.get(here).content.decode()
    client.post(f"{here}cancel/")
    worked(job)
    assert "The import was cancelled." in client.get(here).content.decode()
    for step in ("check", "store"):
        client.post(f"{here}{step}/")
        worked(job)
    assert "1 count is stored." in client.get(here).content.decode()
    assert f"/usage/{job.pk}/" in client.get(f"{home}/answers/").content.decode()
    assert 'value="till"' in client.get(f"{home}/answers/usage/").content.decode()


def test_what_is_no_table_of_counts_is_told_at_the_file(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    for content, said in ((b"", "The file is empty."), (b"a,b\n1,2\n", "no column for")):
        form = {"file": SimpleUploadedFile("till.csv", content), "key": "once", "source": "till"}
        answer = sign_in(edda).post(f"/w/{workspace.slug}/answers/usage/", form)
        assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_a_viewer_cannot_import_counts(workspace: Workspace, vik: User, sign_in: SignIn) -> None:
    assert sign_in(vik).get(f"/w/{workspace.slug}/answers/usage/").status_code == 403
