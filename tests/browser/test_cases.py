"""A complaint from where it came in to a customer who knows: pushed by a program, seen, taken, closed."""

from django.utils import timezone
from playwright.sync_api import expect

from feedback.models import Case
from tests.browser.conftest import Visit
from tests.browser.looks import PHONE, check_looks
from tests.cast import token_client
from tests.rest import Rest
from touchpoints.actions import create_touchpoint
from workspaces.models import Scope, User, Workspace


def complain(workspace: Workspace, by: User) -> Case:
    """A program pushes a severe complaint about the ticket machine."""
    machine = create_touchpoint(workspace, name="Ticket machine", by=by)
    said = {
        "source": "crm",
        "external_id": "4711",
        "touchpoint": machine.pk,
        "metric": "complaint",
        "value": 3,
        "text": "It kept my money. Call me: 0170 1234567",
        "occurred_at": timezone.now().isoformat(),
    }
    answer = Rest(token_client(workspace, *Scope.values)).post("responses/", [said])
    assert answer.status_code in {200, 201, 202}, answer.content
    case: Case = Case.objects.of(workspace).get()
    return case


def test_a_complaint_is_taken_in_hand_and_closed(workspace: Workspace, edda: User, visit: Visit) -> None:
    case = complain(workspace, edda)
    page = visit(edda, f"/w/{workspace.slug}/answers/")
    page.get_by_role("navigation", name="Answers").get_by_role("link", name="Cases").click()
    row = page.get_by_role("row", name=f"Case {case.pk}")
    expect(row).to_contain_text("severe")
    check_looks(page)
    row.get_by_role("link", name=f"Case {case.pk}").click()
    expect(page.get_by_text("It kept my money. Call me: •••")).to_be_visible()
    page.get_by_role("button", name="Take in hand").click()
    expect(page.locator(".case-state")).to_have_text("in hand")
    page.get_by_label("What is done").select_option("refund")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".facts")).to_contain_text("refund")
    page.get_by_label("New comment").fill("She is at home after six.")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".comment")).to_contain_text("She is at home after six.")
    check_looks(page)
    page.get_by_role("radio", name="recovered", exact=True).check()
    page.get_by_label("Cost (EUR)").fill("12.50")
    page.get_by_label("The customer has been told").check()
    page.get_by_role("button", name="Close the case").click()
    expect(page.locator(".facts")).to_contain_text("12.50 EUR")
    case.refresh_from_db()
    assert (case.state, case.outcome, case.cost) == ("closed", "recovered", 1250)
    assert case.customer_told_at is not None


def test_it_is_taken_on_a_phone_in_german_without_scripts(workspace: Workspace, edda: User, visit: Visit) -> None:
    case = complain(workspace, edda)
    page = visit(edda, f"/w/{workspace.slug}/cases/{case.pk}/", java_script_enabled=False, **PHONE)
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.locator(".case-state")).to_have_text("in Arbeit")
