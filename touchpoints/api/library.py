"""The library over REST: touchpoints and channels."""

from rest_framework import serializers

from touchpoints.actions import (
    archive_channel,
    archive_touchpoint,
    create_channel,
    create_touchpoint,
    edit_channel,
    edit_touchpoint,
    restore_channel,
    restore_touchpoint,
)
from touchpoints.forms.channels import ICONS
from touchpoints.models import Channel, Contact, Device, Touchpoint
from workspaces.api.fields import KeptRow, ListQuery, OwnerSerializer, Word, asked, ordering, part_of
from workspaces.api.resource import KeptResource, Verbs
from workspaces.models import Membership, Team, WorkspaceQuerySet


class ChannelSerializer(KeptRow):
    """A way by which customers are reached."""

    icon = Word(choices=ICONS, required=False)

    class Meta:
        model = Channel
        fields = ["id", "version", "name", "icon", "created_at", "updated_at", "archived_at"]


class ChannelQuery(ListQuery):
    """What may be asked of the channels."""

    q = part_of("name")
    ordering = ordering("name", "updated_at")


class ChannelResource(KeptResource):
    """The ways by which customers are reached."""

    model = Channel
    serializer_class = ChannelSerializer
    queries = {"list": ChannelQuery}
    lookup_url_kwarg = "channel_id"
    examples = {
        "create": {"name": "Ticket machine", "icon": "ticket"},
        "partial_update": {"name": "Ticket machines", "version": 1},
    }
    verbs = Verbs(create_channel, edit_channel, archive_channel, restore_channel)


class TouchpointSerializer(KeptRow):
    """One point of contact. It may stand on many journeys; its health is one."""

    owner = OwnerSerializer(required=False, allow_null=True)
    peer_group = serializers.CharField(read_only=True, help_text="the kind of phase in which most journeys have it")

    class Meta:
        model = Touchpoint
        fields = [
            "id", "version", "name", "note", "channel", "contact", "directness", "device", "owner", "importance",
            "target", "peer_group", "created_at", "updated_at", "archived_at",
        ]  # fmt: skip


class TouchpointQuery(ListQuery):
    """What may be asked of the touchpoints."""

    q = part_of("name")
    channel = asked(Channel)
    contact = serializers.ChoiceField(choices=Contact.choices, required=False)
    device = serializers.ChoiceField(choices=Device.choices, required=False)
    owner_team = asked(Team)
    owner_member = asked(Membership)
    ordering = ordering("name", "importance", "target", "updated_at")


class TouchpointResource(KeptResource):
    """The workspace's library."""

    model = Touchpoint
    serializer_class = TouchpointSerializer
    queries = {"list": TouchpointQuery}
    lookup_url_kwarg = "touchpoint_id"
    examples = {
        "create": {"name": "Seat reservation", "channel": 3, "owner": {"team": 2}, "importance": 4, "target": 75},
        "partial_update": {"target": 80, "version": 1},
    }
    verbs = Verbs(create_touchpoint, edit_touchpoint, archive_touchpoint, restore_touchpoint)

    def rows(self) -> WorkspaceQuerySet:
        """With their owners' names."""
        return super().rows().select_related("owner_team", "owner_member__user")
