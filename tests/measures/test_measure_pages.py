"""The page of a measure, and the forms by which it is thought of, edited, decided and archived: plain forms all."""

import datetime

import pytest

from feedback.actions import create_insight
from measures.actions import cost_measure, create_measure, edit_measure, move_measure
from measures.models import Measure
from personas.models import Persona
from tests.cast import member_of
from tests.measures.conftest import COSTS, a_benefit
from touchpoints.models import Alarm
from workspaces.owners import owner_key


@pytest.fixture
def base(workspace):
    """Where measures are."""
    return f"/w/{workspace.slug}/measures/"


@pytest.fixture
def said(delays, counter, workspace, edda):
    """What a form says of a measure."""
    owner = owner_key(member_of(workspace, edda))
    return {
        "title": "Callback",
        "kind": "process",
        "touchpoints": [delays.pk, counter.pk],
        "owner": owner,
        "decider": member_of(workspace, edda).pk,
        "decide_on": "2026-12-04",
        "starts_on": "2027-01-07",
        "note": "Now",
    }


def test_a_measure_is_thought_of(base, said, edda, workspace, sign_in):
    persona = Persona.objects.create(workspace=workspace, name="Commuter")
    answer = sign_in(edda).post(f"{base}new/", said | {"personas": [persona.pk]})
    measure = Measure.objects.get()
    assert answer.url == f"{base}{measure.pk}/"
    assert (measure.title, measure.status, measure.owner) == ("Callback", "idea", member_of(workspace, edda))
    assert (measure.decide_on, measure.starts_on) == (datetime.date(2026, 12, 4), datetime.date(2027, 1, 7))
    assert (measure.touchpoints.count(), measure.personas.get()) == (2, persona)


def test_without_a_touchpoint_it_is_refused(base, said, edda, sign_in):
    assert sign_in(edda).post(f"{base}new/", said | {"touchpoints": []}).status_code == 422
    assert not Measure.objects.exists()


@pytest.mark.parametrize("origin", ["opportunity", "insight", "touchpoint"])
def test_it_begins_with_what_it_is_born_of(base, said, origin, pain, opportunity, delays, edda, sign_in):
    born = {"opportunity": opportunity, "insight": pain, "touchpoint": delays}[origin]
    form = sign_in(edda).get(f"{base}new/?{origin}={born.pk}").context["form"]
    assert form.initial["touchpoints"] == [delays]
    assert form.initial.get("title", "") == ("" if origin == "touchpoint" else str(born))
    sign_in(edda).post(f"{base}new/?{origin}={born.pk}", said)
    assert origin == "touchpoint" or getattr(Measure.objects.get(), origin) == born


@pytest.mark.parametrize("name", ["opportunity", "insight", "case", "alarm", "touchpoint"])
def test_what_it_is_born_of_is_looked_up_behind_the_door(base, name, edda, sign_in):
    client = sign_in(edda)
    assert {client.get(f"{base}new/?{name}={number}").status_code for number in (2**70, "x", 0)} == {404}


def test_it_is_born_of_a_case_or_an_alarm(base, workspace, said, case, delays, edda, sign_in):
    told = {"kind": "band", "day": "2026-03-01", "since": "2026-03-01", "was": "good", "became": "weak"}
    alarm = Alarm.objects.create(workspace=workspace, subject=delays.subject, before=70, after=50, **told)
    client = sign_in(edda)
    for name, born in {"case": case, "alarm": alarm}.items():
        address = f"{base}new/?{name}={born.pk}"
        assert address in client.get(f"/w/{workspace.slug}/{name}s/{born.pk}/").content.decode()
        assert client.get(address).context["form"].initial["touchpoints"] == [delays]
        measure_page = client.post(address, said).url
        assert f"/w/{workspace.slug}/{name}s/{born.pk}/" in client.get(measure_page).content.decode()


def test_another_workspaces_insight_is_404(pain, elsewhere, otto, sign_in):
    assert sign_in(otto).get(f"/w/{elsewhere.slug}/measures/new/?insight={pain.pk}").status_code == 404


def test_the_page_says_what_is_unknown_and_offers_to_say_it(base, measure, edda, vik, sign_in):
    told = sign_in(edda).get(f"{base}{measure.pk}/").content.decode()
    for words in ("What it costs and brings is unknown", "Add cost and benefit", "Tell of delays in time"):
        assert words in told
    seen = sign_in(vik).get(f"{base}{measure.pk}/").content.decode()
    assert "Add cost and benefit" not in seen
    assert "Move to" not in seen


def test_the_page_tells_the_worked_example(base, measure, workspace, edda, sign_in):
    workspace.discount = 10
    workspace.save()
    cost_measure(measure, version=1, benefits=[a_benefit(low=40_000)], **COSTS, by=edda)
    told = sign_in(edda).get(f"{base}{measure.pk}/").content.decode()
    for words in ("243 EUR", "243.43 EUR", "2.4 years", "2.3520 years", "2.0000 years", "500.00", "+8.0"):
        assert words in told, words
    assert "It pays with the likely effect, not with the least." in told
    assert "It pays from 81% of the likely effect on." in told  # 1000 / 2.4869 = 402.11 of 500


def test_another_workspaces_measure_is_404_and_a_viewer_cannot_write(base, said, measure, vik, otto, sign_in):
    for page in ("", "edit/", "cost/", "move/", "archive/", "comments/"):
        assert sign_in(otto).get(f"{base}{measure.pk}/{page}").status_code == 404
    for page in ("edit/", "cost/", "move/", "archive/", "restore/"):
        assert sign_in(vik).post(f"{base}{measure.pk}/{page}", said).status_code == 403
    assert sign_in(vik).get(f"{base}{measure.pk}/").status_code == 200


