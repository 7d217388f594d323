"""A map that comes as a spreadsheet, by the pages: nothing is stored before somebody agrees, then all of it."""

import io
from decimal import Decimal

import pytest
import xlsxwriter
from django.test import Client
from django.urls import reverse

from feedback.models import Insight
from journeys.models import Change, Journey, LaneCell, Placement
from tests.cast import SignIn, member_of
from tests.journeys.scene import order
from tests.journeys.sheets import LIST, at, draft, upload, workbook
from touchpoints.actions import create_touchpoint
from touchpoints.models import Channel, Touchpoint
from workspaces.models import Job, JobState, Team, User, Workspace

NAMED = {"name": "Our map", "category": "use", "standing": "as_is"}


@pytest.fixture
def client(edda: User, sign_in: SignIn) -> Client:
    return sign_in(edda)


def test_it_is_looked_at_and_then_drawn(client: Client, workspace: Workspace, edda: User) -> None:
    Team.objects.create(workspace=workspace, name="Leitstelle")
    known = create_touchpoint(workspace, name="plakat", importance=1, by=edda)
    answer = upload(client, workspace, workbook(LIST))
    job = draft(workspace)
    assert answer.headers["Location"] == at("sheet", job)
    page = client.get(at("sheet", job)).content.decode()
    for shown in (
        "Where it will stand",
        "Fahrplan",
        "1 is in your library already",
        "“Niemand”",
        "Wetter: heiter",
    ):
        assert shown in page
    assert not Journey.objects.exists()
    assert Touchpoint.objects.count() == 1
    assert client.post(at("sheet_draw", job), NAMED).headers["Location"].endswith(f"/{Journey.objects.get().pk}/")
    journey = Journey.objects.get()
    assert order(journey) == {"awareness": "plakat", "consideration": "Fahrplan Tarife", "purchase": "Automat"}
    plan = Placement.objects.get(journey=journey, touchpoint__name="Fahrplan")
    assert (str(plan.touchpoint.owner), plan.moment_of_truth, str(plan.touchpoint.channel)) == (
        "Leitstelle",
        True,
        "App",
    )
    assert set(Insight.objects.values_list("text", "kind")) == {("zu klein", "pain"), ("veraltet", "pain")}
    assert LaneCell.objects.get().text == "heiter"
    known.refresh_from_db()
    assert (known.importance, known.version) == (1, 1)
    assert journey.phases.get(kind="consideration").label == "Erwägung"
    assert Change.objects.get(journey=journey).what == {"source": "spreadsheet", "name": "map.xlsx", "count": 4}


def test_what_nobody_knows_becomes_lanes_of_the_team_s_own(client: Client, workspace: Workspace) -> None:
    rows: list[list[object]] = [
        ["Phase", "Touchpoint", "Calls", "Weather", "Calls", "Visits"],
        ["Kauf", "Pay", "1,5", "fair", 2, "1,234"],
        ["Kauf", "Go", 3],
    ]
    upload(client, workspace, workbook(rows))
    page = client.get(at("sheet", draft(workspace))).content.decode()
    assert "“Calls” as a whole" in page, "the second of that name"
    client.post(at("sheet_draw", draft(workspace)), NAMED)
    cells = LaneCell.objects.order_by("placement__position", "lane__position")
    assert [(cell.lane.name, cell.text, cell.number) for cell in cells.select_related("lane")] == [
        ("Calls", "", Decimal("1.5")),
        ("Weather", "fair", None),
        ("Visits", "1,234", None),
        ("Calls", "", Decimal(3)),
    ]


def test_drawn_twice_it_is_one_map(client: Client, workspace: Workspace) -> None:
    upload(client, workspace, workbook(LIST))
    upload(client, workspace, workbook(LIST))
    job = draft(workspace)
    assert Job.objects.of(workspace).count() == 1, "the form's own key"
    first = client.post(at("sheet_draw", job), NAMED).headers["Location"]
    assert client.post(at("sheet_draw", job), NAMED).headers["Location"] == first
    assert client.get(at("sheet", job)).headers["Location"] == first
    job.refresh_from_db()
    assert (Journey.objects.count(), job.state, job.upload) == (1, JobState.DONE, None)


def test_a_person_says_what_columns_and_phases_mean(client: Client, workspace: Workspace) -> None:
    rows = [["Wann", "Was", "Wie", "Sonst"], ["Vorher", "Poster", "App", "a"], ["Beim Kauf", "Pay", "App", "b"]]
    upload(client, workspace, workbook(rows))
    job = draft(workspace)
    page = client.get(at("sheet", job)).content.decode()
    assert "No touchpoint can be read." in page
    assert client.post(at("sheet_draw", job), NAMED).status_code == 422
    said = {"layout": "list", "header": "1", "scale": "-2..2", "meaning_0": "phase", "meaning_1": "touchpoint"}
    said |= {"meaning_2": "channel", "meaning_3": "backstage"}
    client.post(at("sheet", job), said)
    client.post(at("sheet", job), said | {"phase_0": "awareness", "phase_1": "purchase"})
    client.post(at("sheet_draw", job), NAMED)
    journey = Journey.objects.get()
    assert order(journey) == {"awareness": "Poster", "purchase": "Pay"}
    assert Placement.objects.get(journey=journey, touchpoint__name="Pay").backstage == "b"
    assert journey.phases.get(kind="awareness").label == "Vorher"


def test_one_thing_is_said_in_one_place(client: Client, workspace: Workspace) -> None:
    upload(client, workspace, workbook([["A", "B"], ["x", "y"]]))
    said = {"layout": "list", "header": "1", "scale": "-2..2", "meaning_0": "touchpoint", "meaning_1": "touchpoint"}
    answer = client.post(at("sheet", draft(workspace)), said)
    assert (answer.status_code, "Another one means this already." in answer.content.decode()) == (422, True)


