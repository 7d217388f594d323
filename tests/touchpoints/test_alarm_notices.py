"""Whom an alarm is told, once, and in which words."""

import datetime

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from feedback.actions.complaints import watch_lately
from tests.cast import member_of
from tests.touchpoints.watching import begin, pass_day, worsen
from touchpoints.actions import told_of, watch_from_now
from touchpoints.models import Alarm, Touchpoint
from workspaces.actions import mail_notices
from workspaces.models import Notice

pytestmark = pytest.mark.usefixtures("no_doorbell")


@pytest.fixture
def told(monkeypatch):
    """All that was told, in the words of `tell`."""
    calls = []

    def tell(workspace, members, **what):
        calls.append({"members": [str(member) for member in members], **what})

    monkeypatch.setattr("touchpoints.actions.alarms.tell", tell)
    return calls


def words(workspace, alarm, ending):
    """What a template says of an alarm."""
    reason = {"deterioration": "alarm"}.get(alarm.kind, alarm.kind)
    context = {"told": told_of(alarm), "workspace": workspace}
    return " ".join(render_to_string(f"touchpoints/notices/{reason}{ending}", context).split())


def a_burst(about, **more):
    """Complaints about a touchpoint, as they are raised."""
    day = datetime.date(2026, 3, 15)
    facts = {"kind": "burst", "cause": "many", "day": day, "since": day, "after_answers": 5, **more}
    return Alarm.objects.create(workspace=about.workspace, subject=about.subject, **facts)


def test_its_owner_is_told_once(at, workspace, delays, vik, told):
    delays.owner_member = member_of(workspace, vik)
    delays.save()
    begin(at, delays)
    alarm = worsen(at, delays)
    for _ in range(3):
        pass_day(at, delays, 3, 2, 3)
    [notice] = [one for one in told if one["reason"] == "alarm"]
    assert (notice["members"], notice["key"]) == (["Vik"], f"alarm:{alarm.pk}")
    assert notice["path"] == f"/w/{workspace.slug}/alarms/{alarm.pk}/"
    assert (notice["told"]["name"], notice["told"]["before"]) == ("Delay information", 4.25)


def test_it_stands_among_the_notices_and_leads_to_the_alarm(at, workspace, delays, olga, sign_in):
    begin(at, delays)
    alarm = worsen(at, delays)
    page = sign_in(olga).get(reverse("notices", args=[workspace.slug])).content.decode()
    assert "Delay information: CSAT has been worse since 16 March 2026: 4.25 → 2.67" in page
    notice = Notice.objects.get(reason="alarm")
    answer = sign_in(olga).post(reverse("notice_read", args=[workspace.slug, notice.pk]))
    assert answer.headers["Location"] == reverse("alarm", args=[workspace.slug, alarm.pk])


def test_it_is_mailed(at, workspace, delays, olga, mailoutbox):
    begin(at, delays)
    worsen(at, delays)
    mail_notices()
    [letter] = [one for one in mailoutbox if "CSAT" in one.subject]
    assert letter.to == [olga.email]
    assert letter.subject == "Lindbahn: Delay information: CSAT has been worse since 16 March 2026: 4.25 → 2.67"
    assert f"/w/{workspace.slug}/alarms/" in letter.body


def test_a_burst_is_told_at_once(at, workspace, delays, olga, given, told):
    given(delays, 3, metric="complaint", occurred_at=at.now - datetime.timedelta(hours=1))
    watch_lately()
    watch_lately()
    assert [(one["reason"], one["members"], one["told"]["cause"]) for one in told] == [("burst", ["Olga"], "severe")]


def test_a_history_that_came_all_at_once_is_told_to_nobody(at, workspace, delays, told):
    begin(at, delays)
    worsen(at, delays)
    told.clear()
    Alarm.objects.all().delete()
    watch_from_now(workspace, [delays.subject_id])
    assert Alarm.objects.filter(kind="deterioration").count() == 1
    assert told == []


def test_a_deterioration_in_words(at, workspace, delays, told):
    begin(at, delays)
    alarm = worsen(at, delays)
    sentence = "Delay information: CSAT has been worse since 16 March 2026: 4.25 → 2.67"
    assert words(workspace, alarm, "_subject.txt") == sentence
    assert words(workspace, alarm, ".txt").startswith(f"{sentence}.")
    assert sentence in words(workspace, alarm, ".html")
    assert f'href="/w/{workspace.slug}/alarms/{alarm.pk}/"' in words(workspace, alarm, ".html")


def test_few_answers_are_told_without_figures(at, workspace, delays, told):
    begin(at, delays)
    alarm = worsen(at, delays)
    alarm.after_answers = 4
    assert words(workspace, alarm, "_subject.txt") == "Delay information: CSAT has been worse since 16 March 2026"


def test_bursts_in_words(workspace, delays):
    many = a_burst(delays)
    assert words(workspace, many, "_subject.txt") == (
        "Delay information: 5 complaints within 24 hours, more than is usual"
    )
    severe = a_burst(delays, cause="severe", after_answers=1)
    assert words(workspace, severe, "_subject.txt") == "Delay information: a severe complaint"


@pytest.mark.parametrize(
    ("was", "became", "before", "sentence"),
    [
        ("good", "weak", 61.7, "health fell from Good (62) to Weak (56)"),
        ("good", "weak", None, "health fell from Good to Weak (56)"),
        ("critical", "weak", 38.2, "health rose from Critical (38) to Weak (56)"),
    ],
)
def test_steps_from_band_to_band_in_words(workspace, delays, was, became, before, sentence):
    step = a_burst(delays, kind="band", cause="", was=was, became=became, before=before, after=56.4)
    assert words(workspace, step, "_subject.txt") == f"Delay information: {sentence}"


def test_names_are_written_as_they_are(workspace, delays):
    Touchpoint.objects.update(name="R&D <desk>")
    alarm = Alarm.objects.get(pk=a_burst(delays).pk)
    assert "R&amp;D &lt;desk&gt;: 5 complaints" in words(workspace, alarm, ".html")


@pytest.mark.parametrize(("kind", "name"), [("journey", "A journey"), ("workspace", "Lindbahn")])
def test_what_is_no_touchpoint_is_called_what_it_is(workspace, delays, kind, name):
    alarm = a_burst(delays)
    alarm.subject.kind = kind
    assert words(workspace, alarm, "_subject.txt").startswith(f"{name}: 5 complaints")
