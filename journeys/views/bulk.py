"""Several touchpoints of a map at once. How it is answered: `answers.py`, like every other verb."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from journeys.actions.bulk import archive_placements, move_placements, set_channel, set_owner
from journeys.board import JourneyMap, read_map
from journeys.forms.bulk import FORMS, SEEN
from journeys.models import Change
from journeys.views.answers import refused, saved
from journeys.views.placements import cleaned
from journeys.views.rows import the_journey, the_phases
from workspaces.access import WorkspaceRequest, door
from workspaces.errors import Refused
from workspaces.models import Role

DO: dict[str, Callable[..., Change | None]] = {
    "move": lambda journey, seen, *, phase, after, by: move_placements(
        journey, seen, to_phase=phase, after=after, by=by
    ),
    "owner": set_owner,
    "channel": set_channel,
    "archive": archive_placements,
}


@require_http_methods(["GET", "HEAD", "POST"])
@door(Role.EDITOR)
def bulk(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """Do one thing to all touchpoints that are chosen, or to none of them.

    POST takes `verb` (move, owner, channel, archive), `placement` once for each touchpoint as `ID:VERSION:EDITION`
    (its data-version and data-edition), and for a move `phase` and `after`, for an owner `owner` (`team-3`,
    `member-7`, or nothing), for a channel `channel` (an id, or nothing). So a page's plain form of checkboxes named
    `placement` may post here at once.

    GET, with the same `verb` and `placement`, asks for what the verb still needs and posts that: a form of checkboxes
    with a button `verb` for each needs no more than `method="get"`. With `HX-Request` it is `journeys/bulk.html#form`,
    the placements to be added by the page's script.
    """
    journey = the_journey(request, journey_id)
    phases = the_phases(journey)
    said = request.POST if request.method == "POST" else request.GET
    verb = said.get("verb", "move")
    try:
        if verb not in FORMS:
            raise Refused(_("A map knows no such change."))
        form: Any = FORMS[verb](said if request.method == "POST" else None, journey=journey, phases=phases)
        if request.method != "POST":
            chosen = [value for value in request.GET.getlist("placement") if SEEN.fullmatch(value)]
            seen = read_map(journey, phases)
            shown = {"map": seen, "verb": verb, "form": form, "chosen": chosen, "names": _names(seen, chosen)}
            return render(request, "journeys/bulk.html#form" if request.htmx else "journeys/bulk.html", shown)
        facts = cleaned(form)
        change = DO[verb](journey, facts.pop("placement"), **facts, by=request.user)
    except Refused as reason:
        return refused(request, journey, reason, phases=[phase.pk for phase in phases])
    return saved(request, journey, change, phases=phases)


def _names(seen: JourneyMap, chosen: list[str]) -> list[str]:
    """What the chosen ones that still stand on the map are called."""
    ids = {int(value.split(":")[0]) for value in chosen}
    placed: list[Any] = [touchpoint for phase in seen.phases for touchpoint in phase.touchpoints]
    return [touchpoint.name for touchpoint in placed if touchpoint.placement in ids]
