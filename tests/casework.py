"""Cases for tests: one serious complaint at the delay information, and the addresses of its page."""

from collections.abc import Callable

import pytest

from feedback.actions import record_responses
from feedback.models import Case
from tests.answering import Clock, an_answer
from touchpoints.models import Touchpoint
from workspaces.models import Workspace


@pytest.fixture
def case(workspace: Workspace, at: Clock, delays: Touchpoint) -> Case:
    """A serious complaint, of which nobody has taken care yet."""
    said = an_answer(delays, 2, metric="complaint", text="The push came late, write to kim@example.org")
    record_responses(workspace, [said])
    found: Case = Case.objects.get()
    return found


@pytest.fixture
def case_page(case: Case, workspace: Workspace) -> Callable[..., str]:
    """The address of its page, or of what is done there: `case_page("take")`."""

    def address(verb: str = "") -> str:
        return f"/w/{workspace.slug}/cases/{case.pk}/{f'{verb}/' if verb else ''}"

    return address