def test_a_list_is_read_as_a_grid_and_back(client: Client, workspace: Workspace) -> None:
    upload(client, workspace, workbook(LIST))
    job = draft(workspace)
    columns = {f"meaning_{index}": "nothing" for index in range(9)}
    phases = {f"phase_{place}": "" for place in range(4)}
    said = {"header": "1", "scale": "-2..2", **columns, **phases}
    client.post(at("sheet", job), said | {"layout": "grid"})
    job.refresh_from_db()
    assert job.payload["plan"]["layout"] == "grid"
    form = client.get(at("sheet", job)).context["form"]
    body = {name: form[name].value() for name in form.fields} | {"layout": "list"}
    client.post(at("sheet", job), body)
    job.refresh_from_db()
    assert job.payload["plan"]["meanings"]["1"] == "touchpoint"


def test_cells_are_pasted(client: Client, workspace: Workspace) -> None:
    text = 'Phase\tTouchpoint\tPain points\nPurchase\tKiosk\t"closed\ndear"\n\tApp\t\n'
    body = {"text": text, "key": "k"}
    client.post(reverse("sheet_create", args=[workspace.slug]), body)
    client.post(at("sheet_draw", draft(workspace)), NAMED)
    assert order(Journey.objects.get()) == {"purchase": "Kiosk App"}
    assert Insight.objects.count() == 2


def test_pasted_quotation_marks_are_kept(client: Client, workspace: Workspace) -> None:
    text = 'Phase\tTouchpoint\tQuote\nPurchase\tKiosk\t"Great", she said\n\tApp\t5" is small\n'
    client.post(reverse("sheet_create", args=[workspace.slug]), {"text": text, "key": "k"})
    job = draft(workspace)
    assert client.get(at("sheet", job)).context["drawing"]["name"].value() == "", "nobody has named it yet"
    client.post(at("sheet_draw", job), NAMED)
    said = Placement.objects.order_by("pk").values_list("touchpoint__name", "quote")
    assert list(said) == [("Kiosk", '"Great", she said'), ("App", '5" is small')]


def test_an_empty_first_sheet_is_passed_over(client: Client, workspace: Workspace) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("Cover")
        book.add_worksheet("Map").write_row(0, 0, ["Phase", "Touchpoint"])
        book.get_worksheet_by_name("Map").write_row(1, 0, ["Kauf", "Kiosk"])
        book.add_worksheet("Notes").write(0, 0, "done in March")
    upload(client, workspace, file.getvalue())
    page = client.get(at("sheet", draft(workspace)))
    assert page.context["form"]["sheet"].value() == "Map"
    assert [one.name for one in page.context["reading"].stations] == ["Kiosk"]
    chosen = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    answer = client.post(at("sheet", draft(workspace)), chosen | {"sheet": "Cover"})
    assert answer.status_code == 422
    client.post(at("sheet", draft(workspace)), chosen | {"sheet": "Notes"})
    assert "No touchpoint can be read." in client.get(at("sheet", draft(workspace))).content.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0 old", "old or a protected Excel workbook"),
        (b"PK\x03\x04 torn", "damaged"),
        (bytes(range(256)) * 8, "neither CSV text nor an Excel workbook"),
        (b"   ", "The file is empty."),
        (b"a\n" * 6000, "more than 5000 rows"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, said: str, client: Client, workspace: Workspace) -> None:
    answer = upload(client, workspace, content)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Job.objects.exists()


def test_neither_file_nor_text_or_both(client: Client, workspace: Workspace) -> None:
    url = reverse("sheet_create", args=[workspace.slug])
    assert client.post(url, {"key": "k", "text": " "}).status_code == 422
    assert "one of the two" in client.post(url, {"key": "k", "text": ""}).content.decode()


def test_markup_is_shown_as_text(client: Client, workspace: Workspace) -> None:
    rows = [["Phase", "Touchpoint", "<b>x</b>"], ["Kauf", "<script>alert(1)</script>", "<i>"]]
    upload(client, workspace, workbook(rows))
    page = client.get(at("sheet", draft(workspace))).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "<b>x</b>" not in page


def test_a_draft_is_thrown_away(client: Client, workspace: Workspace) -> None:
    upload(client, workspace, workbook(LIST))
    client.post(at("sheet_discard", draft(workspace)))
    assert not Job.objects.exists()


def test_the_empty_template_is_a_workbook(client: Client, workspace: Workspace) -> None:
    answer = client.get(reverse("sheet_blank", args=[workspace.slug]))
    assert answer.content.startswith(b"PK")
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')


def test_a_member_is_named_as_owner(client: Client, workspace: Workspace, edda: User) -> None:
    client.post(
        reverse("sheet_create", args=[workspace.slug]), {"key": "k", "text": "Phase\tName\tOwner\nKauf\tKiosk\tedda"}
    )
    client.post(at("sheet_draw", draft(workspace)), NAMED)
    assert Touchpoint.objects.get(name="Kiosk").owner == member_of(workspace, edda)
    assert not Channel.objects.of(workspace).filter(name="").exists()


def test_viewer_and_outsider_bring_nothing(
    workspace: Workspace, edda: User, vik: User, otto: User, sign_in: SignIn
) -> None:
    upload(sign_in(edda), workspace, workbook(LIST))
    for person, code in ((vik, 403), (otto, 404)):
        assert upload(sign_in(person), workspace, workbook(LIST), key="other").status_code == code
        assert sign_in(person).post(at("sheet_draw", draft(workspace)), NAMED).status_code == code
    assert not Journey.objects.exists()
