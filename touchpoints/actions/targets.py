"""The health that touchpoints of a workspace usually ought to reach."""

from django.db import transaction

from touchpoints.actions.several import hold_touchpoints, rewrite_touchpoints
from touchpoints.models import Touchpoint
from workspaces.access import locked
from workspaces.actions import edit_workspace
from workspaces.models import User, Workspace


@transaction.atomic
def change_target(workspace: Workspace, *, version: int, target: int, also: bool, by: User) -> Workspace:
    """Give new touchpoints another usual target, 0 to 100. Raises `Stale`.

    `also`: give it to the touchpoints, too, that have the old one.
    """
    before = locked(workspace, version).target
    workspace = edit_workspace(workspace, version=version, target=target, by=by)
    if also and target != before:
        usual = Touchpoint.objects.of(workspace).kept().filter(target=before)
        held = hold_touchpoints(workspace, usual.values_list("pk", flat=True))
        rewrite_touchpoints(workspace, {one: {"target": target} for one in held.values()}, by=by)
    return workspace
