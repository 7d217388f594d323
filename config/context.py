"""What every page's frame needs: where one is, who one is, where one can go."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from workspaces.models import Membership, Role, Theme

JOURNEYS = ("journey", "phase", "placement", "bulk", "paste", "change", "sheet", "share", "whole")
ANSWERS = ("answer", "import", "mapping", "source", "usage", "counter", "rating", "formbricks", "case")
SETTINGS = ("setting", "member", "team", "invitation", "attribute", "token", "webhook", "interface")

# label, icon, name of the address, beginnings of names that count as "here"; those of `EDITORS` only editors are shown
PLACES: tuple[tuple[Callable[[], str], str, str, tuple[str, ...]], ...] = (
    (lambda: _("Home"), "house", "home", ()),
    (lambda: _("Journeys"), "map", "journeys", JOURNEYS),
    (lambda: _("Scorecards"), "table-2", "scorecards", ("scorecard", "alarm", "driver", "roll_up", "gate", "print")),
    (lambda: _("Touchpoints"), "circle-dot", "touchpoints", ("touchpoint", "channel", "event", "insight", "theme")),
    (lambda: _("Personas"), "users", "personas", ("persona", "note", "edition")),
    (lambda: _("Stakeholders"), "handshake", "stakeholders", ("stakeholder",)),
    (lambda: _("Measures"), "list-checks", "measures", ("measure", "opportunit")),
    (lambda: _("Surveys"), "clipboard-list", "surveys", ("survey",)),
    (lambda: _("Answers"), "message-square-quote", "answers", ANSWERS),
    (lambda: _("Settings"), "settings", "settings", SETTINGS),
)
EDITORS = {"stakeholders"}  # a viewer who is named for one comes by its address


def navigation(request: HttpRequest, membership: Membership) -> list[dict[str, Any]]:
    """The places of a workspace that this member may go to, the current one marked."""
    here = (request.resolver_match.url_name or "") if request.resolver_match else ""
    return [
        {
            "label": label(),
            "icon": icon,
            "url": reverse(name, args=[membership.workspace.slug]),
            "current": here == name or here.startswith(beginnings),
        }
        for label, icon, name, beginnings in PLACES
        if name not in EDITORS or membership.may(Role.EDITOR)
    ]


def page(request: HttpRequest) -> dict[str, Any]:
    """`workspace`, `membership`, `workspaces`, `may_…`, `nav`, `live` and `theme`; no query beyond the door's."""
    membership: Membership | None = getattr(request, "membership", None)
    user = getattr(request, "user", None)
    return {
        "membership": membership,
        "workspace": membership.workspace if membership else None,
        "may_administer": membership is not None and membership.may(Role.ADMIN),
        "may_own": membership is not None and membership.may(Role.OWNER),
        "may_edit": membership is not None and membership.may(Role.EDITOR),
        "workspaces": getattr(request, "workspaces", []),
        "nav": navigation(request, membership) if membership else [],
        "live": f"{settings.LIVE_URL}/{membership.workspace.slug}" if membership else "",
        "theme": getattr(user, "theme", Theme.AUTO),
    }
