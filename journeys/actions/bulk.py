"""Verbs on several touchpoints of a map at once: each succeeds or fails as one, and is one step to undo."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from journeys.actions.history import record_change
from journeys.actions.library_facts import Gift, facts_of, give
from journeys.actions.locking import changes_map, lock
from journeys.actions.refusals import MovedOn
from journeys.actions.several import follow, listed, nowhere, rearrange
from journeys.actions.steps import Step, position_after, reread
from journeys.models import Change, Journey, Phase, Placement, Verb
from touchpoints.actions.several import hold_touchpoints
from touchpoints.models import Channel
from workspaces.models import Actor, Team
from workspaces.owners import Owner

MOST = 500  # as many as the largest map holds


class Seen(NamedTuple):
    """A placement as the person saw it: its version, and its touchpoint's (0 where that is not asked)."""

    placement: int
    version: int
    edition: int = 0


@changes_map
def move_placements(
    journey: Journey, seen: Sequence[Seen], *, to_phase: Phase, after: Placement | None, by: Actor
) -> Change | None:
    """Let these touchpoints follow `after` in `to_phase`, or lead it, in the order in which they stand.

    Behind one that moves along means behind the one before it that stays. Where they stand there already nothing
    happens. Raises `MovedOn` with the names when any of them has changed since it was seen or `after` has left.
    """
    journey = lock(journey)
    placements = _reread(journey, seen)
    if after:
        after = reread(journey, after.pk)[after.pk]
        position_after(after, to_phase.pk)
    _refuse(_("Taken off the map meanwhile: %(names)s."), [one for one in placements if one.archived_at])
    lead = _who_stays(after, placements)
    step = rearrange(journey, placements, Verb.MOVE, follow([one.pk for one in placements], to_phase.pk, lead))
    return _recorded(journey, step, seen, placements, by=by)


@changes_map
def archive_placements(journey: Journey, seen: Sequence[Seen], *, by: Actor) -> Change | None:
    """Take these touchpoints off the map; they stay in the library. Twice is harmless. Raises `MovedOn` likewise."""
    journey = lock(journey)
    placements = _reread(journey, seen)
    gone = [one for one in placements if one.archived_at]
    if len(gone) == len(placements):
        return None
    _refuse(_("Taken off the map meanwhile: %(names)s."), gone)
    return _recorded(journey, rearrange(journey, placements, Verb.ARCHIVE, nowhere), seen, placements, by=by)


@changes_map
def set_owner(journey: Journey, seen: Sequence[Seen], *, owner: Owner | None, by: Actor) -> Change | None:
    """Let a team or a member answer for these touchpoints, or nobody: in the library, and so on every journey.

    Where they do already nothing happens. Raises `MovedOn` with the names when any placement or touchpoint has
    changed since it was seen.
    """
    facts: dict[str, int | None] = {"owner_team_id": None, "owner_member_id": None}
    if owner:
        facts["owner_team_id" if isinstance(owner, Team) else "owner_member_id"] = owner.pk
    return _give(journey, seen, Gift(Verb.OWNER, facts, str(owner or "")), by)


@changes_map
def set_channel(journey: Journey, seen: Sequence[Seen], *, channel: Channel | None, by: Actor) -> Change | None:
    """Let customers meet these touchpoints by a channel, or by none that is known. As `set_owner` else."""
    gift = Gift(Verb.CHANNEL, {"channel_id": channel.pk if channel else None}, str(channel or ""))
    return _give(journey, seen, gift, by)


def _give(journey: Journey, seen: Sequence[Seen], gift: Gift, by: Actor) -> Change | None:
    journey = lock(journey)
    placements = _reread(journey, seen)
    _refuse(_("Taken off the map meanwhile: %(names)s."), [one for one in placements if one.archived_at])
    touchpoints = hold_touchpoints(journey.workspace, [one.touchpoint_id for one in placements])
    news = [one for one in placements if facts_of(touchpoints[one.touchpoint_id], gift.verb) != gift.facts]
    editions = {one.placement: one.edition for one in seen}
    _refuse_stale([one for one in news if touchpoints[one.touchpoint_id].version != editions[one.pk]])
    return _recorded(journey, give(news, touchpoints, gift, by=by) if news else None, seen, news, by=by)


def _recorded(
    journey: Journey, step: Step | None, seen: Sequence[Seen], placements: Sequence[Placement], *, by: Actor
) -> Change | None:
    """Write the step down, unless it changed nothing: then what was seen may be older, for it was sent twice."""
    if step is None:
        return None
    versions = {one.placement: one.version for one in seen}
    _refuse_stale([one for one in placements if one.version != versions[one.pk]])
    return record_change(journey, step, by=by)


def _reread(journey: Journey, seen: Sequence[Seen]) -> list[Placement]:
    """The placements as they are now, in the order of the map; what is not there any more at the end."""
    rows = Placement.objects.of(journey.workspace).filter(journey=journey, pk__in={one.placement for one in seen})
    found = list(rows.select_related("touchpoint").order_by("phase__position", "position", "pk"))
    for placement in found:
        placement.workspace = journey.workspace
    return found


def _who_stays(after: Placement | None, moving: Sequence[Placement]) -> int | None:
    """`after`, or where it moves along, the nearest one before it that does not."""
    if after is None or after not in moving:
        return after.pk if after else None
    before = Placement.objects.of(after.workspace).kept().filter(phase=after.phase_id, position__lt=after.position)
    stays = before.exclude(pk__in=[one.pk for one in moving]).order_by("-position").values_list("pk", flat=True)
    nearest: int | None = stays.first()
    return nearest


def _refuse_stale(placements: Sequence[Placement]) -> None:
    _refuse(_("Changed by others meanwhile: %(names)s. Nothing was saved."), placements)


def _refuse(reason: str, placements: Sequence[Placement]) -> None:
    if placements:
        raise MovedOn(reason % {"names": listed([str(one) for one in placements])})
