"""What a workspace keeps no longer goes in its night: so much, no more, and no score changes."""

import datetime
from types import SimpleNamespace

import pytest

from feedback.actions import mark_complaint, record_responses, retain
from feedback.actions.recount import differences
from feedback.actions.retain import forget_all_old, forget_old, retention_of
from feedback.models import Respondent, Response, Retention, Submission
from tests.answering import NOON, an_answer
from tests.importing import Drafted
from workspaces.actions import record
from workspaces.models import AuditEntry, Job

DAY = datetime.timedelta(days=1)


@pytest.fixture
def settings_page(workspace):
    return f"/w/{workspace.slug}/settings/people/retention/"


def kept(workspace, **months):
    return Retention.objects.update_or_create(workspace=workspace, defaults=months)[0]


def said(workspace, about, days_ago, **more):
    day = NOON.date() - days_ago * DAY
    record_responses(workspace, [an_answer(about, 1, occurred_at=day, text=f"{days_ago} days ago", **more)])


def texts():
    return sorted(text for text in Response.objects.values_list("text", flat=True) if text)


def test_without_a_rule_all_that_was_said_stays(workspace, at, delays):
    said(workspace, delays, 3000, respondent="K-1")
    assert forget_old(workspace)
    assert (texts(), Respondent.objects.count()) == (["3000 days ago"], 1)


def test_comments_go_from_the_day_on_and_ratings_stay(workspace, at, delays):
    kept(workspace, comments=1)
    for days in (27, 28, 29, 400):  # today is 15 March: 15 February was 28 days ago
        said(workspace, delays, days)
    forget_old(workspace)
    assert texts() == ["27 days ago", "28 days ago"]
    assert Response.objects.exclude(value=None).count() == 4
    assert list(differences(workspace)) == []
    assert retention_of(workspace).removed["comments"] == 2


def test_many_go_in_parts(workspace, at, delays, monkeypatch):
    monkeypatch.setattr(retain, "AT_ONCE", 2)
    kept(workspace, comments=1, respondents=1)
    for number in range(5):
        said(workspace, delays, 100 + number, respondent=f"K-{number}")
    forget_old(workspace)
    assert (texts(), Respondent.objects.count(), Submission.objects.count()) == ([], 0, 5)


def test_a_comment_that_a_case_needs_stays_until_the_case_ends(workspace, at, delays, edda):
    kept(workspace, comments=1)
    said(workspace, delays, 100)
    mark_complaint(Response.objects.get(), severity=1, by=edda)
    forget_old(workspace)
    assert texts() == ["100 days ago"]


def test_a_respondent_goes_when_nothing_was_heard_of_them_for_so_long(workspace, at, delays):
    kept(workspace, respondents=1)
    said(workspace, delays, 100, respondent="gone")
    said(workspace, delays, 100, respondent="still here")
    said(workspace, delays, 3, respondent="still here")
    said(workspace, delays, 100, respondent="asked lately")
    Respondent.objects.filter(reference="asked lately").update(answered_at=at.now - 2 * DAY)
    forget_old(workspace)
    assert sorted(Respondent.objects.values_list("reference", flat=True)) == ["asked lately", "still here"]
    assert texts() == ["100 days ago"] * 3 + ["3 days ago"], "what they said stays, of nobody"


def test_who_said_nothing_goes_in_any_case(workspace, at):
    for reference, days in (("new", 89), ("old", 91)):
        Respondent.objects.create(workspace=workspace, reference=reference, created_at=at.now - days * DAY)
    forget_old(workspace)
    assert Respondent.objects.get().reference == "new"


def test_files_and_quotes_go_after_a_year_unless_told_otherwise(workspace, at, drafted: Drafted, brought: Drafted):
    old, new = drafted("id,nps\na,9\n"), drafted("id,nps\nb,9\n")
    done = brought("id,nps,Kommentar\na,9,\nc,words of a customer,\n")
    Job.objects.filter(pk__in=[old.pk, done.pk]).update(created_at=at.now - 370 * DAY)
    Job.objects.filter(pk=new.pk).update(created_at=at.now - 360 * DAY)
    forget_old(workspace)
    assert set(Job.objects.values_list("pk", flat=True)) == {new.pk, done.pk}
    done.refresh_from_db()
    assert "words of a customer" not in f"{done.payload}{done.result}"
    removed = retention_of(workspace).removed
    assert (removed["files"], removed["quotes"]) == (1, 1)


