"""GET scorecards/: the table of the scorecards for programs, with the page's figures."""

import base64
import csv
import datetime
import io
import json
from typing import Any

import pytest
from django.template.defaultfilters import floatformat
from django.test import Client
from django.urls import reverse

from feedback.actions import Used, record_usage
from journeys.actions.journeys import archive_journey
from journeys.actions.placements import place_touchpoint
from journeys.models import Journey
from personas.models import Persona
from tests.answering import TODAY, Clock, Given, new_touchpoint
from tests.cast import SignIn, member_of
from tests.journeys.scene import drawn, phase
from tests.rest import Rest
from tests.scorecards.pages import text
from tests.scorecards.pulling import Rows, close, scores, sent, told
from touchpoints.actions import archive_touchpoint, fold_all
from touchpoints.health.figures import Figure
from touchpoints.models import Channel, Touchpoint
from workspaces.models import User, Workspace

DAY = datetime.timedelta(days=1)
ASKED = ["", "?sort=-health", "?band=critical", "?sort=nps", "?days=30", "?missed=true&sort=name", "?real=true"]
ASKED += ["?idle=true", "?persona={persona}&sort=name", "?journey={journey}"]
COLUMNS = {"priority", "priority_journey", "health", "target", "gap", "below_target", "months", "change", "owner"}


@pytest.fixture
def answered(at: Clock, workspace: Workspace, olga: User, given: Given, commuter: Persona) -> Workspace:
    """On a commuter's way: a desk that has really fallen, an app that four would recommend; and what is never heard."""
    drawn(workspace, olga, "Commute", purchase="Desk", retention="App")
    back = drawn(workspace, olga, "Return")
    desk, app = (Touchpoint.objects.get(name=name) for name in ("Desk", "App"))
    place_touchpoint(back, desk, phase=phase(back, "advocacy"), after=None, by=olga)
    given(desk, *[5] * 40, occurred_at=TODAY - 120 * DAY)
    given(desk, *[1] * 38, 2, 3, persona=commuter)
    given(desk, *[9, 3, 1] * 5, metric="nps")
    given(desk, 7, 7, 6, 2, metric="ces")
    given(app, *[5] * 40)
    given(app, *[9] * 4, metric="nps")
    new_touchpoint(workspace, "Lounge")
    close(desk.subject, datetime.date(2026, 1, 31), 81.5)
    record_usage(workspace, [Used("log", app.subject_id, TODAY, contacts=190, visits=80, completed=61)])
    fold_all()
    return workspace


def lines(client: Client, path: str = "") -> Rows:
    """All lines of all pages."""
    return [row for page in Rest(client).pages(f"scorecards/{path}") for row in page["results"]]


def figure(found: Figure) -> dict[str, Any] | None:
    """As the page shows it."""
    return {"value": found.value, "low": found.low, "high": found.high} if found.shown else None


@pytest.mark.usefixtures("no_doorbell")
@pytest.mark.parametrize("path", ASKED)
def test_lines_and_figures_are_those_of_the_page(
    tess: Client, vik: User, sign_in: SignIn, answered: Workspace, commuter: Persona, path: str
) -> None:
    path = path.format(persona=commuter.pk, journey=Journey.objects.get(name="Return").pk)
    page = sign_in(vik).get(reverse("scorecards", args=[answered.slug]) + path)
    shown = page.context["rows"]
    rows = lines(tess, path)
    assert told(rows, "touchpoint", "name") == [(row.touchpoint.pk, row.touchpoint.name) for row in shown]
    for line, row in zip(rows, shown, strict=True):
        health, change = line["health"], line["change"]
        assert told([health], "score", "band", "state", "answers") == [
            (row.number, row.band, row.evidence, row.answers)
        ]
        if row.number is not None:
            assert round(health["exact"]) == row.number
            assert (round(health["low"]), round(health["high"])) == (row.low, row.high)
        assert told([line], "target", "gap", "below_target") == [(row.touchpoint.target, row.gap, row.below_target)]
        assert line["priority"] == row.priority
        assert told([change], "delta", "low", "high", "p", "n_before", "n", "verdict") == [
            tuple(getattr(row.change, name) for name in ("delta", "low", "high", "p", "before", "after", "verdict"))
        ]
        for metric in ("nps", "csat", "ces"):
            found = row.figures.get(metric)
            assert (line[metric] is None) == (not found)
            if found:
                assert line[metric]["headline"] == figure(found[0].headline)
                assert line[metric]["answers"] == row.asked(metric)
        assert told(line["months"], "day", "score", "exact") == [
            (month.day.isoformat(), month.number, month.exact) for month in page.context["months"][row.touchpoint.pk]
        ]


