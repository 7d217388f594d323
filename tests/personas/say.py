"""Stakeholders to play with, and the addresses of their pages."""

from typing import Any

from measures.actions import write_stakeholder
from personas.models import Stakeholder
from workspaces.models import User, Workspace

OTHERS = (
    "Gesamtbetriebsratsvorsitzendenkonferenz der Verkehrsgesellschaft",
    "مجلس إدارة الشركة الوطنية للسكك الحديدية",
    "Team 👩🏽‍🔧 Werkstatt",
    "Ops control",
    "Legal, passenger rights",
)


def finance(workspace: Workspace, by: User, **facts: Any) -> Stakeholder:
    """Finance, a gatekeeper."""
    said = {"name": "Finance", "role": "Controlling", "influence": 68, "support": 13, **facts}
    return write_stakeholder(workspace, by=by, **said)


def finance_among_others(workspace: Workspace, by: User) -> Stakeholder:
    """Finance, and OTHERS who stand close to them."""
    for number, name in enumerate(OTHERS):
        finance(workspace, by, name=name, role="", influence=60 + 6 * number, support=20 + 5 * number)
    return finance(workspace, by)


def page_of(stakeholder: Stakeholder, verb: str = "") -> str:
    """The address of their page, or of a verb."""
    return f"/w/{stakeholder.workspace.slug}/stakeholders/{stakeholder.pk}/{verb}"


def map_of(workspace: Workspace) -> str:
    """The address of the map."""
    return f"/w/{workspace.slug}/stakeholders/"


def stands(stakeholder: Stakeholder) -> tuple[int, int]:
    """Influence and support as they are now."""
    stakeholder.refresh_from_db()
    return stakeholder.influence, stakeholder.support
