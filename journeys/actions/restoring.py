"""Bringing back how something was before a change, by whoever it was made: a step of its own, which can be undone."""

from django.utils.translation import gettext as _

from journeys.actions.history import backwards, record_change
from journeys.actions.library_facts import take_facts_back
from journeys.actions.locking import changes_map, lock
from journeys.actions.refusals import MovedOn
from journeys.actions.several import rearrange, standing
from journeys.actions.steps import Step, reread
from journeys.models import Change, Journey, Verb
from journeys.past import OF_THE_LIBRARY, Done, Layout, walk_back
from workspaces.errors import Refused
from workspaces.models import Actor

RESTORABLE = frozenset(Verb) - {Verb.PLACE, Verb.RESTORE, Verb.START, Verb.OPEN}


@changes_map
def restore_before(journey: Journey, change: Change, *, by: Actor) -> Change:
    """Let what a change was about be as it was before it; what came later is overwritten knowingly.

    Raises `MovedOn` when that is no longer possible or has happened already, and `Refused` for a change before which
    nothing was, or that let a journey be opened here or no longer.
    """
    journey = lock(journey)
    if change.verb == Verb.OPEN:
        raise Refused(_("Where a journey is opened is said in its own form."))
    if change.verb not in RESTORABLE:
        raise Refused(_("Before this change there was nothing that could be brought back."))
    step = _before(journey, change, by=by)
    step.what["brought_back"] = change.revision
    return record_change(journey, step, by=by)


@changes_map
def restore_order(journey: Journey, change: Change, *, by: Actor) -> Change:
    """Let what stands on the map stand in the order that it had after a change.

    What was put on the map since stands behind it, and what was taken off stays off. Raises `MovedOn` when everything
    stands like that.
    """
    journey = lock(journey)
    since = Change.objects.of(journey.workspace).filter(journey=journey, revision__gt=change.revision)
    now = standing(journey)
    then = walk_back(
        Layout({phase: list(line) for phase, line in now.phases.items()}),
        [Done(*done) for done in since.order_by("-revision").values_list("verb", "what", "undo")],
    )
    stands = {placement for line in now.phases.values() for placement in line}
    order = {phase: kept for phase, line in then.phases.items() if (kept := [one for one in line if one in stands])}
    they = list(reread(journey, *[placement for line in order.values() for placement in line]).values())

    def place(layout: Layout) -> None:
        for phase, line in order.items():
            layout.phases[phase] = [*line, *layout.phases.get(phase, [])]

    step = rearrange(journey, they, Verb.MOVE, place)
    if step is None:
        raise MovedOn(_("Everything stands in this order already."))
    step.what["order_of"] = change.revision
    return record_change(journey, step, by=by)


def _before(journey: Journey, change: Change, *, by: Actor) -> Step:
    if change.verb in OF_THE_LIBRARY:
        return take_facts_back(journey.workspace, change, by=by)
    step = backwards(journey, change)
    if step.undo == change.undo:
        name = change.parts[0].what["name"]
        raise MovedOn(_("“%(name)s” is as it was before this change already.") % {"name": name})
    return step