@pytest.mark.usefixtures("no_doorbell")
def test_figures_are_those_of_the_page_s_html_and_of_its_file(
    tess: Client, vik: User, sign_in: SignIn, answered: Workspace
) -> None:
    client = sign_in(vik)
    page = client.get(reverse("scorecards", args=[answered.slug]) + "?sort=name").content.decode()
    file = client.get(reverse("scorecards_csv", args=[answered.slug]) + "?sort=name").content.decode("utf-8-sig")
    rows = lines(tess, "?sort=name")
    in_page = [text("<main" + part.split("</tr>")[0]) for part in page.split("<tbody>")[1].split("<tr")[1:]]
    in_file = list(csv.DictReader(io.StringIO(file)))
    assert len(in_page) == len(in_file) == len(rows) == 3
    for line, html, cells in zip(rows, in_page, in_file, strict=True):
        assert line["name"] in html
        assert cells["Touchpoint"] == line["name"]
        assert cells["Health"] == ("" if line["health"]["score"] is None else str(line["health"]["score"]))
        assert cells["Answers"] == str(line["health"]["answers"])
        headlines = [line[metric] and line[metric]["headline"] for metric in ("nps", "csat", "ces")]
        values = [found and found["value"] for found in headlines]
        signed = (("NPS", values[0]), ("Change", line["change"]["delta"]), ("Priority", line["priority"]))
        means = (("CSAT", values[1]), ("CES", values[2]))
        shown = {name: "" if value is None else f"{value:.1f}" for name, value in signed}
        shown |= {name: "" if value is None else floatformat(value, "2u") for name, value in means}
        for name, number in shown.items():
            assert cells[name] == (number and str(float(number)))
            assert number.removeprefix("-") in html
        assert [cells[f"n {name}"] for name in ("NPS", "CSAT", "CES")] == [
            str(line[metric]["answers"] if line[metric] else 0) for metric in ("nps", "csat", "ces")
        ]


@pytest.mark.usefixtures("answered")
def test_what_the_page_does_not_show_as_a_number_is_null(tess: Client) -> None:
    by_name = {row["name"]: row for row in lines(tess)}
    assert by_name["App"]["nps"] == {"metric": "nps", "scale": "0-10", "answers": 4, "headline": None, "top": None}
    assert by_name["Desk"]["ces"]["headline"] is None
    lounge = by_name["Lounge"]
    assert told([lounge], "nps", "csat", "ces", "priority", "priority_journey", "gap", "months") == [
        (None, None, None, None, None, None, [])
    ]
    health = lounge["health"]
    assert told([health], "score", "exact", "sd", "low", "high", "band", "last_heard") == [(None,) * 7]
    assert (health["state"], health["answers"]) == ("unknown", 0)
    assert (lounge["change"]["delta"], lounge["change"]["verdict"]) == (None, "too few answers")


