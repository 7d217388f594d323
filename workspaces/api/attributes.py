"""The attributes by which answers are cut, over REST."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext as _

from workspaces.actions import archive_attribute, create_attribute, edit_attribute, restore_attribute
from workspaces.api.fields import KeptRow, ListQuery, Text, Whole, ordering, part_of
from workspaces.api.resource import KeptResource, Verbs
from workspaces.errors import Refused
from workspaces.models import ATTRIBUTE_KEY, MOST_ATTRIBUTES, Attribute


class AttributeSerializer(KeptRow):
    """What answers say of their questionnaire beside channel, device and segment. It never names an employee."""

    key = Text(
        max_length=40,
        required=False,
        validators=[RegexValidator(*ATTRIBUTE_KEY)],
        help_text="what answers call it in their `attributes`, for ever; by default made from the name",
    )
    position = Whole(min_value=1, max_value=MOST_ATTRIBUTES, required=False, help_text="its place; a new one is last")

    class Meta:
        model = Attribute
        fields = ["id", "version", "key", "name", "position", "created_at", "updated_at", "archived_at"]

    def validate_key(self, key: str) -> str:
        """Answers keep their values under it."""
        if self.instance is not None and self.instance.key != key:
            raise Refused(_("An attribute keeps its key."))
        return key

    def validate_position(self, position: int) -> int:
        """A new one is last."""
        if self.instance is None:
            raise Refused(_("A new attribute is the last one. Move it afterwards."))
        return position


class AttributeQuery(ListQuery):
    """What may be asked of the attributes."""

    q = part_of("name")
    ordering = ordering("position", "name", "updated_at")


class AttributeResource(KeptResource):
    """The attributes of the workspace, ten at most."""

    model = Attribute
    serializer_class = AttributeSerializer
    queries = {"list": AttributeQuery}
    lookup_url_kwarg = "attribute_id"
    examples = {
        "create": {"name": "Station", "key": "station"},
        "partial_update": {"name": "Boarding station", "version": 1},
    }
    verbs = Verbs(create_attribute, edit_attribute, archive_attribute, restore_attribute)
