"""New touchpoints from lines of text: `Missed-connection hotline @Phone #Service desk *`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from journeys.actions.drawing import known_names
from journeys.actions.history import record_change
from journeys.actions.locking import changes_map, lock
from journeys.actions.refusals import MovedOn
from journeys.actions.several import joined
from journeys.actions.steps import Step, kept, named, position_after, remember_peer_group, reread
from journeys.models import Change, Journey, Part, Phase, Placement, Verb
from touchpoints.actions.library import create_touchpoints
from touchpoints.models import Channel, Touchpoint
from workspaces.errors import Refused
from workspaces.models import Actor, Membership, Team, Workspace
from workspaces.owners import Owner

LONGEST = 200
MOST_LINES = 200


class Line(NamedTuple):
    """What a line says: a name, and perhaps a channel, an owner, and that it is a moment of truth."""

    name: str
    channel: str
    owner: str
    moment_of_truth: bool


def parse(text: str) -> Line:
    """Read `Name @channel #owner *`, the marks in any order behind the name. A mark begins a word; * stands alone.

    Raises `Refused` when no name is left or it is too long, or a mark comes twice or without a word.
    """
    name, *marked = re.split(r"(?:^|\s+)(?=[@#]|\*(?:\s|$))", " ".join(text.split()))
    said: dict[str, str] = {}
    for part in marked:
        mark, word = part[0], part[1:].strip()
        if mark in said or (mark == "*") == bool(word):
            raise Refused(_("“%(text)s” cannot be read. Write: Name @channel #owner *") % {"text": part})
        said[mark] = word
    if not name:
        raise Refused(_("The touchpoint needs a name before @, # and *."))
    if len(name) > LONGEST:
        raise Refused(_("A name has at most %(number)d characters.") % {"number": LONGEST})
    return Line(name, said.get("@", ""), said.get("#", ""), "*" in said)


@dataclass
class Understood:
    """A line as it will be taken: what it says, the library's touchpoint where it has one, or what is wrong with it."""

    text: str
    name: str = ""
    channel: Channel | None = None
    owner: Owner | None = None
    moment_of_truth: bool = False
    known: Touchpoint | None = None
    problem: str = ""

    def facts(self) -> dict[str, Any]:
        """What the line says of a touchpoint, as the library keeps it."""
        said: dict[str, Any] = {"channel_id": self.channel.pk} if self.channel else {}
        if self.owner:
            said["owner_team_id" if isinstance(self.owner, Team) else "owner_member_id"] = self.owner.pk
        return said


@changes_map
def quick_add(journey: Journey, *, text: str, phase: Phase, after: Placement | None, by: Actor) -> Change | None:
    """Let a touchpoint stand on the journey that is named by a line of text; the library gets it when it is new.

    Where it stands there already nothing happens. Raises `Refused` when the line cannot be read, names a channel or
    owner that does not exist, says otherwise than the library of a touchpoint that it has, or names one that stands
    elsewhere on this journey, and `MovedOn` when `after` has left.
    """
    return add_lines(journey, texts=[text], phase=phase, after=after, by=by)


@changes_map
def add_lines(
    journey: Journey, *, texts: Sequence[str], phase: Phase, after: Placement | None, by: Actor
) -> Change | None:
    """Let the touchpoints of all lines stand behind `after`, in their order: all or none, as one step.

    Where they stand there already nothing happens. Raises as `quick_add` does.
    """
    journey = lock(journey)
    start = position_after(reread(journey, after.pk)[after.pk] if after else None, phase.pk)
    lines = understood(journey, texts)
    if _stand_there(journey, lines, phase, start):
        return None
    for line in lines:
        if line.problem:
            raise Refused(line.problem)
    touchpoints = _in_library(journey.workspace, lines, by)
    kept(journey).filter(phase=phase, position__gte=start).update(position=F("position") + len(lines))
    placements = Placement.objects.bulk_create(
        Placement(
            workspace=journey.workspace, journey=journey, phase=phase, touchpoint=touchpoint, position=position,
            moment_of_truth=line.moment_of_truth,
        )
        for position, (line, touchpoint) in enumerate(zip(lines, touchpoints, strict=True), start=start)
    )  # fmt: skip
    remember_peer_group(*touchpoints)
    return record_change(journey, _placed(placements), by=by)


