"""The pages of alarms: what is open, how it came about, and that it has been seen."""

import datetime
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from feedback.actions import record_responses
from tests.answering import an_answer, new_touchpoint
from tests.touchpoints.watching import begin, worsen
from touchpoints.health import alarms as arithmetic
from touchpoints.models import Alarm, Chart

pytestmark = pytest.mark.usefixtures("no_doorbell")

CSAT = arithmetic.worths_of("csat", "1-5")


@pytest.fixture
def alarm(at, workspace, delays):
    """CSAT of the delay information got worse."""
    begin(at, delays)
    return worsen(at, delays)


@pytest.fixture
def shown(workspace, sign_in):
    """`shown(edda, "alarms")`: a page as text, without its markup and line breaks."""

    def text(person, name, *numbers):
        page = sign_in(person).get(reverse(name, args=[workspace.slug, *numbers])).content.decode()
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition("<main")[2]))

    return text


def step(about, was, became, **more):
    """A touchpoint's health went from band to band."""
    day = datetime.date(2026, 3, 14)
    facts = {"was": was, "became": became, "day": day, "since": day, "before": 61.7, "after": 56.4, "after_answers": 80}
    return Alarm.objects.create(workspace=about.workspace, subject=about.subject, kind="band", **facts | more)


def test_without_an_alarm_it_says_what_is_watched(at, workspace, delays, vik, shown):
    assert "No series is watched yet" in shown(vik, "alarms")
    begin(at, delays)
    page = shown(vik, "alarms")
    assert "1 series is watched. False alarms to expect at this setting: about 1 a month." in page
    assert "No alarm." in page


def test_an_alarm_says_what_where_since_when_and_how_much(at, alarm, vik, shown):
    page = shown(vik, "alarms")
    assert "CSAT got worse Delay information" in page
    assert f"4.25 → 2.67 n 720 → {alarm.after_answers}" in page
    assert "16 Mar 2026" in page
    assert "open" in page
    assert "Acknowledge" not in page


def test_open_ones_come_first(alarm, delays, counter, vik, shown, at):
    later = at.now + datetime.timedelta(hours=1)
    step(counter, "weak", "good", state="noted", raised_at=later)
    page = shown(vik, "alarms")
    assert page.index("CSAT got worse") < page.index("Health rose Ticket counter")


def test_below_five_answers_no_number_is_shown(alarm, vik, shown):
    Alarm.objects.update(after_answers=4, after=12.5)
    assert "4.25 → – n 720 → 4" in shown(vik, "alarms")
    assert "1.50" not in shown(vik, "alarm", alarm.pk)


def test_it_is_explained_so_that_it_can_be_reproduced(at, alarm, vik, shown):
    chart = Chart.objects.get()
    norm = arithmetic.norm_of(CSAT, [[0, 0, 1, 1, 2]] * 180, 180)
    assert norm is not None
    weighing = arithmetic.weighing_of(CSAT, norm)
    assert weighing is not None
    page = shown(vik, "alarm", alarm.pk)
    assert "n = 720" in page
    assert "mean μ = 81.2500 of 100, variance σ² = 429.6875" in page
    assert f"√(φ × σ² ÷ n) = {norm.error:.4f}, to {norm.mean - norm.error:.4f}" in page
    for figures in zip(weighing.usual, weighing.worse, strict=True):
        assert " ".join(f"{figure:.4f}" for figure in figures) in page
    assert f"I₀ = −Σ π₀ × ℓ = {weighing.drift:.4f}" in page
    assert f"h = {arithmetic.threshold(weighing, 30):.4f}, so that while nothing changes 30 days" in page
    assert f"{chart.height:.4f}" in page  # the path, day by day


def test_a_burst_is_explained(at, workspace, delays, vik, shown):
    facts = {"cause": "many", "metric": "complaint", "scale": "1-3", "day": at.today, "since": at.today}
    facts |= {
        "before": 0.1,
        "before_answers": 9,
        "before_days": 90,
        "after_answers": 5,
        "exposure": 1,
        "chance": 0.0002,
    }
    burst = Alarm.objects.create(workspace=workspace, subject=delays.subject, kind="burst", began_at=at.now, **facts)
    page = shown(vik, "alarm", burst.pk)
    assert "5 complaints in 24.0 hours" in page
    assert "In the 90 days before: 9, that is 0.10 a day." in page
    assert "Gamma(9.5, 90)" in page
    assert "would be 0.0002" in page


