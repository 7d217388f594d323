"""Draws the touchpoints of a map, each only once for all who see the same of it."""

import functools
from collections.abc import Iterable

from django.template.loader import get_template
from django.utils.html import strip_spaces_between_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from journeys.board import MapPhase, MapTouchpoint
from touchpoints.forms.channels import ICONS
from workspaces.access import WorkspaceRequest
from workspaces.models import Role

SYMBOLS = tuple(name for name, _ in ICONS)  # what the page holds for touchpoints to show
KEPT = 20_000  # touchpoints whose HTML a process keeps, about a kilobyte each


def may_edit(request: WorkspaceRequest) -> bool:
    """Whether this person may change the map."""
    return request.membership.may(Role.EDITOR)


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
