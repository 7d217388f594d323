"""What a program asks for and is told when it lets personal links be made."""

import datetime
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from feedback.links import is_reference, link_to
from feedback.models import LONGEST_REFERENCE, Survey
from workspaces import clock
from workspaces.api.fields import Day, Strict, Text
from workspaces.errors import Refused

MOST_AT_ONCE = 1000


class LinksAskedSerializer(Strict):
    """For whom links are wanted, by the company's own names for them: customer numbers, never a name or an address."""

    references = serializers.ListField(
        child=Text(max_length=LONGEST_REFERENCE), min_length=1, max_length=MOST_AT_ONCE, help_text="one line each"
    )
    until = Day(required=False, allow_null=True, help_text="the last day on which they are good")

    def validate_references(self, references: list[str]) -> list[str]:
        """Each can stand in a link."""
        for reference in references:
            if not is_reference(reference):
                raise Refused(_("“%(text)s” is not one line of signs.") % {"text": reference[:40]})
        return references


class LinkSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """A link, and whose it is."""

    reference = serializers.CharField()
    url = serializers.CharField()


class LinksSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """The links, in the order of the references."""

    links = LinkSerializer(many=True)


def links_of(survey: Survey, references: list[str], until: datetime.date | None) -> dict[str, Any]:
    """What `LinksSerializer` describes. Raises Refused for a day that has passed."""
    if until and until < clock.today(survey.workspace.zone):
        raise Refused(_("This day has passed."))
    return {"links": [{"reference": one, "url": link_to(survey, one, until=until)} for one in references]}
