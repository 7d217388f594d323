"""What the address of the scorecards may ask, and what becomes of what it may not."""

import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from journeys.actions.journeys import archive_journey, create_journey
from personas.models import Persona
from tests.answering import Clock, Given, new_touchpoint
from tests.cast import SignIn
from tests.scorecards.pages import text
from touchpoints.actions import fold_all
from touchpoints.models import HealthDay, HealthScore, Touchpoint
from workspaces.models import SavedView, User, Workspace

HEADINGS = ["name", "priority", "health", "gap", "months", "change", "nps", "csat", "ces", "evidence", "owner"]
HEADINGS += ["measure"]


@pytest.fixture
def ask(workspace: Workspace, edda: User, sign_in: SignIn) -> Any:
    """`ask("?columns=nps")` as Edda asks; `status` it must answer."""
    client = sign_in(edda)

    def get(asked: str = "", status: int = 200) -> HttpResponse:
        answer: Any = client.get(reverse("scorecards", args=[workspace.slug]) + asked)
        assert answer.status_code == status
        return answer  # type: ignore[no-any-return]

    return get


def columns(answer: Any) -> list[str]:
    return [column.name for column in answer.context["headings"]]


@pytest.mark.parametrize("asked", ["?columns=csat,health", "?columns=health&columns=csat", "?columns=csat,health,name"])
def test_columns_are_chosen_and_stand_in_their_order(ask: Any, counter: Touchpoint, asked: str) -> None:
    answer = ask(asked)
    assert columns(answer) == ["name", "health", "csat"]
    head = answer.content.decode().split("<thead>")[1].split("</thead>")[0]
    assert head.count("<th ") == 3
    assert "Owner" not in head


def test_without_a_choice_all_columns_are_shown(ask: Any, counter: Touchpoint) -> None:
    assert columns(ask()) == columns(ask("?columns=")) == HEADINGS


def test_who_narrows_the_table_keeps_its_usual_order(ask: Any, counter: Touchpoint) -> None:
    """A browser sends the first option of a list in which nothing is chosen."""
    orders = ask().content.decode().split('name="sort"')[1].split("</select>")[0]
    assert orders.split('<option value="')[1].startswith("-priority")
    assert " selected" not in orders
    assert ask("?sort=-priority&band=unknown").context["table"].query == "?band=unknown&days=90"


def test_a_file_has_the_chosen_columns(
    ask: Any, workspace: Workspace, counter: Touchpoint, vik: User, sign_in: SignIn
) -> None:
    answer = sign_in(vik).get(reverse("scorecards_csv", args=[workspace.slug]) + "?columns=csat")
    (names, *_lines) = answer.content.decode("utf-8-sig").splitlines()
    assert names == "Touchpoint,Channel,Phase,Moment of truth,CSAT,n CSAT"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("?sort=password", "The table cannot be sorted by “password”."),
        ("?sort=--health", "The table cannot be sorted by “--health”."),
        ("?columns=health,salary", "There is no column “salary”."),
        ("?band=purple", "There is no band “purple”."),
        ("?phase=breakfast", "There is no phase “breakfast”."),
        ("?from=2026-03-10&to=2026-03-01", "The first day must not come after the last."),
        ("?from=9999-01-01&to=9999-12-31", "The first day must not come after the last."),
        ("?from=2026-03-10", "Give both days, or neither."),
        ("?days=7", "Select a valid choice."),
        ("?from=yesterday&to=today", "Enter a valid date."),
    ],
)
def test_what_cannot_be_is_said_and_the_usual_table_stands_below(
    ask: Any, at: Clock, counter: Touchpoint, asked: str, said: str
) -> None:
    answer = ask(asked, status=400)
    assert said in text(answer.content.decode())
    assert columns(answer) == HEADINGS
    assert [row.touchpoint for row in answer.context["rows"]] == [counter]
    assert answer.context["period"].length == 90


@pytest.mark.parametrize("file", ["scorecards_csv", "scorecards_xlsx", "scorecards_pdf"])
def test_no_file_is_made_of_what_cannot_be(
    workspace: Workspace, counter: Touchpoint, vik: User, sign_in: SignIn, file: str
) -> None:
    answer = sign_in(vik).get(reverse(file, args=[workspace.slug]) + "?columns=health,salary")
    assert answer.status_code == 400
    assert "There is no column “salary”." in text(answer.content.decode())


def test_a_wrong_key_is_said_back_as_text_and_not_without_end(ask: Any, counter: Touchpoint) -> None:
    answer = ask("?sort=<script>" + "x" * 5000, status=400)
    page = answer.content.decode()
    assert "<script>xxx" not in page
    assert "x" * 50 not in text(page)


