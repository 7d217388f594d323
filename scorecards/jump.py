"""What a workspace holds, found by a part of its name, for whoever wants to be there at once."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import Lower, StrIndex
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.models import Journey, Placement
from personas.models import Persona
from touchpoints.models import Touchpoint
from workspaces.models import Membership, Role, Workspace

MOST = 6  # of a kind
LONGEST = 200


@dataclass
class Hit:
    """A place to be: what it is called, what it is, its address and its icon."""

    name: str
    note: str
    url: str
    icon: str


@dataclass
class Group:
    """Hits of one kind."""

    label: str
    hits: list[Hit]


def find(member: Membership, wanted: str, journey: Journey | None) -> list[Group]:
    """The places whose names hold `wanted`, those first that begin so; without a word pages and the latest journeys.

    `journey`: the map from which is asked; its touchpoints are found by their number, too.
    """
    workspace, wanted = member.workspace, wanted.strip()[:LONGEST]
    groups = [
        Group(_("On this map"), _on_map(journey, wanted) if journey and wanted else []),
        Group(_("Journeys"), _journeys(workspace, wanted)),
        Group(_("Touchpoints"), _touchpoints(workspace, wanted) if wanted else []),
        Group(_("Personas"), _personas(workspace, wanted) if wanted else []),
        Group(_("Pages"), _pages(member, wanted)),
    ]
    return [group for group in groups if group.hits]


def _named(rows: "QuerySet[Any]", wanted: str) -> "QuerySet[Any]":
    begins = StrIndex(Lower("name"), Lower(Value(wanted)))
    found: QuerySet[Any] = rows.filter(name__icontains=wanted).annotate(begins=begins)
    return found.order_by("begins", "name", "pk")


def _on_map(journey: Journey, wanted: str) -> list[Hit]:
    """By number exactly, or by a part of the name."""
    placements = Placement.objects.of(journey.workspace).kept().filter(journey=journey)
    standing = placements.select_related("touchpoint__channel", "phase").order_by("phase__position", "position")
    map_url = reverse("journey", args=[journey.workspace.slug, journey.pk])
    hits = [
        Hit(f"{number} {one}", str(one.phase), f"{map_url}#placement-{one.pk}", _icon(one.touchpoint))
        for number, one in enumerate(standing, start=1)
        if wanted == str(number) or wanted.casefold() in str(one).casefold()
    ]
    return hits[:MOST]


def _journeys(workspace: Workspace, wanted: str) -> list[Hit]:
    rows = Journey.objects.of(workspace).kept()
    found = _named(rows, wanted) if wanted else rows.order_by("-updated_at", "-pk")
    return [
        Hit(str(one), one.get_standing_display(), reverse("journey", args=[workspace.slug, one.pk]), "map")
        for one in found[:MOST]
    ]


def _touchpoints(workspace: Workspace, wanted: str) -> list[Hit]:
    found = _named(Touchpoint.objects.of(workspace).kept().select_related("channel"), wanted)
    return [
        Hit(str(one), str(one.channel or ""), reverse("touchpoint", args=[workspace.slug, one.pk]), _icon(one))
        for one in found[:MOST]
    ]


def _personas(workspace: Workspace, wanted: str) -> list[Hit]:
    return [
        Hit(str(one), one.segment, reverse("persona", args=[workspace.slug, one.pk]), "users")
        for one in _named(Persona.objects.of(workspace).kept(), wanted)[:MOST]
    ]


def _pages(member: Membership, wanted: str) -> list[Hit]:
    places = [
        (_("Home"), "home", "house"),
        (_("Journeys"), "journeys", "map"),
        (_("Scorecards"), "scorecards", "table-2"),
        (_("Touchpoints"), "touchpoints", "circle-dot"),
        (_("Channels"), "channels", "smartphone"),
        (_("Personas"), "personas", "users"),
        (_("Answers"), "answers", "message-square-quote"),
        (_("Settings"), "settings", "settings"),
        (_("Members"), "members", "settings"),
        (_("Teams"), "teams", "settings"),
        (_("Tokens"), "tokens", "settings"),
        (_("Interface for programs"), "interface", "settings"),
    ]
    if member.may(Role.ADMIN):
        places.append((_("Audit log"), "settings_audit", "settings"))
    slug = member.workspace.slug
    return [
        Hit(label, "", reverse(name, args=[slug]), icon)
        for label, name, icon in places
        if wanted.casefold() in label.casefold()
    ]


def _icon(touchpoint: Touchpoint) -> str:
    return touchpoint.channel.icon if touchpoint.channel else "circle-dot"
