"""Who can own things: teams and members, to be read."""

from rest_framework import serializers

from workspaces.api.fields import ListQuery, Row, ordering, part_of
from workspaces.api.resource import Resource
from workspaces.models import Membership, Role, Team, WorkspaceQuerySet


class TeamSerializer(Row):
    """A group that can own things. `members` are ids of members."""

    class Meta:
        model = Team
        fields = ["id", "version", "name", "members", "created_at", "updated_at", "archived_at"]
        read_only_fields = fields


class TeamQuery(ListQuery):
    """What may be asked of the teams."""

    q = part_of("name")
    ordering = ordering("name", "updated_at")


class TeamResource(Resource):
    """The teams of the workspace."""

    model = Team
    serializer_class = TeamSerializer
    queries = {"list": TeamQuery}
    lookup_url_kwarg = "team_id"

    def rows(self) -> WorkspaceQuerySet:
        """With their members."""
        return super().rows().prefetch_related("members")


class MemberSerializer(Row):
    """Somebody who belongs to the workspace, by the name that its pages show."""

    name = serializers.CharField(source="__str__", read_only=True)
    role = serializers.SerializerMethodField(help_text="viewer, editor, admin or owner")

    class Meta:
        model = Membership
        fields = ["id", "version", "name", "role", "joined_at", "updated_at"]
        read_only_fields = fields

    def get_role(self, member: Membership) -> str:
        """The role as a word."""
        return Role(member.role).name.lower()


class MemberQuery(ListQuery):
    """What may be asked of the members."""

    ordering = ordering("joined_at", "updated_at")


class MemberResource(Resource):
    """The members of the workspace. Who has left is no longer told."""

    model = Membership
    serializer_class = MemberSerializer
    queries = {"list": MemberQuery}
    lookup_url_kwarg = "member_id"

    def rows(self) -> WorkspaceQuerySet:
        """With their names."""
        return super().rows().select_related("user")
