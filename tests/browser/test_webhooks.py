"""An admin adds a webhook, copies its secret, sends a test and watches it arrive."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from config import household
from config.supervisor import Running
from tests.browser.conftest import Visit
from tests.processes import House
from tests.receiving import MakeWebhook, Receiver
from workspaces.models import User, WebhookEndpoint, Workspace


@pytest.fixture
def courier(house: House, settled: None, receiver: Receiver) -> Iterator[Running]:
    """The Celery worker, which may call the receiver."""
    env = {**house.env, "WEBHOOKS_MAY_REACH": f"127.0.0.1:{receiver.port}"}
    yield from house.during_this_test(household.worker(env, processes=1))


def test_a_test_arrives_and_the_log_follows_by_itself(
    courier: Running, receiver: Receiver, webhook: MakeWebhook, workspace: Workspace, ada: User, visit: Visit
) -> None:
    page = visit(ada, f"/w/{workspace.slug}/webhooks/{webhook(receiver).pk}/")
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_role("row", name="test")).to_contain_text("taken: 204", timeout=40_000)
    assert receiver.events == ["test"]


def test_a_webhook_is_added_its_secret_copied_and_the_webhook_removed(
    workspace: Workspace, ada: User, visit: Visit
) -> None:
    page = visit(ada, f"/w/{workspace.slug}/webhooks/")
    page.get_by_role("link", name="First webhook").click()
    page.get_by_label("Name").fill("Tickets")
    page.get_by_label("Address").fill("https://tickets.example.org/etappe")
    page.get_by_label("customers have answered").uncheck()
    page.get_by_role("button", name="Add webhook").click()
    expect(page.locator("p.token")).to_contain_text("whsec_")
    page.get_by_role("link", name="I have copied it").click()
    expect(page.locator("p.token")).to_have_count(0)
    page.get_by_role("link", name="Remove…").click()
    page.get_by_role("button", name="Remove webhook").click()
    expect(page.get_by_role("link", name="First webhook")).to_be_visible()
    assert not WebhookEndpoint.objects.exists()
