"""Changes on the screens: the same figure and the same word in the table, on the page, on the map and over REST."""

import datetime
import re

import pytest
from django.urls import reverse

from journeys.actions.journeys import create_journey
from journeys.actions.placements import place_touchpoint
from tests.answering import TODAY, health, new_touchpoint

DAY = datetime.timedelta(days=1)
BEFORE = TODAY - 100 * DAY


@pytest.fixture
def fallen(at, given, delays, counter):
    """Delay information fell by 65 points, the ticket counter hardly moved, Kiosk was hardly asked."""
    kiosk = new_touchpoint(delays.workspace, "Kiosk")
    given(delays, *[5] * 40, *[4] * 10, occurred_at=BEFORE)
    given(delays, *[2] * 40, *[3] * 10)
    given(counter, *[5, 3] * 20, occurred_at=BEFORE)
    given(counter, *[5, 3] * 19, 5, 4)
    given(kiosk, *[5] * 9)
    for touchpoint in (delays, counter, kiosk):
        health(touchpoint)
    return kiosk


@pytest.fixture
def journey(workspace, edda, fallen, delays, counter):
    made = create_journey(workspace, name="Weekend trip", by=edda)
    phase = made.phases.get(kind="retention")
    for touchpoint in (fallen, counter, delays):
        place_touchpoint(made, touchpoint=touchpoint, phase=phase, after=None, by=edda)
    return made


def shown(text):
    """What each change in some HTML says: verdict and number."""
    found = re.findall(r'class="change" data-verdict="(\w+)"[^>]*>(?:<b>([^<]*)</b>)?', text)
    return [(verdict, number) for verdict, number in found]


def line_of(text, name):
    (line,) = [row for row in text.split("<tr>") if f">{name}</a>" in row]
    return line


def test_the_table_says_which_changes_are_real(workspace, vik, sign_in, fallen):
    table = reverse("scorecards", args=[workspace.slug])
    text = sign_in(vik).get(table).content.decode()
    assert shown(line_of(text, "Delay information")) == [("down", "−65.0")]
    assert "real change" in line_of(text, "Delay information")
    assert "n 50 → 50" in line_of(text, "Delay information")
    assert shown(line_of(text, "Ticket counter")) == [("noise", "+0.6")]
    assert "within noise" in line_of(text, "Ticket counter")
    assert shown(line_of(text, "Kiosk")) == [("few", "")]
    assert "n 0 → 9" in line_of(text, "Kiosk")
    only = sign_in(vik).get(table, {"real": "on"}).context["rows"]
    assert [str(row.touchpoint) for row in only] == ["Delay information"]
    by_change = sign_in(vik).get(table, {"sort": "-change"}).context["rows"]
    assert [str(row.touchpoint) for row in by_change] == ["Ticket counter", "Delay information", "Kiosk"]


def test_page_panel_map_and_program_say_the_same(workspace, vik, sign_in, tess, delays, journey):
    client = sign_in(vik)
    page = client.get(reverse("touchpoint", args=[workspace.slug, delays.pk])).content.decode()
    panel = client.get(
        reverse("touchpoint_panel", args=[workspace.slug, delays.pk]), headers={"HX-Request": "true"}
    ).content.decode()
    for text in (page, panel):
        assert shown(text[text.index('class="score-change"') :])[0] == ("down", "−65.0")
        assert "against the 90 days before" in text
    drawn = client.get(reverse("journey", args=[workspace.slug, journey.pk])).content.decode()
    of_touchpoint = drawn[drawn.index(f'data-touchpoint="{delays.pk}"') :]
    assert shown(of_touchpoint[: of_touchpoint.index("</li>")]) == [("down", "−65")]
    table = {row["name"]: row for row in tess.get("/api/v1/scores/changes/").json()["results"]}
    whole = tess.get(f"/api/v1/journeys/{journey.pk}/map/").json()
    (phase,) = [phase for phase in whole["phases"] if phase["placements"]]
    change = phase["placements"][0]["touchpoint"]["health"]["change"]
    assert change == {name: table["Delay information"][name] for name in change}
    assert (change["verdict"], change["n_before"], change["n"]) == ("down", 50, 50)
    assert change["delta"] == pytest.approx(-65)
    assert table["Kiosk"]["delta"] is None


