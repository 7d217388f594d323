"""Rules of personas in the browser: previewed while one writes, and applied by a worker whose progress is seen."""

import pytest
from playwright.sync_api import expect

from feedback.actions import create_persona_rule, record_responses
from feedback.models import Submission
from feedback.tasks import apply_persona_rules
from personas.models import Persona
from tests.answering import an_answer
from tests.browser.conftest import Visit
from tests.browser.looks import check_looks
from touchpoints.models import Touchpoint
from workspaces.models import Job, User, Workspace


@pytest.fixture
def answered(workspace: Workspace, delays: Touchpoint) -> None:
    """Three customers of the weekend and one of whom nothing is known."""
    weekend = [an_answer(delays, 4, segment="Weekend") for _ in range(3)]
    record_responses(workspace, [*weekend, an_answer(delays, 2)])


@pytest.mark.usefixtures("answered")
def test_a_rule_is_previewed_while_one_writes(
    workspace: Workspace, commuter: Persona, edda: User, visit: Visit
) -> None:
    page = visit(edda, f"/w/{workspace.slug}/personas/rules/")
    page.get_by_role("link", name="First rule").click()
    page.get_by_label("Persona").select_option(label="Commuter")
    page.get_by_label("Segment").fill("weekend")
    page.get_by_label("Source").focus()
    expect(page.get_by_text("Takes 3 of the last 4 questionnaires.")).to_be_visible()
    page.get_by_label("Segment").fill("Nobody")
    page.get_by_label("Source").focus()
    expect(page.get_by_text("Takes 0 of the last 4 questionnaires.")).to_be_visible()
    check_looks(page)
    page.get_by_label("Segment").fill("weekend")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("cell", name="Segment: weekend")).to_be_visible()
    check_looks(page)


@pytest.mark.usefixtures("answered")
def test_applying_is_seen_until_it_is_done(workspace: Workspace, commuter: Persona, edda: User, visit: Visit) -> None:
    condition = {"fact": "segment", "any_of": ["Weekend"]}
    create_persona_rule(workspace, persona=commuter, conditions=[condition], by=edda)
    page = visit(edda, f"/w/{workspace.slug}/personas/rules/")
    page.get_by_role("link", name="Apply to earlier answers…").click()
    expect(page.get_by_text("3 of 4 questionnaires would come to another persona.")).to_be_visible()
    page.get_by_role("button", name="Apply the rules").click()
    expect(page.get_by_text("The rules are being applied to earlier answers")).to_be_visible()
    check_looks(page)
    apply_persona_rules(Job.objects.get().pk)
    expect(page.get_by_text("3 questionnaires came to another persona.")).to_be_visible()
    expect(page.get_by_role("table")).to_have_count(1)
    assert Submission.objects.filter(persona=commuter, persona_by_rule=True).count() == 3
