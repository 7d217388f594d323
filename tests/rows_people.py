"""Rows of those who have a say, for tests/rows.py."""

from measures.actions import write_stakeholder
from measures.models import Measure
from personas.actions import create_step
from personas.models import StakeholderReader
from workspaces.models import Membership, User, Workspace


def fill_people_with_a_say(workspace: Workspace, *, by: User) -> None:
    """A stakeholder whom only its maker sees, and then one whom all editors do, with a next step."""
    member = Membership.objects.of(workspace).get(user=by)
    decides = list(Measure.objects.of(workspace))
    write_stakeholder(workspace, name="The chair", named_only=True, named=[member], decides=decides, by=by)
    assert StakeholderReader.objects.of(workspace).count() == 1
    stakeholder = write_stakeholder(workspace, name="Finance", influence=68, support=13, decides=decides, by=by)
    create_step(workspace, stakeholder=stakeholder, text="Walk through the savings", by=by)