def test_a_burst_leads_to_its_cases_and_to_the_complaints(at, workspace, delays, vik, sign_in):
    record_responses(workspace, [an_answer(delays, 3, metric="complaint")])
    facts = {"cause": "severe", "metric": "complaint", "scale": "1-3", "day": at.today, "since": at.today}
    burst = Alarm.objects.create(workspace=workspace, subject=delays.subject, kind="burst", after_answers=1, **facts)
    client = sign_in(vik)
    page = client.get(f"/w/{workspace.slug}/alarms/{burst.pk}/").content.decode()
    links = [unescape(link) for link in re.findall(r'href="([^"]+)"', page) if "subject=" in link or "scale=" in link]
    cases, complaints = (client.get(link) for link in links)
    assert [case.subject for case in cases.context["page"]] == [delays.subject]
    assert [answer.metric for answer in complaints.context["page"]] == ["complaint"]


def test_a_step_from_band_to_band_is_explained(delays, vik, shown):
    page = shown(vik, "alarm", step(delays, "good", "weak").pk)
    assert "Health fell from Good (62) to Weak (56)." in page


def test_an_editor_acknowledges_with_a_note(at, workspace, alarm, edda, sign_in, shown):
    address = reverse("alarm_acknowledge", args=[workspace.slug, alarm.pk])
    assert "Its chart ends with that" in shown(edda, "alarm", alarm.pk)
    answer = sign_in(edda).post(address, {"note": "The new app", "version": alarm.version})
    assert answer.headers["Location"] == reverse("alarms", args=[workspace.slug])
    assert "acknowledged Edda" in shown(edda, "alarms")
    assert "The new app" in shown(edda, "alarms")


def test_twice_is_harmless(workspace, alarm, edda, ada, sign_in, shown):
    address = reverse("alarm_acknowledge", args=[workspace.slug, alarm.pk])
    for person, note in ((edda, "Seen"), (ada, "Me too")):
        answer = sign_in(person).post(address, {"note": note, "version": alarm.version})
        assert answer.status_code == 302
    assert "Me too" not in shown(edda, "alarms")


def test_an_alarm_changed_meanwhile_is_shown_as_it_is_now(workspace, alarm, edda, sign_in):
    Alarm.objects.update(version=7)
    address = reverse("alarm_acknowledge", args=[workspace.slug, alarm.pk])
    answer = sign_in(edda).post(address, {"note": "Seen", "version": 1})
    assert answer.status_code == 409
    assert "newer version" in answer.content.decode()
    assert Alarm.objects.get().state == "open"


def test_what_late_answers_took_back_says_so(at, workspace, alarm, edda, sign_in, shown):
    Alarm.objects.update(state="restated", restated_at=at.now)
    assert "taken back by late answers" in shown(edda, "alarms")
    address = reverse("alarm_acknowledge", args=[workspace.slug, alarm.pk])
    answer = sign_in(edda).post(address, {"note": "Seen", "version": alarm.version})
    assert answer.status_code == 422
    assert "nothing left to acknowledge" in answer.content.decode()


def test_a_viewer_cannot_acknowledge(workspace, alarm, vik, otto, sign_in):
    address = reverse("alarm_acknowledge", args=[workspace.slug, alarm.pk])
    assert sign_in(vik).post(address, {"version": 1}).status_code == 403
    assert sign_in(otto).post(address, {"version": 1}).status_code == 404


def test_the_touchpoint_shows_what_is_open(workspace, alarm, delays, edda, vik, sign_in, shown):
    told = "CSAT has been worse since 16 March 2026: 4.25 → 2.67."
    assert told in shown(vik, "touchpoint", delays.pk)
    panel = reverse("touchpoint_panel", args=[workspace.slug, delays.pk])
    assert told in re.sub(r"\s+", " ", sign_in(vik).get(panel, headers={"HX-Request": "true"}).content.decode())
    sign_in(edda).post(reverse("alarm_acknowledge", args=[workspace.slug, alarm.pk]), {"version": alarm.version})
    assert told not in shown(vik, "touchpoint", delays.pk)


def test_the_scorecards_count_what_is_open(alarm, delays, vik, shown):
    assert "Alarms 1" in shown(vik, "scorecards")


def test_more_alarms_cost_no_more_statements(workspace, delays, vik, sign_in):
    client, counted = sign_in(vik), []
    for number in (1, 5):
        for one in range(number):
            step(new_touchpoint(workspace, f"Stop {number} {one}"), "good", "weak")
        with CaptureQueriesContext(connection) as statements:
            client.get(reverse("alarms", args=[workspace.slug]))
        counted.append(len(statements))
    assert counted[0] == counted[1]
