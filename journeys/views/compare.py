"""Two personas, two days or plan and present of one journey, side by side."""

import functools
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.html import strip_spaces_between_tags
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from journeys.comparing import Compared, Pair
from journeys.comparison import Comparison, beyond, sentence
from journeys.comparison_asked import Asked, asked_in, choices_for
from journeys.comparison_read import Missing, read_comparison
from journeys.look import COMPACT_FROM, EACH, TILE_FROM, Density
from journeys.two_lines import two_lines
from journeys.two_maps import Kind
from journeys.views.drawing import SYMBOLS
from journeys.views.rows import the_journey
from workspaces import clock
from workspaces.access import WorkspaceRequest, door
from workspaces.models import Role

KEPT = 5_000  # pairs of which a process keeps the HTML


@require_safe
@door(Role.VIEWER)
def compare(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """A comparison as its address asks for it: `kind` with `a` and `b`, for whom (`persona`), and `view=table`."""
    journey, today = the_journey(request, journey_id), clock.today(request.workspace.zone)
    choices = choices_for(journey)
    asked = asked_in(request.GET, choices, today)
    shown: dict[str, Any] = {
        "journey": journey,
        "asked": asked,
        "today": today,
        "personas": choices.personas,
        "journeys": choices.journeys,
        "kinds": [
            {"label": kind.label, "query": f"?kind={kind.value}", "current": kind == asked.kind} for kind in Kind
        ],
        "table": request.GET.get("view") == "table",
        "views": (views := _views(asked, table=request.GET.get("view") == "table")),
        "as_table": views[1]["query"],
    }
    try:
        told = read_comparison(journey, asked)
    except Missing as missing:
        shown["missing"] = str(missing)
    else:
        shown |= _drawn(request, told, table=shown["table"])
    return render(request, "journeys/compare.html", shown)


def _views(asked: Asked, *, table: bool) -> list[dict[str, Any]]:
    said = {name: value for name, value in asked._asdict().items() if value is not None}
    return [
        {"label": _("Overview"), "query": f"?{urlencode(said)}", "current": not table},
        {"label": _("Table"), "query": f"?{urlencode(said | {'view': 'table'})}", "current": table},
    ]


def _drawn(request: WorkspaceRequest, told: Comparison, *, table: bool) -> dict[str, Any]:
    found = told.found
    density = Density.COMPACT if len(found.pairs) >= COMPACT_FROM else Density.COMFORTABLE
    return {
        "told": told,
        "found": found,
        "sentence": sentence(told),
        "density": density.value,
        "lines": two_lines(found, EACH[density], trend=len(found.pairs) >= TILE_FROM),
        "lists": _lists(found),
        "symbols": SYMBOLS,
        "phases": [(part, "" if table else _pairs(request, told, part.pairs)) for part in found.phases],
    }


def _lists(found: Compared) -> list[tuple[str, str, list[Pair]]]:
    return [
        ("came", _("New"), found.came),
        ("went", _("Gone"), found.went),
        ("moved", _("Moved"), found.moved),
        ("banded", _("In another band"), found.banded),
    ]


def _pairs(request: WorkspaceRequest, told: Comparison, pairs: Any) -> SafeString:
    manner = (request.workspace.slug, str(get_language()), told.kind)
    return SafeString("".join(pair_html(pair, *manner) for pair in pairs))


@functools.lru_cache(maxsize=KEPT)
def pair_html(pair: Pair, slug: str, language: str, kind: Kind) -> str:
    """A touchpoint with both of its scores. It depends on nothing but these arguments."""
    seen = pair.stop.seen
    icon = seen.icon if seen.icon in SYMBOLS else "circle-dot"
    verdict = "" if kind == Kind.PLAN else beyond(pair.change)
    shown: Mapping[str, Any] = {"pair": pair, "touchpoint": seen, "icon": icon, "slug": slug, "verdict": verdict}
    return strip_spaces_between_tags(get_template("journeys/_pair.html").render(dict(shown)).strip())
