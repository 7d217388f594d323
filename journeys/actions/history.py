"""What happened to a map, and taking it back."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from journeys.actions.library_facts import take_facts_back
from journeys.actions.locking import changes_map, lock
from journeys.actions.refusals import MovedOn, changed_since
from journeys.actions.several import put_back_as_they_were
from journeys.actions.steps import Step, arrange_lane, meet_needs, reread, rewrite, write_in
from journeys.models import Change, Journey, Lane, LaneKind, Phase, Placement, Verb
from journeys.past import OF_THE_LIBRARY
from journeys.statements import CHANGED_SINCE
from workspaces.errors import Refused
from workspaces.live import announce
from workspaces.models import Actor, User

# Fifty steps back, and the fifty changes that took them
REACH = 100
NOT_UNDONE = (Verb.START, Verb.OPEN)
# What was said of a touchpoint where it stands
SAID = frozenset({Verb.EDIT, Verb.CELL, Verb.NEEDS})


def record_change(journey: Journey, step: Step, *, by: Actor, undoes: Change | None = None) -> Change:
    """Write down what was done to a locked journey, raise its revision by one, and tell open pages after commit."""
    journey.revision += 1
    journey.save(update_fields=["revision"])
    announce(journey.workspace_id, journey=journey.pk, revision=journey.revision)
    change: Change = Change.objects.create(
        workspace_id=journey.workspace_id,
        journey=journey,
        revision=journey.revision,
        verb=step.verb,
        what=step.what,
        undo=step.undo,
        undoes=undoes,
        **made_by(by),
    )
    return change


@changes_map
def undo_change(journey: Journey, *, by: Actor) -> Change:
    """Take this person's latest change of the map back, and return the change that did.

    Raises `MovedOn` when somebody else has changed the same thing since, and `Refused` when nothing is left to undo.
    """
    journey = lock(journey)
    own = latest(journey, by)
    done = next_to_undo(own)
    if done is None:
        raise Refused(_("Undo reaches fifty steps back.") if len(own) == REACH else _("There is nothing to undo."))
    return _take_back(journey, done, by=by, back="undo")


@changes_map
def redo_change(journey: Journey, *, by: Actor) -> Change:
    """Do again what this person undid last, unless they have changed the map since. Raises as `undo_change` does."""
    journey = lock(journey)
    undone = next_to_redo(latest(journey, by))
    if undone is None:
        raise Refused(_("There is nothing to redo."))
    return _take_back(journey, undone, by=by, back="redo")


def next_to_undo(changes: list[Change]) -> Change | None:
    """Of one person's changes, latest first, the one that undo would take back: not an undo, and not undone itself."""
    gone = set()
    for change in changes:
        if change.what.get("back") == "undo":
            gone.add(change.undoes_id)
        elif change.pk not in gone:
            return change
    return None


def next_to_redo(changes: list[Change]) -> Change | None:
    """Of one person's changes, latest first, the undo that redo would take back; none once they did something new."""
    gone = set()
    for change in changes:
        back = change.what.get("back")
        if back is None:
            return None
        if back == "redo":
            gone.add(change.undoes_id)
        elif change.pk not in gone:
            return change
    return None


def latest(journey: Journey, by: Actor) -> list[Change]:
    """This person's or program's changes of the map, latest first, as far back as undo reaches.

    Never its beginning, nor which journeys it opens: those are linked in their own forms.
    """
    own = Change.objects.of(journey.workspace).filter(journey=journey, **made_by(by)).exclude(verb__in=NOT_UNDONE)
    return list(own.order_by("-revision")[:REACH])


def made_by(by: Actor) -> dict[str, Actor]:
    """How a change names who made it."""
    return {"by": by} if isinstance(by, User) else {"token": by}


def _take_back(journey: Journey, done: Change, *, by: Actor, back: str) -> Change:
    if done.verb in OF_THE_LIBRARY:
        step = take_facts_back(journey.workspace, done, by=by)
    else:
        _refuse_where_changed_since(journey, done, by)
        step = backwards(journey, done)
    step.what["back"] = back
    return record_change(journey, step, by=by, undoes=done)


def _refuse_where_changed_since(journey: Journey, done: Change, by: Actor) -> None:
    kind = {Verb.LABEL: "phase", Verb.LANE: "lane"}.get(Verb(done.verb), "placement")
    names = {what[kind]: what["name"] for what, _undo in done.parts}
    person, token = (by.pk, None) if isinstance(by, User) else (None, by.pk)
    asked = {"journey": journey.pk, "revision": done.revision, "kind": kind, "things": list(names)}
    mine = {"by": person, "token": token, "but": [*OF_THE_LIBRARY, Verb.OPEN]}
    others: Any = Change.objects.raw(CHANGED_SINCE, asked | mine)
    for other in others:
        raise changed_since(other.author, names[other.thing])


def backwards(journey: Journey, done: Change) -> Step:
    """Let what a change of a locked map did be as it was before. Raises `MovedOn` where it cannot be, and `Refused`."""
    if done.verb == Verb.LABEL:
        return rewrite(Phase.objects.of(journey.workspace).get(pk=done.what["phase"]), done.undo)
    if done.verb == Verb.LANE:
        return arrange_lane(Lane.objects.of(journey.workspace).get(pk=done.what["lane"]), done.undo)
    placements = reread(journey, *[what["placement"] for what, _undo in done.parts])
    if done.verb not in SAID:
        return put_back_as_they_were(journey, done, placements)
    placement = placements.get(done.what["placement"])
    if placement is None or placement.archived_at is not None:
        raise MovedOn(_("“%(name)s” is no longer as this change left it.") % {"name": done.what["name"]})
    return _said_again(placement, done)


def _said_again(placement: Placement, done: Change) -> Step:
    if done.verb == Verb.NEEDS:
        return meet_needs(placement, [tuple(need) for need in done.undo["needs"]])
    if done.verb == Verb.EDIT:
        return rewrite(placement, done.undo)
    lane = Lane.objects.of(placement.workspace).get(pk=done.what["in"])
    value, is_number = done.undo["value"], lane.kind == LaneKind.NUMBER
    return write_in(lane, placement, Decimal(value) if is_number and value is not None else value)
