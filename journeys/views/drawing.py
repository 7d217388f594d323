"""Draws the touchpoints of a map, each only once for all who see the same of it."""

import hashlib
from collections.abc import Iterable

from django.core.cache import cache
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from journeys.board import MapPhase
from workspaces.access import WorkspaceRequest
from workspaces.models import Role


def may_edit(request: WorkspaceRequest) -> bool:
    """Whether this person may change the map."""
    return request.membership.may(Role.EDITOR)


def draw(request: WorkspaceRequest, journey_id: int, phases: Iterable[MapPhase]) -> None:
    """Fill each phase's `drawn`. A touchpoint's HTML is cached by everything that it shows, so nothing outdates it.

    Station numbers are CSS counters outside of it, so a move redraws nothing.
    """
    together = list(phases)
    seen = {"slug": request.workspace.slug, "journey": journey_id, "may_edit": may_edit(request)}
    whose = repr((get_language(), *seen.values()))
    keys = {
        touchpoint: hashlib.blake2b((whose + tuple.__repr__(touchpoint)).encode(), digest_size=16).hexdigest()
        for phase in together
        for touchpoint in phase.touchpoints
    }
    known = cache.get_many(keys.values())
    template = get_template("journeys/_touchpoint.html")
    fresh = {
        key: template.render({**seen, "touchpoint": touchpoint}) for touchpoint, key in keys.items() if key not in known
    }
    cache.set_many(fresh)
    known |= fresh
    for phase in together:
        phase.drawn = SafeString("".join([known[keys[touchpoint]] for touchpoint in phase.touchpoints]))
