"""How a change of a map is answered: the same for every verb, with and without JavaScript.

What a page's script may rely on
--------------------------------
Every address of a verb takes an ordinary form POST. Ids of phases and placements stand in the page; a touchpoint's
place is named by `phase` and `after` (the placement it follows, empty for the first; not sent at all: the end of the
phase), never by an index.

    placement_create   phase, after, and either touchpoint (an id of the library) or text ("Name @channel #owner *")
    placement_move     phase, after, version (of the placement). GET: the "Move to…" form, `journeys/move.html`
    placement_edit     version and the fields of PlacementForm.  GET: its form, `journeys/placement.html`
    placement_archive, placement_restore    nothing
    bulk               verb, placement (ID:VERSION:EDITION, once for each), and what the verb needs: `bulk.py`
    placement_cell     field (of the placement, or lane-ID of a lane), was, text
    placement_needs    was and how well each need is met.        GET: its form, `journeys/needs.html`
    lane_add           name, kind (text or number);  lane_remove  nothing
    lane_arrange       one of shown (yes or no), after (the lane to follow, empty for the first), name
    placement_rename   name, version (of the touchpoint: its data-edition)
    phase_label        label, version (of the phase)
    change_undo, change_redo    nothing: the latest own change that can be taken back, or done again

Without `HX-Request` the answer is a redirect to the map with a message (or the form's page again, with its errors).
With `HX-Request`:

    200  the map has it. Body: `journeys/show.html#changed`: for each touched phase and for the map's summary one
         <hx-partial hx-target="#phase-ID" hx-swap="outerMorph">, and a toast with Undo (Redo after an undo).
         Where lanes were arranged all phases, the lanes' names and the menu that arranges them.
         A repeated request that changes nothing answers the same, without a toast.
    409  the map has moved on. Body: the same partials in the server's present order, and a toast that says why.
         From placement_edit with a stale text: `journeys/placement.html#form`, with both texts.
    422  the request cannot be met as it is. Body as for 409; from placement_edit its form with errors, from quick
         add `journeys/show.html#add` of that phase with `form`.
    401, 403, 404, 503   no fragments: base.html's own words for each status.

On 200, 409 and 422 the header `HX-Trigger` holds one event with all that the script must know, in `detail`:

    {"etappe:map": {"saved": true, "journey": 7, "revision": 12, "verb": "move", "phase": 31,
                    "placement": 402, "version": 3, "position": 5, "of": 7,
                    "say": "Dropped. Retention, position 5 of 7.", "why": null}}

`saved` is false on 409 and 422, and `why` says the reason. `say` is what a screen reader hears, in the person's
language. `phase`, `version`, `position` (from 1) and `of` tell where the placement stands now; they are null when it
stands nowhere. For a renamed phase `placement` is null and `version` is the phase's; of several touchpoints at once
none is named.

The map itself
--------------
`GET journey` is the page; with `HX-Request` it is `journeys/show.html#map` alone (what a live update fetches). Both
carry an ETag over everything they show, so an unchanged map costs a 304. Ids: `map` (data-revision), `summary`,
`phase-ID` (data-version), `placement-ID` (data-version, data-touchpoint). Context: `map` (journeys.board.JourneyMap),
`personas` (names), `may_edit`; in `changed` also `touched` (phases) and `toast`. The library is `GET library?q=`:
`journeys/library.html`, with `HX-Request` `journeys/library.html#library`; context `journey`, `page`, `q`.

HTML of a touchpoint (`journeys/_touchpoint.html`) is cached and shared by all who may see it: it gets `touchpoint`
(journeys.placed.MapTouchpoint), `journey` (its id), `slug` and `may_edit`, and nothing of the person or request. So it
holds no CSRF token: what it does without JavaScript are links to the forms above.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.board import JourneyMap
from journeys.models import Change, Journey, Phase, Verb
from journeys.telling import announced, apologised, told
from journeys.views.drawing import context, seen_by
from journeys.views.rows import the_phases
from workspaces.access import WorkspaceRequest
from workspaces.errors import Refused


@dataclass
class News:
    """What the page hears of a change that was made or refused."""

    saved: bool
    say: str
    toast: dict[str, Any] | None
    verb: str | None = None
    placement: int | None = None
    phase: int | None = None
    why: str | None = None
    touched: set[int] = field(default_factory=set)
    lanes: bool = False  # whether they are others now, or in another order


def saved(
    request: WorkspaceRequest,
    journey: Journey,
    change: Change | None,
    *,
    placement: int | None = None,
    phases: list[Phase] | None = None,
) -> HttpResponse:
    """Answer a change that was made; None for one that had been made before: nothing to tell and nothing to undo.

    `phases`: the journey's, where they have been read and the change does not rename one.
    """
    phases = phases or the_phases(journey)
    said = told(change, {phase.pk: str(phase) for phase in phases}) if change else ""
    if not request.htmx:
        if said:
            messages.success(request, said)
        return to_map(request, journey)
    parts = [part.what for part in change.parts] if change else []
    journey.revision = change.revision if change else journey.revision
    seen = seen_by(request, journey, phases)
    if parts:
        placement = parts[0].get("placement") if len(parts) == 1 else None
    news = News(True, announced(change, seen, placement), _with_undo(request, change, said))
    news.verb, news.placement = change.verb if change else None, placement
    news.phase = parts[0].get("phase") if parts else None
    news.touched = {what[name] for what in parts for name in ("from", "to", "phase") if name in what}
    news.touched |= _stand_in(seen, {what["placement"] for what in parts if "placement" in what})
    if change and change.verb == Verb.LANE:
        news.lanes, news.touched = True, {phase.pk for phase in phases}
    return _fragments(request, seen, news)


def refused(
    request: WorkspaceRequest,
    journey: Journey,
    reason: Refused,
    *,
    placement: int | None = None,
    phases: Collection[int] = (),
) -> HttpResponse:
    """Answer a change that was not made: the map as it is, and why. `phases`: which the person thought to change."""
    news = News(False, "", {"text": str(reason), "kind": "error"}, placement=placement, touched=set(phases))
    return _refusal(request, journey, reason, news)


def refused_in_place(
    request: WorkspaceRequest,
    journey: Journey,
    reason: Refused,
    *,
    placement: int | None = None,
    phases: Collection[int] = (),
) -> HttpResponse:
    """The same, where the page says the reason beside the field in which the person wrote, and not in a toast."""
    news = News(False, "", None, placement=placement, touched=set(phases))
    return _refusal(request, journey, reason, news)


def _refusal(request: WorkspaceRequest, journey: Journey, reason: Refused, news: News) -> HttpResponse:
    if not request.htmx:
        messages.error(request, str(reason))
        return to_map(request, journey)
    seen = seen_by(request, journey, the_phases(journey))
    news.say, news.why = apologised(str(reason), seen, news.placement), str(reason)
    response = _fragments(request, seen, news)
    response.status_code = reason.status
    return response


def _stand_in(seen: JourneyMap, placements: set[int]) -> set[int]:
    """The phases in which these stand."""
    return {phase.id for phase in seen.phases for touchpoint in phase.touchpoints if touchpoint.placement in placements}


def to_map(request: WorkspaceRequest, journey: Journey) -> HttpResponse:
    """Back to the map."""
    return redirect("journey", request.workspace.slug, journey.pk)


def _with_undo(request: WorkspaceRequest, change: Change | None, said: str) -> dict[str, Any] | None:
    if change is None:
        return None
    undone = change.what.get("back") == "undo"
    name, action, key = ("change_redo", _("Redo"), "Ctrl Y") if undone else ("change_undo", _("Undo"), "Ctrl Z")
    url = reverse(name, args=[request.workspace.slug, change.journey_id])
    return {"text": said, "kind": "", "action": action, "key": key, "url": url}


def _fragments(request: WorkspaceRequest, seen: JourneyMap, news: News) -> HttpResponse:
    place = seen.place_of(news.placement) if news.placement else None
    version = position = of = None
    if place:
        there, position = place
        news.touched.add(there.id)
        news.phase, of = there.id, len(there.touchpoints)
        version = there.touchpoints[position - 1].version
    elif news.phase:
        version = next(phase.version for phase in seen.phases if phase.id == news.phase)
    touched = [phase for phase in seen.phases if phase.id in news.touched]
    shown = {**context(request, seen, touched), "touched": touched, "toast": news.toast, "rearranged": news.lanes}
    response = render(request, "journeys/show.html#changed", shown)
    event = {
        "saved": news.saved,
        "journey": seen.journey.pk,
        "revision": seen.journey.revision,
        "verb": news.verb,
        "placement": news.placement,
        "phase": news.phase,
        "version": version,
        "position": position,
        "of": of,
        "say": news.say,
        "why": news.why,
    }
    response.headers["HX-Trigger"] = json.dumps({"etappe:map": event})
    return response
