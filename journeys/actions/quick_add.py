"""A new touchpoint from one line: `Missed-connection hotline @Phone #Service desk *`."""

import re
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from journeys.actions.locking import changes_map, lock
from journeys.actions.placements import place_touchpoint
from journeys.actions.refusals import MovedOn
from journeys.models import Change, Journey, Phase, Placement
from touchpoints.actions.library import create_touchpoint
from touchpoints.models import Channel, Touchpoint
from workspaces.actions.keeping import differs
from workspaces.errors import Refused
from workspaces.models import Actor, Membership, Team, Workspace

LONGEST = 200


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


@changes_map
def quick_add(journey: Journey, *, text: str, phase: Phase, after: Placement | None, by: Actor) -> Change | None:
    """Let a touchpoint stand on the journey that is named by a line of text; the library gets it when it is new.

    Raises `Refused` when the line cannot be read, names a channel or owner that does not exist, or says otherwise
    than the library of a touchpoint that it has, and what `place_touchpoint` raises.
    """
    line = parse(text)
    workspace = lock(journey).workspace
    facts: dict[str, Any] = {}
    if line.channel:
        channels = [(str(channel), channel) for channel in Channel.objects.of(workspace).kept()]
        facts["channel"] = _called(line.channel, channels, _("There is no channel “%(name)s”."))
    if line.owner:
        teams = [(str(team), team) for team in Team.objects.of(workspace).kept()]
        members = [(str(member), member) for member in Membership.objects.of(workspace).select_related("user")]
        facts["owner"] = _called(line.owner, [*teams, *members], _("There is no team or member “%(name)s”."))
    touchpoint = _in_library(workspace, line.name, facts, by)
    return place_touchpoint(journey, touchpoint, phase=phase, after=after, by=by, moment_of_truth=line.moment_of_truth)


def _called(word: str, named: list[tuple[str, Any]], otherwise: str) -> Any:
    """The one that is called so, or the only one whose name begins so."""
    folded = word.casefold()
    for fits in (str.__eq__, str.startswith):
        found = [one for name, one in named if fits(name.casefold(), folded)]
        if len(found) == 1:
            return found[0]
    raise Refused(otherwise % {"name": word})


def _in_library(workspace: Workspace, name: str, facts: dict[str, Any], by: Actor) -> Touchpoint:
    known: Touchpoint | None = Touchpoint.objects.of(workspace).kept().filter(name__iexact=name).first()
    if known is None:
        try:
            with transaction.atomic():
                return create_touchpoint(workspace, name=name, by=by, **facts)
        except IntegrityError as taken:
            raise MovedOn(
                _("Somebody has just added “%(name)s” to the library. Try again.") % {"name": name}
            ) from taken
    if differs(known, facts):
        raise Refused(
            _("“%(name)s” is in the library with another channel or owner. To add it as it is, leave @ and # out.")
            % {"name": known}
        )
    return known