def test_what_is_gone_is_said_and_the_rest_is_shown(
    ask: Any, workspace: Workspace, counter: Touchpoint, edda: User, elsewhere: Workspace
) -> None:
    journey = create_journey(workspace, name="Weekend trip", by=edda)
    archive_journey(journey, by=edda)
    foreign = Persona.objects.create(workspace=elsewhere, name="Foreigner")
    answer = ask(f"?journey={journey.pk}&persona={foreign.pk}&channel=99999999&owner=team-99999999&missed=")
    said = text(answer.content.decode())
    assert "The journey that was asked for is gone: touchpoints of all journeys are shown." in said
    assert "The persona that was asked for is gone: what everybody said is shown." in said
    assert "No touchpoint has the channel that was asked for" in said
    assert "The owner who was asked for has no touchpoint" in said
    assert "Foreigner" not in said
    assert [row.touchpoint for row in answer.context["rows"]] == [counter]


def test_a_view_is_kept_under_a_name_and_leads_back(
    ask: Any, workspace: Workspace, counter: Touchpoint, edda: User, vik: User, sign_in: SignIn
) -> None:
    client = sign_in(edda)
    where = reverse("scorecards_view_save", args=[workspace.slug])
    asked = "?band=weak&sort=name&columns=nps&columns=owner&days=30&page=3&unknown=1"
    answer = client.post(where, {"name": "Weak ones", "query": asked})
    view = SavedView.objects.get()
    assert (view.screen, view.query) == ("scorecards", "?band=weak&sort=name&days=30&columns=name,nps,owner")
    assert answer.headers["Location"] == reverse("scorecards", args=[workspace.slug]) + view.query
    page = sign_in(vik).get(reverse("scorecards", args=[workspace.slug])).content.decode()
    assert 'scorecards/?band=weak&amp;sort=name&amp;days=30&amp;columns=name,nps,owner"' in page
    assert "Save view" not in page
    removed = client.post(reverse("scorecards_view_remove", args=[workspace.slug, view.pk]), follow=True)
    assert "View “Weak ones” removed" in text(removed.content.decode())
    assert "Weak ones" not in ask().content.decode()


def test_a_view_of_a_journey_that_is_gone_says_so_and_shows_the_rest(
    ask: Any, workspace: Workspace, counter: Touchpoint, edda: User, sign_in: SignIn
) -> None:
    journey = create_journey(workspace, name="Weekend trip", by=edda)
    where = reverse("scorecards_view_save", args=[workspace.slug])
    sign_in(edda).post(where, {"name": "Of the trip", "query": f"?journey={journey.pk}"})
    query = SavedView.objects.get().query
    assert f"journey={journey.pk}" in query
    assert not ask(query).context["rows"]
    archive_journey(journey, by=edda)
    answer = ask(query)
    assert "The journey that was asked for is gone" in text(answer.content.decode())
    assert [row.touchpoint for row in answer.context["rows"]] == [counter]


@pytest.mark.usefixtures("no_doorbell")
def test_a_year_is_told_in_a_sentence_and_a_gap_is_no_line(
    ask: Any, at: Clock, counter: Touchpoint, delays: Touchpoint, given: Given
) -> None:
    given(counter, *[5] * 40)
    fold_all()
    alone = ask().content.decode()
    assert alone.count('class="months"') == 1
    assert "in March 2026; nothing is known of the months before." in alone
    at.pass_days(31)
    given(counter, *[1] * 80, occurred_at=at.today)
    fold_all()
    two = ask().content.decode().split('class="months"')[1].split("</svg>")[0]
    assert "in March 2026 to" in two
    assert two.split('d="')[1].split('"')[0].count("L") == 1
    HealthDay.objects.filter(day__month=4).delete()
    HealthScore.objects.update(day=at.today + datetime.timedelta(days=31))
    at.pass_days(31)
    apart = ask().content.decode().split('class="months"')[1].split("</svg>")[0]
    assert apart.split('d="')[1].split('"')[0].count("M") == 2
    assert "style=" not in apart


@pytest.mark.usefixtures("no_doorbell")
def test_fifty_touchpoints_stand_on_a_page_and_order_and_filter_know_all(
    ask: Any, at: Clock, workspace: Workspace, given: Given
) -> None:
    for number in range(60):
        new_touchpoint(workspace, f"Stop {number:02}")
    last = Touchpoint.objects.get(name="Stop 59")
    given(last, *[1] * 30)
    fold_all()
    first = ask("?sort=name")
    assert len(first.context["rows"]) == 50
    assert "60 touchpoints" in text(first.content.decode())
    assert "Page 1 of 2" in text(first.content.decode())
    assert [str(row.touchpoint) for row in ask("?sort=name&page=2").context["rows"]] == [
        f"Stop {number}" for number in range(50, 60)
    ]
    assert ask("?sort=csat").context["rows"][0].touchpoint == last
    assert [row.touchpoint for row in ask("?band=critical").context["rows"]] == [last]
    assert "sort=name&amp;page=2" in first.content.decode()
