"""How amounts are written."""

from django import template

from workspaces import money as written
from workspaces.models import Workspace

register = template.Library()


@register.filter
def money(minor: float, workspace: Workspace) -> str:
    """Minor units as an amount of the workspace's currency: “12.50 EUR”."""
    return written.money(minor, workspace)


@register.filter
def whole_money(minor: float, workspace: Workspace) -> str:
    """The same without decimals, for what is reckoned from assumptions: “1,243 EUR”."""
    return written.money(minor, workspace, places=0)


@register.filter
def amount(minor: float) -> str:
    """Minor units where the currency stands elsewhere: “1,012.50”."""
    return written.amount(minor)


@register.filter
def in_short(minor: float, workspace: Workspace) -> str:
    """Roughly, where there is little room: “€70K”."""
    return written.in_short(minor, workspace)
