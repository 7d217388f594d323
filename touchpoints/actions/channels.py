"""What people do with channels."""

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from touchpoints.models import Channel
from workspaces.actions import keeping, record
from workspaces.models import Actor, Workspace

# What most companies have; the team archives what it has not.
USUAL = (
    (_("App"), "smartphone"),
    (_("Website"), "globe"),
    (_("Phone"), "phone"),
    (_("E-mail"), "mail"),
    (_("Counter"), "users"),
    (_("Shop"), "store"),
    (_("Machine"), "ticket"),
    (_("Letter"), "mailbox"),
    (_("Social media"), "share-2"),
    (_("Advertising"), "megaphone"),
)


@transaction.atomic
def create_channel(workspace: Workspace, *, by: Actor, **facts: Any) -> Channel:
    """A new channel. Raises IntegrityError when the name is taken."""
    channel: Channel = Channel.objects.create(workspace=workspace, **facts)
    record(workspace, "channel.create", channel, by=by)
    return channel


@transaction.atomic
def start_channels(workspace: Workspace, *, by: Actor) -> None:
    """Give a workspace that never had a channel the usual ones, in its own language. Harmless where one exists."""
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)  # two beginnings at once are one
    if Channel.objects.of(workspace).exists():
        return
    with translation.override(workspace.language):
        for name, icon in USUAL:
            create_channel(workspace, name=str(name), icon=icon, by=by)


def edit_channel(channel: Channel, *, version: int, by: Actor, **facts: Any) -> Channel:
    """Change a channel's name or icon. Raises Stale, and IntegrityError when the name is taken."""
    return keeping.edit(channel, version=version, by=by, **facts)


def archive_channel(channel: Channel, *, by: Actor) -> Channel:
    """Take a channel out of lists and choices. Touchpoints that use it keep it."""
    return keeping.archive(channel, by=by)


def restore_channel(channel: Channel, *, by: Actor) -> Channel:
    """Take a channel back. Raises IntegrityError when another has its name by now."""
    return keeping.restore(channel, by=by)