@pytest.mark.usefixtures("answered")
def test_a_line_says_where_its_touchpoint_stands_and_who_answers_for_it(
    tess: Client, workspace: Workspace, edda: User
) -> None:
    channel = Channel.objects.create(workspace=workspace, name="Counter", icon="store")
    edda_here = member_of(workspace, edda)
    Touchpoint.objects.filter(name="Desk").update(channel=channel, owner_member=edda_here)
    (desk,) = [row for row in lines(tess) if row["name"] == "Desk"]
    assert desk["channel"] == {"id": channel.pk, "name": "Counter", "icon": "store"}
    assert desk["owner"] == {"member": edda_here.pk, "name": str(edda_here)}
    assert desk["phases"] == ["purchase", "advocacy"]
    assert told(desk["journeys"], "name", "phase") == [("Commute", "purchase"), ("Return", "advocacy")]
    highest = max(desk["journeys"], key=lambda one: one["priority"])
    assert (desk["priority"], desk["priority_journey"]) == (highest["priority"], highest["journey"])
    assert told(lines(tess, f"?channel={channel.pk}"), "name") == ["Desk"]
    assert told(lines(tess, f"?owner=member-{edda_here.pk}"), "name") == ["Desk"]
    assert told(lines(tess, "?phase=retention"), "name") == ["App"]
    on_return = lines(tess, f"?journey={highest['journey']}")
    assert all(len(row["journeys"]) == 1 for row in on_return)


@pytest.mark.usefixtures("answered")
def test_months_are_those_of_the_scores_over_time(tess: Client) -> None:
    (desk,) = [row for row in lines(tess) if row["name"] == "Desk"]
    names = ("period", "day", "score", "exact", "band")
    rows = scores(tess, f"?touchpoint={desk['touchpoint']}&totals=true&every=month&from=2025-04-01")
    assert told(desk["months"], *names) == told(rows, *names)
    assert told(desk["months"], "period") == ["2026-01-01", "2026-03-01"]


@pytest.mark.usefixtures("answered", "no_doorbell")
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_finding_is_the_page_s_in_the_program_s_language(
    tess: Client, workspace: Workspace, vik: User, sign_in: SignIn, language: str
) -> None:
    vik.language = language
    vik.save()
    page = sign_in(vik).get(reverse("scorecards", args=[workspace.slug]) + "?band=strong")
    told_ = Rest(tess).get("scorecards/?band=strong", Accept_Language=language).json()
    assert told_["finding"] == " ".join(page.context["finding"])
    assert told_["kinds"][0] == "weak or critical"
    assert len(told_["kinds"]) == len(page.context["finding"])
    assert ("weak" in told_["finding"]) == (language == "en")


def test_nothing_is_said_of_a_workspace_without_answers(tess: Client, at: Clock, counter: Touchpoint) -> None:
    told_ = Rest(tess).get("scorecards/").json()
    assert (told_["finding"], told_["kinds"], told_["count"]) == (None, [], 1)


@pytest.mark.usefixtures("answered")
def test_columns_leave_out_the_rest(tess: Client) -> None:
    (line, *_others) = lines(tess, "?columns=owner,csat,evidence")
    identity = {"touchpoint", "name", "channel", "phases", "moment_of_truth", "journeys"}
    assert set(line) == {*identity, "health", "csat", "owner"}
    assert set(lines(tess)[0]) == identity | COLUMNS | {"nps", "csat", "ces", "measures"}


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize("sort", ["name", "-priority", "nps"])
def test_pages_hold_each_line_once_in_the_order_asked_for(tess: Client, sort: str) -> None:
    pages = Rest(tess).pages(f"scorecards/?limit=2&sort={sort}")
    assert [(len(page["results"]), page["count"]) for page in pages] == [(2, 3), (1, 3)]
    told_ = [row["name"] for page in pages for row in page["results"]]
    assert told_ == told(lines(tess, f"?sort={sort}"), "name")


@pytest.mark.usefixtures("answered")
def test_a_line_that_comes_before_the_page_makes_none_appear_twice(tess: Client, workspace: Workspace) -> None:
    first = Rest(tess).get("scorecards/?limit=2&sort=name").json()
    new_touchpoint(workspace, "Advert")
    second = Rest(tess).get(first["next"]).json()
    assert told(first["results"] + second["results"], "name") == ["App", "Desk", "Lounge"]