def test_two_who_edit_at_once_are_told(base, said, measure, edda, sign_in):
    client, address = sign_in(edda), f"{base}{measure.pk}/edit/"
    assert [client.post(address, said | {"version": 1}).status_code for _time in range(2)] == [302, 302]
    stale = client.post(address, said | {"version": 1, "title": "Another"})
    assert (stale.status_code, "Nothing is lost" in stale.content.decode()) == (409, True)
    measure.refresh_from_db()
    assert (measure.title, measure.version) == ("Callback", 2)


def test_a_decision_is_taken_by_a_plain_form(base, measure, edda, sign_in):
    client, address = sign_in(edda), f"{base}{measure.pk}/move/"
    refused = client.post(address, {"to": "assessed", "version": 1})
    assert (refused.status_code, "costs and brings" in refused.content.decode()) == (422, True)
    assert client.post(address, {"to": "dropped", "version": 1}).status_code == 422
    gone = {"to": "dropped", "reason": "Too dear", "version": 1}
    assert [client.post(address, gone).status_code for _time in range(2)] == [302, 302]
    assert client.post(address, {"to": "idea", "version": 1}).status_code == 409
    told = client.get(f"{base}{measure.pk}/").content.decode()
    assert "Too dear" in told
    assert [step.went_to for step in measure.steps.all()] == ["dropped", "idea"]


def test_the_form_offers_what_may_follow_and_asks_since_when(base, measure, at, edda, sign_in):
    cost_measure(measure, version=1, benefits=[a_benefit()], **COSTS, by=edda)
    client, address = sign_in(edda), f"{base}{measure.pk}/move/"
    form = client.get(f"{address}?to=live").context["form"]
    assert [value for value, _label in form.fields["to"].choices] == ["assessed", "in_progress", "live", "dropped"]
    assert form["to"].value() == "live"
    since = at.today - datetime.timedelta(days=7)
    assert client.post(address, {"to": "live", "live_on": since.isoformat(), "version": 2}).status_code == 302
    measure.refresh_from_db()
    assert (measure.status, measure.live_on) == ("live", since)


def test_it_is_archived_after_a_question_and_taken_back(base, measure, edda, sign_in):
    client = sign_in(edda)
    assert client.get(f"{base}{measure.pk}/archive/").status_code == 200
    for _time in range(2):
        assert client.post(f"{base}{measure.pk}/archive/").url == base
    assert "Archived on" in client.get(f"{base}{measure.pk}/").content.decode()
    assert client.get(f"{base}{measure.pk}/edit/").status_code == 404
    assert client.post(f"{base}{measure.pk}/restore/").url == f"{base}{measure.pk}/"


def test_a_comment_leads_to_the_measure(base, workspace, measure, edda, vik, sign_in):
    sign_in(edda).post(f"{base}{measure.pk}/comments/", {"text": "@Vik who pays for it?"})
    notice = member_of(workspace, vik).notices.get()
    to = sign_in(vik).get(notice.path)
    assert to.url == f"{base}{measure.pk}/#comment-{notice.comment.pk}"
    assert "who pays for it?" in sign_in(vik).get(to.url).content.decode()


def test_the_touchpoint_offers_a_measure_and_lists_those_that_are(workspace, measure, pain, delays, edda, vik, sign_in):
    page = f"/w/{workspace.slug}/touchpoints/{delays.pk}/"
    told, seen = (sign_in(one).get(page).content.decode() for one in (edda, vik))
    for link in (f"measures/new/?touchpoint={delays.pk}", f"measures/new/?insight={pain.pk}"):
        assert (link in told, link in seen) == (True, False)
    assert f"/measures/{measure.pk}/" in seen


def test_statements_grow_with_no_row(
    base, workspace, measure, delays, counter, edda, sign_in, django_assert_num_queries
):
    client, page = sign_in(edda), f"{base}{measure.pk}/"
    client.get(page)
    with django_assert_num_queries(30, exact=False) as few:
        client.get(page)
    with django_assert_num_queries(30, exact=False) as few_forms:
        client.get(f"{page}cost/")
        client.get(f"{page}edit/")
    people = [Persona.objects.create(workspace=workspace, name=f"Persona {number}") for number in range(5)]
    benefits = [a_benefit(reason=f"Reason {number}") for number in range(9)]
    measure = cost_measure(measure, version=1, benefits=benefits, **COSTS, by=edda)
    measure = edit_measure(measure, version=2, touchpoints=[delays, counter], personas=people, by=edda)
    for to in ("assessed", "in_progress", "live"):
        measure = move_measure(measure, to=to, version=measure.version, by=edda)
    with django_assert_num_queries(len(few)):
        client.get(page)
    with django_assert_num_queries(len(few_forms)):
        client.get(f"{page}cost/")
        client.get(f"{page}edit/")


def test_the_touchpoints_statements_do_not_grow_with_its_measures(
    workspace, delays, edda, sign_in, django_assert_num_queries
):
    client, page = sign_in(edda), f"/w/{workspace.slug}/touchpoints/{delays.pk}/"
    create_insight(delays, kind="pain", text="Too late", by=edda)
    create_measure(workspace, title="One", touchpoints=[delays], by=edda)
    client.get(page)
    with django_assert_num_queries(40, exact=False) as few:
        client.get(page)
    for number in range(5):
        create_measure(workspace, title=f"Measure {number}", touchpoints=[delays], by=edda)
    with django_assert_num_queries(len(few)):
        client.get(page)