def understood(journey: Journey, texts: Iterable[str]) -> list[Understood]:
    """Each line as it will be taken, in as many statements for any number. What is wrong with one is said of it."""
    workspace = journey.workspace
    channels, owners = known_marks(workspace)
    lines = [_read(text, channels, owners) for text in texts]
    library = known_names(workspace, [line.name for line in lines])
    here = set(kept(journey).values_list("touchpoint", flat=True))
    seen: set[str] = set()
    for line in lines:
        line.known = library.get(line.name.lower())
        line.problem = line.problem or _what_is_wrong(line, here, seen)
        seen.add(line.name.lower())
    return lines


def known_marks(workspace: Workspace) -> tuple[list[tuple[str, Channel]], list[tuple[str, Owner]]]:
    """What a line may name by @ and by #: channels, and teams and members, each with its name."""
    channels = [(str(channel), channel) for channel in Channel.objects.of(workspace).kept().by_name()]
    teams = [(str(team), team) for team in Team.objects.of(workspace).kept().by_name()]
    members = [(str(member), member) for member in Membership.objects.of(workspace).select_related("user")]
    return channels, [*teams, *members]


def _read(text: str, channels: list[tuple[str, Channel]], owners: list[tuple[str, Any]]) -> Understood:
    found = Understood(text)
    try:
        line = parse(text)
        found.name, found.moment_of_truth = line.name, line.moment_of_truth
        if line.channel:
            found.channel = _called(line.channel, channels, _("There is no channel “%(name)s”."))
        if line.owner:
            found.owner = _called(line.owner, owners, _("There is no team or member “%(name)s”."))
    except Refused as reason:
        found.problem = str(reason)
    return found


def _what_is_wrong(line: Understood, here: set[int], seen: set[str]) -> str:
    if line.name.lower() in seen:
        return _("“%(name)s” is named twice.") % {"name": line.name}
    if line.known and any(getattr(line.known, column) != value for column, value in line.facts().items()):
        return _(
            "“%(name)s” is in the library with another channel or owner. To add it as it is, leave @ and # out."
        ) % {"name": line.known}
    if line.known and line.known.pk in here:
        return _("“%(name)s” already stands on this journey.") % {"name": line.known}
    return ""


def _stand_there(journey: Journey, lines: Sequence[Understood], phase: Phase, start: int) -> bool:
    """Whether exactly these stand behind one another from there on: then it was sent twice."""
    there = kept(journey).filter(phase=phase, position__range=(start, start + len(lines) - 1)).order_by("position")
    stand = list(there.values_list("touchpoint", flat=True))
    return stand == [line.known and line.known.pk for line in lines]


def _in_library(workspace: Workspace, lines: Sequence[Understood], by: Actor) -> list[Touchpoint]:
    """The touchpoint of each line: the library's, or a new one."""
    new = [line for line in lines if line.known is None]
    try:
        with transaction.atomic():
            made = create_touchpoints(workspace, [{"name": line.name, **line.facts()} for line in new], by=by)
    except IntegrityError as taken:
        raise MovedOn(_("Somebody has just added one of these touchpoints to the library. Try again.")) from taken
    fresh = iter(made)
    return [line.known or next(fresh) for line in lines]


def _placed(placements: Sequence[Placement]) -> Step:
    return joined(Verb.PLACE, [Part({**named(one), "to": one.phase_id}, {}) for one in placements])


def _called(word: str, named: list[tuple[str, Any]], otherwise: str) -> Any:
    """The one that is called so, or the only one whose name begins so."""
    folded = word.casefold()
    for fits in (str.__eq__, str.startswith):
        found = [one for name, one in named if fits(name.casefold(), folded)]
        if len(found) == 1:
            return found[0]
    raise Refused(otherwise % {"name": word})
