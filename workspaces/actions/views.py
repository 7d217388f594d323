"""Verbs for ways of looking that a workspace keeps under a name."""

from django.db import transaction
from django.utils.translation import gettext as _

from workspaces.actions import keeping
from workspaces.actions.audit import record
from workspaces.errors import Refused
from workspaces.models import Membership, SavedView, Workspace
from workspaces.transactions import retried

MOST = 50  # views of one screen


@retried
@transaction.atomic
def save_view(workspace: Workspace, *, screen: str, name: str, query: str, by: Membership) -> SavedView:
    """Keep a way of looking under a name; of that name already, it is looked at so from now on.

    `query`: the end of an address, from its question mark. Raises `Refused` where there are as many as there may be.
    """
    kept = SavedView.objects.of(workspace).kept().filter(screen=screen)
    known: SavedView | None = kept.select_for_update().filter(name__iexact=name).first()
    if known:
        return keeping.edit(known, version=known.version, by=by.user, name=name, query=query)
    if kept.count() >= MOST:
        raise Refused(_("A screen has at most %(number)d saved views. Remove one first.") % {"number": MOST})
    view: SavedView = SavedView.objects.create(workspace=workspace, screen=screen, name=name, query=query, made_by=by)
    record(workspace, "savedview.create", view, by=by.user)
    return view


def remove_view(view: SavedView, *, by: Membership) -> SavedView:
    """Keep it no longer."""
    return keeping.archive(view, by=by.user)