def test_a_figure_says_whether_it_has_really_changed(workspace, vik, sign_in, delays, counter, fallen):
    client = sign_in(vik)
    text = client.get(reverse("touchpoint", args=[workspace.slug, delays.pk])).content.decode()
    assert shown(text[text.index('class="kpis"') :])[0] == ("down", "−2.60")
    text = client.get(reverse("touchpoint", args=[workspace.slug, counter.pk])).content.decode()
    assert shown(text[text.index('class="kpis"') :])[0] == ("noise", "+0.03")


def test_the_period_that_is_chosen_is_compared_with_the_one_before(workspace, vik, sign_in, delays, fallen):
    page = reverse("touchpoint", args=[workspace.slug, delays.pk])
    text = sign_in(vik).get(page, {"days": "30"}).content.decode()
    assert "against the 30 days before" in text
    assert shown(text[text.index('class="score-change"') :])[0] == ("few", "")


def test_a_phase_and_a_journey_move_as_their_touchpoints_do(workspace, vik, sign_in, tess, journey):
    whole = tess.get(f"/api/v1/journeys/{journey.pk}/map/").json()
    change = whole["health"]["change"]
    assert (change["verdict"], change["n_before"], change["n"]) == ("down", 90, 90)
    assert change["delta"] == pytest.approx((-65 + 0.625) / 2)
    by_kind = {phase["kind"]: phase["health"]["change"] for phase in whole["phases"]}
    assert by_kind["retention"]["delta"] == change["delta"]
    assert by_kind["awareness"]["verdict"] == "too few answers"
    drawn = sign_in(vik).get(reverse("journey", args=[workspace.slug, journey.pk])).content.decode()
    head = drawn[drawn.index('id="summary"') :]
    assert shown(head[: head.index("</details>")])[:2] == [("down", "−32"), ("down", "−32.2")]
    listed = sign_in(vik).get(reverse("journeys", args=[workspace.slug])).content.decode()
    assert shown(listed)[0] == ("down", "−32")


def test_an_answer_of_before_changes_the_map_that_others_have_open(workspace, vik, sign_in, given, delays, journey):
    address, client = reverse("journey", args=[workspace.slug, journey.pk]), sign_in(vik)
    client.get(address)
    etag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    given(delays, 1, occurred_at=BEFORE)
    health(delays)
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_a_touchpoint_elsewhere_may_change_what_is_called_real_here(workspace, vik, sign_in, given, delays, journey):
    given(delays, *[5, 5, 4, 4] * 10, occurred_at=TODAY - 95 * DAY)
    health(delays)
    address, client = reverse("journey", args=[workspace.slug, journey.pk]), sign_in(vik)
    client.get(address)
    etag = client.get(address).headers["ETag"]
    other = new_touchpoint(workspace, "Elsewhere")
    given(other, *[5] * 30, *[4] * 10, occurred_at=BEFORE)
    given(other, *[5] * 18, *[4] * 12, *[3] * 10)
    health(other)
    again = client.get(address, headers={"If-None-Match": etag})
    table = client.get(reverse("scorecards", args=[workspace.slug])).content.decode()
    assert again.status_code == (304 if shown(line_of(table, "Elsewhere"))[0][0] == "noise" else 200)


def test_a_program_asks_for_other_days_and_one_persona(tess, given, delays, commuter, fallen):
    given(delays, *[5] * 40, occurred_at=TODAY - 10 * DAY, persona=commuter)
    given(delays, *[1] * 40, persona=commuter)
    health(delays)
    asked = {"days": 7, "persona": commuter.pk}
    answer = tess.get("/api/v1/scores/changes/", asked).json()
    assert (answer["before"], answer["first"], answer["last"]) == ("2026-03-02", "2026-03-09", "2026-03-15")
    change = {row["name"]: row for row in answer["results"]}["Delay information"]
    assert (change["delta"], change["verdict"]) == (-100, "down")
    assert tess.get("/api/v1/scores/changes/", {"days": 0}).status_code == 400
    assert tess.get("/api/v1/scores/changes/", {"to": "0001-01-01"}).status_code == 400


def test_more_touchpoints_cost_no_more_statements(
    workspace, vik, sign_in, given, journey, django_assert_max_num_queries
):
    client = sign_in(vik)
    address = reverse("journey", args=[workspace.slug, journey.pk])
    with django_assert_max_num_queries(12):
        client.get(address)
