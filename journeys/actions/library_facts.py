"""What the library says of touchpoints, changed from a map: by one step, which the map's history keeps."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from journeys.actions.refusals import MovedOn, changed_since
from journeys.actions.several import joined
from journeys.actions.steps import Step, named
from journeys.models import Change, Part, Placement, Verb
from touchpoints.actions.several import hold_touchpoints, rewrite_touchpoints
from touchpoints.models import Channel, Touchpoint
from workspaces.editing import refusal
from workspaces.errors import Refused
from workspaces.models import Actor, AuditEntry, Membership, Team, User, Workspace

Facts = Mapping[str, Any]
COLUMNS = {
    Verb.OWNER: ("owner_team_id", "owner_member_id"),
    Verb.CHANNEL: ("channel_id",),
    Verb.NAME: ("name",),
}
ROWS: dict[str, Any] = {"owner_team_id": Team, "owner_member_id": Membership, "channel_id": Channel}


def facts_of(touchpoint: Touchpoint, verb: str) -> dict[str, Any]:
    """What such a change is about, as the history keeps it."""
    return {column: getattr(touchpoint, column) for column in COLUMNS[Verb(verb)]}


class Gift(NamedTuple):
    """What touchpoints are given: which kind of fact, the columns with it, and how it reads."""

    verb: Verb
    facts: Facts
    said: str


def give(placements: Sequence[Placement], touchpoints: Mapping[int, Touchpoint], gift: Gift, *, by: Actor) -> Step:
    """Give the touchpoints of these placements, locked, the same facts."""
    workspace = placements[0].workspace
    parts = [
        Part(
            {**named(placement), "touchpoint": placement.touchpoint_id, "now": dict(gift.facts)},
            {"was": facts_of(touchpoints[placement.touchpoint_id], gift.verb)},
        )
        for placement in placements
    ]
    _store(workspace, touchpoints, parts, by=by)
    return joined(gift.verb, parts, said=gift.said)


def take_facts_back(workspace: Workspace, done: Change, *, by: Actor) -> Step:
    """Give each touchpoint what the library said of it before the change.

    Raises `MovedOn`, naming who it was, when the library says something else than the change made it say, and
    `Refused` when what it was then is no longer there.
    """
    touchpoints = hold_touchpoints(workspace, [what["touchpoint"] for what, _undo in done.parts])
    for what, _undo in done.parts:
        touchpoint = touchpoints.get(what["touchpoint"])
        if touchpoint is None or facts_of(touchpoint, done.verb) != what["now"]:
            raise _changed_since(workspace, done, what, by)
    parts = [Part({**what, "now": undo["was"]}, {"was": what["now"]}) for what, undo in done.parts]
    _refuse_gone(workspace, parts)
    again = done.undoes if done.what.get("back") == "undo" else None
    _store(workspace, touchpoints, parts, by=by)
    return joined(Verb(done.verb), parts, **({"said": again.what["said"]} if again else {}))


def _store(workspace: Workspace, touchpoints: Mapping[int, Touchpoint], parts: Sequence[Part], *, by: Actor) -> None:
    facts = {touchpoints[what["touchpoint"]]: what["now"] for what, _undo in parts}
    try:
        with transaction.atomic():
            rewrite_touchpoints(workspace, facts, by=by)
    except IntegrityError as error:
        raise Refused(refusal(next(iter(facts)), error)) from error


def _refuse_gone(workspace: Workspace, parts: Sequence[Part]) -> None:
    for column, model in ROWS.items():
        wanted = {what["now"][column] for what, _undo in parts if what["now"].get(column)}
        if wanted and model.objects.of(workspace).filter(pk__in=wanted).count() < len(wanted):
            raise Refused(_("What it was before no longer exists in this workspace."))


def _changed_since(workspace: Workspace, done: Change, what: dict[str, Any], by: Actor) -> MovedOn:
    edits = AuditEntry.objects.of(workspace).filter(target=f"touchpoint {what['touchpoint']}", at__gt=done.at)
    mine = {"actor": by} if isinstance(by, User) else {"token": by}
    other = edits.exclude(**mine).select_related("actor", "token").order_by("-at").first()
    if other is None:
        return MovedOn(_("“%(name)s” is no longer as this change left it.") % {"name": what["name"]})
    return changed_since(other.by, what["name"])
