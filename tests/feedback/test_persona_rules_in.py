"""An answer that does not say whose it is gets the persona of the first rule that holds, whatever way it comes in."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback.actions import archive_persona_rule, create_persona_rule, edit_persona_rule, record_responses
from feedback.models import Submission
from feedback.persona_rules import Given, Giver, Told, number_of
from personas.actions import archive_persona
from tests.answering import an_answer, health
from touchpoints.models import Channel
from workspaces.actions import create_attribute


@pytest.fixture(autouse=True)
def attributes(workspace, edda):
    """Reason and age, which answers tell."""
    create_attribute(workspace, name="Reason", key="reason", by=edda)
    create_attribute(workspace, name="Age", key="age", by=edda)


@pytest.fixture
def rule(workspace, edda):
    """`rule(commuter, condition, …)`: a new rule, in the last place."""

    def made(persona, *conditions):
        return create_persona_rule(workspace, persona=persona, conditions=conditions, by=edda)

    return made


def reason(*any_of):
    return {"fact": "attribute", "attribute": "reason", "any_of": list(any_of)}


def age(**ends):
    return {"fact": "attribute", "attribute": "age", **ends}


def whose():
    """Of the newest questionnaire: whose it is, and whether a rule says so."""
    newest = Submission.objects.latest("pk")
    return newest.persona, newest.persona_by_rule


def test_a_rule_gives_the_persona_that_nobody_said(workspace, delays, commuter, rule):
    rule(commuter, reason("Work", "School"))
    record_responses(workspace, [an_answer(delays, 4, attributes={"reason": " work "}) for _ in range(5)])
    assert whose() == (commuter, True)
    assert health(delays, commuter).answers == 5


def test_an_answer_that_names_its_persona_keeps_it(workspace, delays, commuter, tourist, rule):
    rule(commuter, reason("Work"))
    record_responses(workspace, [an_answer(delays, 4, persona=tourist, attributes={"reason": "Work"})])
    assert whose() == (tourist, False)


def test_the_first_rule_that_holds_decides(workspace, delays, commuter, tourist, rule):
    rule(commuter, reason("Work"))
    rule(tourist, reason("Work"))
    record_responses(workspace, [an_answer(delays, 4, attributes={"reason": "Work"})])
    assert whose() == (commuter, True)


def test_all_conditions_must_hold(workspace, delays, commuter, rule):
    rule(commuter, reason("Work"), {"fact": "device", "any_of": ["phone"]})
    record_responses(workspace, [an_answer(delays, 4, attributes={"reason": "Work"}, device="computer")])
    assert whose() == (None, False)
    record_responses(workspace, [an_answer(delays, 4, attributes={"reason": "Work"}, device="phone")])
    assert whose() == (commuter, True)


@pytest.mark.parametrize(
    ("told", "is_within"),
    [("18", True), ("34", True), ("34,5", False), ("17.9", False), ("35", False), ("young", False), ("18–34", False)],
)
def test_a_range_takes_numbers_and_nothing_else(workspace, delays, commuter, rule, told, is_within):
    rule(commuter, age(at_least=18, at_most=34))
    record_responses(workspace, [an_answer(delays, 4, attributes={"age": told})])
    assert whose() == ((commuter, True) if is_within else (None, False))


def test_a_range_may_be_open_at_one_end(workspace, delays, commuter, rule):
    rule(commuter, age(at_least=65))
    record_responses(workspace, [an_answer(delays, 4, attributes={"age": "99"})])
    assert whose() == (commuter, True)


def test_channel_segment_and_source_are_facts_too(workspace, delays, commuter, rule):
    app = Channel.objects.create(workspace=workspace, name="App")
    rule(
        commuter,
        {"fact": "channel", "any_of": [app.pk]},
        {"fact": "segment", "any_of": ["bahncard 100"]},
        {"fact": "source", "any_of": ["Survey"]},
    )
    record_responses(workspace, [an_answer(delays, 4, channel=app.pk, segment="BahnCard 100")])
    assert whose() == (commuter, True)
    record_responses(workspace, [an_answer(delays, 4, segment="BahnCard 100")])
    assert whose() == (None, False)


def test_a_later_version_is_asked_anew(workspace, delays, commuter, tourist, rule):
    rule(commuter, reason("Work"))
    first = an_answer(delays, 4, external_id="one", attributes={"reason": "Work"})
    record_responses(workspace, [first])
    record_responses(workspace, [an_answer(delays, 4, external_id="one", version=2, attributes={"reason": "Fun"})])
    assert whose() == (None, False)
    record_responses(workspace, [an_answer(delays, 4, external_id="one", version=3, persona=tourist)])
    assert whose() == (tourist, False)


def test_a_rule_that_is_changed_or_removed_takes_nothing_more(workspace, delays, commuter, rule, edda):
    made = rule(commuter, reason("Work"))
    edit_persona_rule(made, version=1, conditions=[reason("School")], by=edda)
    record_responses(workspace, [an_answer(delays, 4, attributes={"reason": "Work"})])
    assert whose() == (None, False)
    archive_persona_rule(made, by=edda)
    record_responses(workspace, [an_answer(delays, 4, attributes={"reason": "School"})])
    assert whose() == (None, False)


def test_a_rule_rests_while_its_persona_is_archived(workspace, delays, commuter, tourist, rule, edda):
    rule(commuter, reason("Work"))
    rule(tourist, reason("Work"))
    archive_persona(commuter, by=edda)
    record_responses(workspace, [an_answer(delays, 4, attributes={"reason": "Work"})])
    assert whose() == (tourist, True)


def test_rules_of_another_workspace_take_nothing_here(workspace, delays, elsewhere, otto, commuter):
    theirs = type(commuter).objects.create(workspace=elsewhere, name="Tram rider")
    condition = {"fact": "source", "any_of": ["survey"]}
    create_persona_rule(elsewhere, persona=theirs, conditions=[condition], by=otto)
    record_responses(workspace, [an_answer(delays, 4)])
    assert whose() == (None, False)


def test_rules_cost_no_statement_but_one_for_the_personas_figures(workspace, delays, commuter, rule):
    record_responses(workspace, [an_answer(delays, 4)])  # what a process learns first
    with CaptureQueriesContext(connection) as without:
        record_responses(workspace, [an_answer(delays, 4, attributes={"reason": "Work"}) for _ in range(20)])
    for place in range(10):
        rule(commuter, reason(f"Other {place}"), age(at_least=90))
    rule(commuter, reason("Work"))
    record_responses(workspace, [an_answer(delays, 4, attributes={"reason": "Work"}) for _ in range(5)])
    with CaptureQueriesContext(connection) as within:
        record_responses(workspace, [an_answer(delays, 4, attributes={"reason": "Work"}) for _ in range(20)])
    assert whose() == (commuter, True)
    assert len(within) == len(without) + 1


def test_numbers_are_read_as_people_write_them():
    assert [number_of(text) for text in (" 34 ", "34,5", "-1.5", "1e3", "٣٤", "")] == [34, 34.5, -1.5, None, None, None]


def test_no_rule_takes_nothing():
    assert not Giver([])
    assert Giver([Given(1, [reason("Work")])]).persona_of(Told("", None, "", "", {})) is None
