"""The rules of personas: made, changed, put in order, removed and taken back."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from feedback.actions import (
    archive_persona_rule,
    create_persona_rule,
    edit_persona_rule,
    move_persona_rule,
    record_responses,
    restore_persona_rule,
)
from feedback.models import PersonaRule
from tests.answering import an_answer
from tests.rest import Rest
from touchpoints.models import Channel
from workspaces.actions import create_attribute
from workspaces.errors import Refused, Stale
from workspaces.models import AuditEntry

SEGMENT = {"fact": "segment", "any_of": ["Weekend"]}


@pytest.fixture
def rule(workspace, commuter, edda):
    """Whoever is of the segment Weekend is a commuter."""
    return create_persona_rule(workspace, persona=commuter, conditions=[SEGMENT], by=edda)


def address(name, workspace, *named):
    return reverse(name, args=[workspace.slug, *named])


def order(workspace):
    connection.check_constraints()
    kept = PersonaRule.objects.of(workspace).kept().order_by("position")
    return list(kept.values_list("position", "persona__name"))


def test_an_editor_makes_a_rule(workspace, commuter, edda, sign_in):
    create_attribute(workspace, name="Age", key="age", by=edda)
    sent = {
        "persona": commuter.pk,
        "device": ["phone", "tablet"],
        "segment": " Weekend \r\n\r\nHoliday\r\nWeekend",
        "attribute.age.at_least": "18",
        "attribute.age.at_most": "34.5",
    }
    page = sign_in(edda).post(address("persona_rule_create", workspace), sent, follow=True).content.decode()
    rule = PersonaRule.objects.get()
    assert rule.conditions == [
        {"fact": "device", "any_of": ["phone", "tablet"]},
        {"fact": "segment", "any_of": ["Weekend", "Holiday"]},
        {"fact": "attribute", "attribute": "age", "at_least": 18, "at_most": 34.5},
    ]
    assert "phone or tablet" in page
    assert "18 to 34.5" in page
    assert AuditEntry.objects.filter(verb="personarule.create", actor=edda).count() == 1


def test_the_form_shows_what_is_stored(workspace, rule, edda, sign_in):
    page = sign_in(edda).get(address("persona_rule_edit", workspace, rule.pk)).content.decode()
    assert ">\nWeekend</textarea>" in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "at least one condition"),
        ({"segment": "A", "segment.at_least": "1"}, "not both"),
        ({"segment.at_least": "2", "segment.at_most": "1"}, "ends before it begins"),
        ({"segment": "x" * 201}, "longer than"),
        ({"segment": "\n".join(map(str, range(101)))}, "at most a hundred"),
    ],
)
def test_what_no_questionnaire_can_be_is_refused(workspace, commuter, edda, sign_in, sent, said):
    answer = sign_in(edda).post(address("persona_rule_create", workspace), {"persona": commuter.pk, **sent})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not PersonaRule.objects.exists()


def test_a_preview_says_what_a_rule_takes_before_it_is_saved(workspace, delays, commuter, tourist, rule, edda, sign_in):
    for segment, persona in (("Weekend", None), ("weekend", None), ("Holiday", None), ("Holiday", tourist)):
        record_responses(workspace, [an_answer(delays, 4, segment=segment, persona=persona)])
    client, sent = sign_in(edda), {"persona": tourist.pk, "segment": "Holiday\nWeekend", "preview": "1"}
    page = client.post(address("persona_rule_create", workspace), sent).content.decode()
    assert "Takes 1 of the last 4 questionnaires." in page, "the rule before it takes two, and one names its persona"
    assert "no rule takes 0" in page
    assert "1 keeps the persona that it names itself" in page
    fragment = client.post(address("persona_rule_create", workspace), sent, headers={"HX-Request": "true"})
    assert fragment.content.decode().strip().startswith('<div id="rule-preview"')
    assert PersonaRule.objects.count() == 1


def test_what_was_said_lately_helps_to_write_a_rule(workspace, delays, commuter, edda, sign_in):
    record_responses(workspace, [an_answer(delays, 4, segment="Holiday") for _ in range(5)])
    record_responses(workspace, [an_answer(delays, 4, segment="Rare") for _ in range(4)])
    page = sign_in(edda).get(address("persona_rule_create", workspace)).content.decode()
    assert "seen lately: Holiday" in page
    assert "Rare" not in page


def test_the_list_says_what_each_rule_takes(workspace, delays, rule, commuter, vik, sign_in):
    record_responses(workspace, [an_answer(delays, 4, segment="Weekend"), an_answer(delays, 4)])
    page = sign_in(vik).get(address("persona_rules", workspace)).content.decode()
    assert "takes of the last 2" in page
    assert "no rule takes 1" in page
    assert "Apply to earlier answers" not in page


def test_two_editors_do_not_lose_words(workspace, rule, edda, sign_in):
    edit_persona_rule(rule, version=1, conditions=[{"fact": "segment", "any_of": ["Holiday"]}], by=edda)
    sent = {"persona": rule.persona_id, "segment": "Work", "version": "1"}
    answer = sign_in(edda).post(address("persona_rule_edit", workspace, rule.pk), sent)
    assert answer.status_code == 409
    assert "Holiday" in answer.content.decode()
    assert "Work" in answer.content.decode()


def test_an_edit_is_stale_once_and_harmless_twice(rule, tourist, edda):
    edit_persona_rule(rule, version=1, persona=tourist, by=edda)
    assert edit_persona_rule(rule, version=1, persona=tourist, by=edda).version == 2
    with pytest.raises(Stale):
        edit_persona_rule(rule, version=1, conditions=[{"fact": "source", "any_of": ["a"]}], by=edda)


def test_rules_are_put_in_order(workspace, rule, commuter, tourist, edda, sign_in):
    second = create_persona_rule(workspace, persona=tourist, conditions=[SEGMENT], by=edda)
    client = sign_in(edda)
    for _twice in range(2):
        client.post(address("persona_rule_move", workspace, second.pk), {"to": "1"})
        assert order(workspace) == [(1, "Tourist"), (2, "Commuter")]
    assert move_persona_rule(second, to=99, by=edda).position == 2
    assert order(workspace) == [(1, "Commuter"), (2, "Tourist")]
    assert AuditEntry.objects.filter(verb="personarule.move").count() == 2


def test_a_removed_rule_can_be_taken_back(workspace, rule, tourist, edda, sign_in):
    create_persona_rule(workspace, persona=tourist, conditions=[SEGMENT], by=edda)
    client = sign_in(edda)
    page = client.post(address("persona_rule_archive", workspace, rule.pk), follow=True).content.decode()
    assert "is archived" in page
    assert order(workspace) == [(1, "Tourist")]
    assert archive_persona_rule(rule, by=edda).version == 2
    client.post(address("persona_rule_restore", workspace, rule.pk))
    assert order(workspace) == [(1, "Tourist"), (2, "Commuter")]
    assert restore_persona_rule(rule, by=edda).version == 3


def test_there_are_at_most_fifty(workspace, commuter, edda):
    for _ in range(50):
        create_persona_rule(workspace, persona=commuter, conditions=[SEGMENT], by=edda)
    with pytest.raises(IntegrityError), transaction.atomic():
        create_persona_rule(workspace, persona=commuter, conditions=[SEGMENT], by=edda)


def test_a_channel_of_another_workspace_is_refused(workspace, elsewhere, commuter, edda):
    theirs = Channel.objects.create(workspace=elsewhere, name="Tram")
    with pytest.raises(Refused):
        create_persona_rule(
            workspace, persona=commuter, conditions=[{"fact": "channel", "any_of": [theirs.pk]}], by=edda
        )


@pytest.mark.parametrize("conditions", [[], {}, [{"fact": "weather"}]])
def test_the_database_refuses_conditions_about_nothing(workspace, commuter, conditions):
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonaRule.objects.create(workspace=workspace, persona=commuter, conditions=conditions, position=1)


def test_viewers_and_outsiders_change_no_rule(workspace, rule, vik, otto, sign_in):
    sent = {"persona": rule.persona_id, "segment": "Work", "version": "1"}
    for name in ("persona_rule_edit", "persona_rule_move", "persona_rule_archive", "persona_rule_restore"):
        where = address(name, workspace, rule.pk)
        assert [sign_in(one).post(where, sent).status_code for one in (vik, otto)] == [403, 404], name
    for name in ("persona_rule_create", "persona_rules_apply", "persona_rules_cancel"):
        where = address(name, workspace)
        assert [sign_in(one).post(where, sent).status_code for one in (vik, otto)] == [403, 404], name
    assert PersonaRule.objects.get().version == 1


def test_programs_keep_rules_too(workspace, delays, commuter, tess):
    rest = Rest(tess)
    app = Channel.objects.create(workspace=workspace, name="App")
    conditions = [{"fact": "channel", "channels": [app.pk]}, {"fact": "segment", "at_least": 18, "at_most": 34}]
    made = rest.post("persona-rules/", {"persona": commuter.pk, "conditions": conditions})
    assert made.status_code == 201, made.content
    assert made.json()["conditions"] == conditions
    record_responses(workspace, [an_answer(delays, 4, channel=app.pk, segment="34")])
    assert rest.get("submissions/").json()["results"][0]["persona_by_rule"] is True
    taken = rest.get("persona-rules/taken/").json()
    assert taken == {
        "of": 1,
        "rules": [{"rule": made.json()["id"], "takes": 1}],
        "named": 0,
        "nobody": 0,
        "changed": 0,
    }
    assert rest.post("persona-rules/", {"persona": commuter.pk, "conditions": [{"fact": "channel"}]}).status_code == 422
    begun = rest.post("persona-rules/apply/")
    assert begun.status_code == 202
    assert rest.get(f"jobs/{begun.json()['job']}/").json()["kind"] == "feedback.apply_persona_rules"


def test_applying_asks_first_and_says_how_many(workspace, delays, commuter, edda, sign_in, no_doorbell):
    record_responses(workspace, [an_answer(delays, 4, segment="Weekend"), an_answer(delays, 4)])
    create_persona_rule(workspace, persona=commuter, conditions=[SEGMENT], by=edda)
    client = sign_in(edda)
    asked = client.get(address("persona_rules_apply", workspace)).content.decode()
    assert "1 of 2 questionnaires would come to another persona." in asked
    page = client.post(address("persona_rules_apply", workspace), follow=True).content.decode()
    assert "being applied" in page
    stopped = client.post(address("persona_rules_cancel", workspace), follow=True).content.decode()
    assert "The work is being stopped" in stopped
    strip = client.get(address("persona_rules", workspace) + "?applying=1", headers={"HX-Request": "true"})
    assert strip.content.decode().strip().startswith('<div id="applying"')
