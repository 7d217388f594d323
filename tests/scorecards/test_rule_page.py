"""The page by which a workspace chooses how its health is made, and which target touchpoints usually have."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from feedback.tasks import move_answers
from tests.answering import health
from touchpoints.actions import change_rule, change_target, create_touchpoint, rule_of
from touchpoints.actions.rules import APPLY
from touchpoints.models import HealthRule, Touchpoint
from touchpoints.tasks import apply_rule
from workspaces.actions import MOVE_DAYS, edit_workspace
from workspaces.errors import Stale
from workspaces.models import AuditEntry, Job, JobState, Workspace

HTMX = {"HX-Request": "true"}
RULE = {
    "version": "0",
    "csat": "50",
    "ces": "20",
    "nps": "10",
    "complaints": "10",
    "completion": "10",
    "decay": "on",
    "complaints_good": "1",
    "complaints_limit": "5.5",
    "drop_off_good": "5",
    "drop_off_limit": "50",
}


@pytest.fixture
def page(workspace):
    return reverse("settings_health", args=[workspace.slug])


@pytest.fixture
def target_page(workspace):
    return reverse("settings_target", args=[workspace.slug])


def test_an_admin_chooses_another_rule(workspace, ada, sign_in, page):
    assert sign_in(ada).post(page, RULE).status_code == 302
    rule = rule_of(workspace)
    assert (rule.number, rule.csat, rule.decay, rule.ratings_count, rule.by) == (1, 50, True, False, ada)
    assert (rule.complaints_good, rule.complaints_limit, rule.drop_off_limit) == (0.01, 0.055, 0.5)
    text = sign_in(ada).get(page).content.decode()
    assert "now 50.0%" in text
    assert "Older answers weigh less: no → yes" in text
    assert "Complaints, limit: 5.0% → 5.5%" in text


def test_saving_what_is_in_force_makes_no_rule(workspace, ada, sign_in, page):
    form = sign_in(ada).get(page).context["form"]
    as_shown = {name: form[name].value() for name in form.fields if form[name].value() is not False}
    assert sign_in(ada).post(page, as_shown).status_code == 302
    assert not HealthRule.objects.exists()


def test_a_viewer_reads_the_rule_and_cannot_change_it(workspace, olga, vik, sign_in, page, target_page):
    change_rule(workspace, number=0, by=olga, csat=85, decay=True)
    text = sign_in(vik).get(page).content.decode()
    assert "weigh less" in text
    assert "56.7%" in text
    assert "<form" not in text[text.index('id="main"') :]
    assert sign_in(vik).post(page, RULE).status_code == 403
    assert sign_in(vik).post(target_page, {"usual-target": "50"}).status_code == 403


def test_an_outsider_finds_nothing(workspace, otto, sign_in, page):
    assert sign_in(otto).get(page).status_code == 404
    assert sign_in(otto).post(page, RULE).status_code == 404


def test_who_saw_an_older_rule_sees_both(workspace, ada, olga, sign_in, page):
    change_rule(workspace, number=0, by=olga, csat=85)
    answer = sign_in(ada).post(page, RULE)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "As stored by now" in text
    assert 'value="85"' in text
    assert 'value="50"' in text
    assert rule_of(workspace).csat == 85
    again = sign_in(ada).post(page, RULE | {"version": answer.context["form"].data["version"]})
    assert again.status_code == 302
    assert (rule_of(workspace).number, rule_of(workspace).csat) == (2, 50)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"csat": "101"},
        {"csat": "-1"},
        dict.fromkeys(("csat", "ces", "nps", "complaints", "completion"), "0"),
        {"complaints_good": "6"},
        {"drop_off_limit": "120"},
        {"drop_off_limit": ""},
    ],
)
def test_what_makes_no_score_is_refused_and_the_text_kept(workspace, ada, sign_in, page, nonsense):
    answer = sign_in(ada).post(page, RULE | nonsense)
    assert answer.status_code == 422
    assert 'value="5.5"' in answer.content.decode()
    assert not HealthRule.objects.exists()


def test_the_page_shows_how_far_scores_have_come(at, workspace, olga, vik, sign_in, page, delays, given):
    given(delays, *[5] * 10)
    health(delays)
    assert "being brought" not in sign_in(vik).get(page).content.decode()
    change_rule(workspace, number=0, by=olga, csat=85)
    job = Job.objects.get(kind=APPLY)
    assert "Waiting for a worker" in sign_in(vik).get(page).content.decode()
    Job.objects.update(state=JobState.RUNNING, done=120, total=400)
    part = sign_in(vik).get(page, headers=HTMX).content.decode()
    assert "Scores are being brought to this rule: 120 of 400" in part
    assert 'hx-trigger="every 1s"' in part
    assert "<h1" not in part
    apply_rule(job.pk)
    part = sign_in(vik).get(page, headers=HTMX).content.decode()
    assert "All scores are made by this rule" in part
    assert "hx-trigger" not in part


def test_a_failure_is_said_as_long_as_a_score_is_behind(at, workspace, olga, vik, sign_in, page, delays, given):
    given(delays, *[5] * 10)
    health(delays)
    change_rule(workspace, number=0, by=olga, csat=85)
    Job.objects.update(state=JobState.FAILED)
    assert "1 score could not be brought to this rule" in sign_in(vik).get(page).content.decode()
    given(delays, 5)
    at.pass_days(1)
    health(delays)
    assert "could not be brought" not in sign_in(vik).get(page).content.decode()


def test_as_many_statements_for_any_number_of_rules(workspace, olga, vik, sign_in, page, django_assert_num_queries):
    client = sign_in(vik)
    change_rule(workspace, number=0, by=olga, csat=50)
    with django_assert_num_queries(6) as few:
        client.get(page)
    for number in range(1, 25):
        change_rule(workspace, number=number, by=olga, csat=number)
    with django_assert_num_queries(len(few)):
        text = client.get(page).content.decode()
    assert "CSAT: 23 → 24" in text
    assert "CSAT: 4 → 5" in text
    assert "CSAT: 3 → 4" not in text


def test_the_move_to_another_zone_is_shown_on_the_settings(at, workspace, olga, vik, sign_in, delays, given):
    given(delays, *[5] * 3)
    settings = reverse("settings", args=[workspace.slug])
    assert "are moving" not in sign_in(vik).get(settings).content.decode()
    edit_workspace(workspace, version=1, time_zone="Asia/Tokyo", by=olga)
    job = Job.objects.get(kind=MOVE_DAYS)
    part = sign_in(vik).get(settings, headers=HTMX).content.decode()
    assert "Answers are moving to their days in the new time zone" in part
    assert 'hx-trigger="every 1s"' in part
    move_answers(job.pk)
    assert "are moving" not in sign_in(vik).get(settings).content.decode()
    Job.objects.update(state=JobState.FAILED)
    assert "Not all answers could be moved" in sign_in(vik).get(settings).content.decode()


def test_the_settings_say_what_another_zone_does(workspace, ada, sign_in):
    assert (
        "every answer moves to its day" in sign_in(ada).get(reverse("settings", args=[workspace.slug])).content.decode()
    )


# --- The usual target -----------------------------------------------------------------------------------------------


def test_new_touchpoints_have_the_usual_target(workspace, ada, edda, sign_in, target_page, tess):
    assert sign_in(ada).post(target_page, {"usual-version": "1", "usual-target": "65"}).status_code == 302
    workspace.refresh_from_db()
    create = reverse("touchpoint_create", args=[workspace.slug])
    assert sign_in(edda).get(create).context["form"]["target"].value() == 65
    assert create_touchpoint(workspace, name="Lounge", by=edda).target == 65
    assert create_touchpoint(workspace, name="Kiosk", target=80, by=edda).target == 80
    made = tess.post("/api/v1/touchpoints/", {"name": "Bus"}, content_type="application/json").json()
    assert made["target"] == 65
    told = tess.get("/api/v1/").json()
    assert (told["target"], told["rule"]["number"], told["rule"]["csat"]) == (65, 0, 35)


def test_touchpoints_with_the_old_usual_target_follow_if_asked_to(workspace, ada, edda, olga):
    usual, own = (
        create_touchpoint(workspace, name=name, target=target, by=edda) for name, target in (("A", 70), ("B", 60))
    )
    workspace = change_target(workspace, version=1, target=75, also=False, by=ada)
    assert set(Touchpoint.objects.values_list("name", "target")) == {("A", 70), ("B", 60)}
    workspace = change_target(workspace, version=2, target=70, also=False, by=ada)
    workspace = change_target(workspace, version=3, target=80, also=True, by=ada)
    usual.refresh_from_db()
    own.refresh_from_db()
    assert (usual.target, usual.version, own.target, own.version) == (80, 2, 60, 1)
    assert AuditEntry.objects.filter(verb="touchpoint.edit", actor=ada).count() == 1
    with pytest.raises(Stale):
        change_target(workspace, version=1, target=50, also=True, by=olga)


@pytest.mark.parametrize("nonsense", ["101", "-1", ""])
def test_a_target_that_cannot_be_is_refused(workspace, ada, sign_in, target_page, nonsense):
    answer = sign_in(ada).post(target_page, {"usual-version": "1", "usual-target": nonsense})
    assert answer.status_code == 422
    workspace.refresh_from_db()
    assert workspace.target == 70


def test_the_database_refuses_such_a_target(workspace):
    with pytest.raises(IntegrityError), transaction.atomic():
        Workspace.objects.update(target=101)