def test_the_audit_log_goes_as_told(workspace, at, edda):
    record(workspace, "workspace.edit", workspace, by=edda)
    AuditEntry.objects.update(at=at.now - 100 * DAY)
    forget_old(workspace)
    assert AuditEntry.objects.exists()
    kept(workspace, audit=3)
    forget_old(workspace)
    assert not AuditEntry.objects.exists()


def test_a_night_is_done_once_and_by_the_workspaces_own_clock(workspace, at, delays):
    kept(workspace, comments=1)
    said(workspace, delays, 100)
    at.now = NOON.replace(hour=0, minute=30)  # half past one in Berlin
    assert (forget_all_old(within=60), texts()) == (0, ["100 days ago"])
    at.now = NOON.replace(hour=1, minute=30)
    assert (forget_all_old(within=60), texts()) == (1, [])
    said(workspace, delays, 100)
    assert (forget_all_old(within=60), texts()) == (0, ["100 days ago"]), "tomorrow again"
    at.pass_days(1)
    assert (forget_all_old(within=60), texts()) == (1, [])


def test_what_one_run_does_not_manage_the_next_one_does_and_both_are_counted(workspace, at, delays, monkeypatch):
    monkeypatch.setattr(retain, "AT_ONCE", 1)
    kept(workspace, comments=1)
    for days in (100, 101):
        said(workspace, delays, days)
    ticks = iter([0])
    monkeypatch.setattr("feedback.actions.retain.time", SimpleNamespace(monotonic=lambda: next(ticks, 100)))
    assert not forget_old(workspace, until=50)
    assert (len(texts()), retention_of(workspace).ran_at) == (1, None)
    assert forget_old(workspace, until=500)
    assert (texts(), retention_of(workspace).removed["comments"]) == ([], 2)


def test_another_workspace_keeps_its_own(workspace, elsewhere, at, delays):
    theirs = Respondent.objects.create(workspace=elsewhere, reference="K-1", created_at=at.now - 900 * DAY)
    kept(workspace, respondents=1)
    forget_old(workspace)
    assert list(Respondent.objects.all()) == [theirs]


def test_what_would_go_tonight_is_asked_about_before_it_is_saved(workspace, at, delays, settings_page, ada, sign_in):
    said(workspace, delays, 100)
    client = sign_in(ada)
    sent = {"comments": "2", "respondents": "", "files": "12", "audit": "", "version": "1"}
    page = client.post(settings_page, sent)
    assert (page.status_code, page.context["going"]) == (422, {"comments": 1})
    assert "would be removed tonight" in page.content.decode()
    assert retention_of(workspace).comments is None
    page = client.post(settings_page, sent | {"sure": "on"}, follow=True)
    assert (page.status_code, retention_of(workspace).comments) == (200, 2)
    page = client.post(settings_page, sent | {"comments": "60", "version": "2"}, follow=True)
    assert retention_of(workspace).comments == 60, "longer needs no asking"
    assert client.post(settings_page, sent | {"comments": "61"}).status_code == 409


def test_last_night_stands_on_the_page(workspace, at, delays, settings_page, ada, sign_in):
    assert "No night has passed yet" in sign_in(ada).get(settings_page).content.decode()
    kept(workspace, comments=1)
    said(workspace, delays, 100)
    forget_old(workspace)
    assert "1 comments" in sign_in(ada).get(settings_page).content.decode()


@pytest.mark.parametrize(
    ("page", "english", "german"),
    [("record", "24 months", "24 Monate"), ("works-council", "No figure about a single employee", "Keine Zahl über")],
)
def test_sheets_say_what_is_set_in_the_language_that_is_asked_for(
    workspace, at, settings_page, ada, sign_in, page, english, german
):
    kept(workspace, comments=24)
    address = settings_page.replace("retention", page)
    client = sign_in(ada)
    assert english in client.get(f"{address}?in=en").content.decode()
    assert german in client.get(f"{address}?in=de").content.decode()
    assert client.get(f"{address}?in=xx").status_code == 200
