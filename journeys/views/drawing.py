"""Draws maps and their touchpoints, each only once for all who see the same of it."""

import functools
import secrets
from collections.abc import Iterable
from typing import NamedTuple

from django.core.cache import caches
from django.middleware.csrf import get_token
from django.template.loader import get_template, render_to_string
from django.utils.html import strip_spaces_between_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from journeys.board import MapPhase, MapTouchpoint, read_map
from journeys.models import Journey
from journeys.views.rows import the_phases
from touchpoints.forms.channels import ICONS
from workspaces.access import WorkspaceRequest
from workspaces.models import Role

SYMBOLS = tuple(name for name, _ in ICONS)  # what the page holds for touchpoints to show
DRAWINGS = caches["maps"]
TOKEN = secrets.token_hex(32)  # stands in a drawing where the token of whoever looks at it belongs
KEPT = 20_000  # touchpoints whose HTML a process keeps, about a kilobyte each


def may_edit(request: WorkspaceRequest) -> bool:
    """Whether this person may change the map."""
    return request.membership.may(Role.EDITOR)


class Drawing(NamedTuple):
    """The HTML of a map, and of what its page's script needs beside it."""

    map: SafeString
    script: SafeString


def draw_map(request: WorkspaceRequest, journey: Journey, personas: list[str], state: str) -> Drawing:
    """The map as this person sees it.

    `state` names all that it shows but the person's token: who asks for the same again gets what was drawn then.
    """
    drawing = DRAWINGS.get(state)
    if drawing is None:
        seen = read_map(journey, the_phases(journey))
        draw(request, journey.pk, seen.phases)
        shown = {"map": seen, "personas": personas, "symbols": SYMBOLS, "csrf_token": TOKEN}
        drawing = [render_to_string(f"journeys/show.html#{part}", shown, request) for part in Drawing._fields]
        DRAWINGS.set(state, drawing)
    token = get_token(request)
    return Drawing._make(mark_safe(part.replace(TOKEN, token)) for part in drawing)  # noqa: S308 - a template drew it


def draw(request: WorkspaceRequest, journey_id: int, phases: Iterable[MapPhase]) -> None:
    """Fill each phase's `drawn`. Station numbers are CSS counters outside of the HTML, so a move draws nothing anew."""
    language, slug, editable = str(get_language()), request.workspace.slug, may_edit(request)
    for phase in phases:
        html = [touchpoint_html(touchpoint, journey_id, slug, editable, language) for touchpoint in phase.touchpoints]
        phase.drawn = SafeString("".join(html))


@functools.lru_cache(maxsize=KEPT)
def touchpoint_html(touchpoint: MapTouchpoint, journey_id: int, slug: str, may_edit: bool, _language: str) -> str:
    """A touchpoint's HTML. It depends on nothing but these arguments, so what is kept of it never outdates."""
    icon = touchpoint.icon if touchpoint.icon in SYMBOLS else "circle-dot"
    shown = {"touchpoint": touchpoint, "icon": icon, "journey": journey_id, "slug": slug, "may_edit": may_edit}
    return strip_spaces_between_tags(get_template("journeys/_touchpoint.html").render(shown).strip())
