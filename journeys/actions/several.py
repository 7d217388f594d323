"""The steps of changes that concern several placements at once: each is one step, in as many statements for any number.

Taking a change back is such a step, too, be it of one placement or of many.
"""

import copy
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.actions.refusals import MovedOn
from journeys.actions.steps import Step, kept, named, remember_peer_group, run
from journeys.models import Change, Journey, Part, Placement, Verb
from journeys.past import Layout, foremost_first
from journeys.statements import ARRANGE
from workspaces.errors import Refused

NAMED = 3  # of several things a sentence names so many


def standing(journey: Journey) -> Layout:
    """Where everything stands on a locked journey's map."""
    layout = Layout({})
    for placement, phase in kept(journey).order_by("phase", "position").values_list("pk", "phase"):
        layout.phases.setdefault(phase, []).append(placement)
    return layout


def rearrange(
    journey: Journey, placements: Sequence[Placement], verb: Verb, place: Callable[[Layout], None]
) -> Step | None:
    """Take placements off the map and let `place` put them into what then stands there; None when nothing changes.

    Those that it puts nowhere are archived, those that were archived come back.
    """
    if not placements:
        return None
    before = standing(journey)
    after = _with(placements, before, place)
    return None if before.phases == after.phases else _written(placements, verb, before, after)


def _with(placements: Iterable[Placement], before: Layout, place: Callable[[Layout], None]) -> Layout:
    after = copy.deepcopy(before)
    for placement in placements:
        after.take_off(placement.pk)
    place(after)
    return after


def _written(placements: Sequence[Placement], verb: Verb, before: Layout, after: Layout) -> Step:
    _store(before, after, [placement.pk for placement in placements])
    was, now = _places(before), _places(after)
    parts = [_part(placement, was.get(placement.pk), now.get(placement.pk)) for placement in placements]
    if changed := [
        placement.touchpoint
        for placement, part in zip(placements, parts, strict=True)
        if part.what.get("from") != part.what.get("to")
    ]:
        remember_peer_group(*changed)
    return joined(verb, parts)


def _store(before: Layout, after: Layout, moved: list[int]) -> None:
    rows = [(placement, phase, place) for phase, line in after.phases.items() for place, placement in enumerate(line)]
    gone = {one for line in before.phases.values() for one in line} - {placement for placement, _, _ in rows}
    rows += [(one, phase, None) for phase, line in before.phases.items() for one in line if one in gone]  # type: ignore[misc]
    placements, phases, places = zip(*rows, strict=True)
    run(
        ARRANGE,
        placements=list(placements),
        phases=list(phases),
        places=list(places),
        moved=moved,
        now=timezone.now(),
    )


def _places(layout: Layout) -> dict[int, dict[str, Any]]:
    return {
        placement: {"phase": phase, "position": position, "after": after}
        for phase, line in layout.phases.items()
        for position, (after, placement) in enumerate(pairwise([None, *line]))
        if placement is not None
    }


def _part(placement: Placement, was: dict[str, Any] | None, now: dict[str, Any] | None) -> Part:
    what = named(placement) | ({"from": was["phase"]} if was else {}) | ({"to": now["phase"]} if now else {})
    return Part(what, was or {})


def joined(verb: Verb, parts: Sequence[Part], **said: Any) -> Step:
    """One step of these parts. `said`: what holds for all of them."""
    if len(parts) == 1:
        return Step(verb, parts[0].what | said, parts[0].undo)
    return Step(verb, {"parts": [part.what for part in parts], **said}, {"parts": [part.undo for part in parts]})


def follow(placements: Iterable[int], phase: int, after: int | None) -> Callable[[Layout], None]:
    """Puts these behind `after` in a phase, or first, one behind the other."""

    def place(layout: Layout) -> None:
        line = layout.phases.setdefault(phase, [])
        start = line.index(after) + 1 if after in line else 0
        line[start:start] = placements

    return place


def nowhere(_layout: Layout) -> None:
    """Puts nothing anywhere."""


def where_they_were(parts: Sequence[Part]) -> Callable[[Layout], None]:
    """Puts what was moved or taken off back: behind whom it followed, or as far back as it was."""

    def place(layout: Layout) -> None:
        for what, undo in foremost_first(parts):
            line = layout.phases.setdefault(undo["phase"], [])
            after = undo["after"]
            position = line.index(after) + 1 if after in line else undo["position"] if after else 0
            layout.put(what["placement"], undo["phase"], position)

    return place


def put_back_as_they_were(journey: Journey, done: Change, placements: dict[int, Placement]) -> Step:
    """Let everything that a change moved, placed, took off or put back stand as before it.

    Raises `MovedOn` when one of them is no longer as the change left it, and `Refused` when it cannot stand there.
    """
    parts, back = done.parts, {Verb.MOVE: Verb.MOVE, Verb.ARCHIVE: Verb.RESTORE}.get(Verb(done.verb), Verb.ARCHIVE)
    for what, _undo in parts:
        placement = placements.get(what["placement"])
        if placement is None or (placement.archived_at is None) == (back == Verb.RESTORE):
            raise MovedOn(_("“%(name)s” is no longer as this change left it.") % {"name": what["name"]})
    they = [placements[what["placement"]] for what, _undo in parts]
    if back == Verb.RESTORE:
        may_stand_again(journey, they)
    before = standing(journey)
    place = nowhere if back == Verb.ARCHIVE else where_they_were(parts)
    return _written(they, back, before, _with(they, before, place))


def may_stand_again(journey: Journey, placements: Sequence[Placement]) -> None:
    """Raise `Refused` for the first whose touchpoint is archived, or stands on this journey again."""
    they = [placement.touchpoint_id for placement in placements]
    again = set(kept(journey).filter(touchpoint__in=they).values_list("touchpoint", flat=True))
    for placement in placements:
        if placement.touchpoint.archived_at is not None:
            raise Refused(_("“%(name)s” is archived. Restore it first.") % {"name": placement})
        if placement.touchpoint_id in again:
            raise Refused(_("“%(name)s” already stands on this journey.") % {"name": placement})


def listed(names: Sequence[str]) -> str:
    """The first of these names, and how many more there are."""
    said = ", ".join(_("“%(name)s”") % {"name": name} for name in names[:NAMED])
    more = len(names) - NAMED
    if more <= 0:
        return said
    return ngettext("%(names)s and %(number)d more", "%(names)s and %(number)d more", more) % {
        "names": said,
        "number": more,
    }