@pytest.mark.usefixtures("answered")
def test_a_line_that_goes_takes_no_other_with_it(tess: Client, workspace: Workspace, edda: User) -> None:
    first = Rest(tess).get("scorecards/?limit=1&sort=-name").json()
    archive_touchpoint(Touchpoint.objects.get(pk=first["results"][0]["touchpoint"]), by=edda)
    assert told(Rest(tess).get(first["next"]).json()["results"], "name") == ["Desk"]


@pytest.mark.usefixtures("no_doorbell")
def test_statements_do_not_grow_with_the_lines(
    tess: Client, at: Clock, workspace: Workspace, olga: User, given: Given
) -> None:
    drawn(workspace, olga, "Commute", purchase="Desk")
    given(Touchpoint.objects.get(name="Desk"), *[4] * 6)
    fold_all()
    Rest(tess).get("scorecards/")  # a token's first call also notes that it was used
    few = sent(tess, "scorecards/")
    for number in range(30):
        drawn(workspace, olga, f"Trip {number}", purchase=f"Stop{number}")
        given(Touchpoint.objects.get(name=f"Stop{number}"), *[4] * 6)
    fold_all()
    sent(tess, "scorecards/")
    assert sent(tess, "scorecards/") <= few
    assert len(lines(tess)) == 31


@pytest.mark.usefixtures("answered")
def test_what_has_not_changed_costs_a_304(tess: Client, given: Given) -> None:
    first = Rest(tess).get("scorecards/")
    assert Rest(tess).get("scorecards/", If_None_Match=first.headers["ETag"]).status_code == 304
    given(Touchpoint.objects.get(name="App"), *[1] * 9)
    fold_all()
    assert Rest(tess).get("scorecards/", If_None_Match=first.headers["ETag"]).status_code == 200


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("?from=2026-03-15&to=2026-03-14", "from"),
        ("?to=9999-12-31", "to"),
        ("?days=7", "days"),
        ("?sort=password", "sort"),
        ("?sort=months", "sort"),
        ("?columns=health,salary", "columns"),
        ("?columns=", "columns"),
        ("?band=purple", "band"),
        ("?phase=breakfast", "phase"),
        ("?owner=touchpoint-1", "owner"),
        ("?page=2", "page"),
        ("?limit=501", "limit"),
        ("?cursor=x", "cursor"),
        ("?cursor=" + base64.urlsafe_b64encode(json.dumps([1, 0]).encode()).decode(), "cursor"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(tess: Client, at: Clock, path: str, name: str) -> None:
    answer = Rest(tess).get(f"scorecards/{path}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [name]


@pytest.mark.usefixtures("answered")
def test_another_workspaces_rows_are_unknown_and_ours_that_nothing_has_find_nothing(
    tess: Client, workspace: Workspace, elsewhere: Workspace, otto: User, edda: User
) -> None:
    theirs = drawn(elsewhere, otto, "Theirs", purchase="Desk")
    channel = Channel.objects.create(workspace=elsewhere, name="Theirs")
    persona = Persona.objects.create(workspace=elsewhere, name="Foreigner")
    owner = f"member-{member_of(elsewhere, otto).pk}"
    for name, key in (("journey", theirs.pk), ("channel", channel.pk), ("persona", persona.pk), ("owner", owner)):
        answer = Rest(tess).get(f"scorecards/?{name}={key}")
        assert (answer.status_code, list(answer.json()["errors"])) == (404, [name])
    unused = Channel.objects.create(workspace=workspace, name="Fax")
    assert lines(tess, f"?channel={unused.pk}") == lines(tess, f"?owner=member-{member_of(workspace, edda).pk}") == []


@pytest.mark.usefixtures("answered")
def test_a_journey_that_is_archived_is_refused(tess: Client, workspace: Workspace, olga: User) -> None:
    journey = drawn(workspace, olga, "Weekend trip", retention="Bar")
    archive_journey(journey, by=olga)
    answer = Rest(tess).get(f"scorecards/?journey={journey.pk}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["journey"])
