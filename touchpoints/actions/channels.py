"""What people do with channels."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from touchpoints.models import Channel
from workspaces.actions import keeping, record_all
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
    return create_channels(workspace, [facts], by=by)[0]


@transaction.atomic
def create_channels(workspace: Workspace, all_facts: Sequence[Mapping[str, Any]], *, by: Actor) -> list[Channel]:
    """As many new channels, in the statements that one takes. Raises IntegrityError when one's name is taken."""
    made: list[Channel] = Channel.objects.bulk_create(Channel(workspace=workspace, **facts) for facts in all_facts)
    record_all(workspace, "channel.create", made, by=by)
    return made


@transaction.atomic
def start_channels(workspace: Workspace, *, by: Actor) -> None:
    """Give a workspace that never had a channel the usual ones, in its own language. Harmless where one exists."""
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)  # two beginnings at once are one
    if Channel.objects.of(workspace).exists():
        return
    with translation.override(workspace.language):
        create_channels(workspace, [{"name": str(name), "icon": icon} for name, icon in USUAL], by=by)


def edit_channel(channel: Channel, *, version: int, by: Actor, **facts: Any) -> Channel:
    """Change a channel's name or icon. Raises Stale, and IntegrityError when the name is taken."""
    return keeping.edit(channel, version=version, by=by, **facts)


def archive_channel(channel: Channel, *, by: Actor) -> Channel:
    """Take a channel out of lists and choices. Touchpoints that use it keep it."""
    return keeping.archive(channel, by=by)


def restore_channel(channel: Channel, *, by: Actor) -> Channel:
    """Take a channel back. Raises IntegrityError when another has its name by now."""
    return keeping.restore(channel, by=by)
