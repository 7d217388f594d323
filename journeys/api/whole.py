"""A whole journey as one document over REST: out, as its page gives it, and in again."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from feedback.files import LARGEST_UPLOAD
from feedback.models import Insight
from journeys.api.journeys import JourneySerializer
from journeys.api.map import the_journey
from journeys.exchange.taking import take_journey, unknown_owners
from journeys.exchange.understanding import Understood, understand_value
from journeys.exchange.whole import (
    FORMAT,
    OF_INSIGHT,
    OF_JOURNEY,
    OF_LANE,
    OF_PHASE,
    OF_PLACEMENT,
    OF_TOUCHPOINT,
    VERSION,
    document_of,
)
from journeys.models import Journey, Lane, LaneCell, MetNeed, Phase, Placement
from personas.models import Persona
from touchpoints.models import Channel, PhaseKind, Touchpoint
from workspaces.api.fields import Row, Strict, Text
from workspaces.api.once import once
from workspaces.api.resource import Door
from workspaces.errors import Refused
from workspaces.guard import takes

TEXT = {"type": "string", "maxLength": LaneCell._meta.get_field("text").max_length}
NUMBER = {"type": "number", "minimum": -(10**10) + 1, "maximum": 10**10 - 1}


class OwnerNamed(serializers.Serializer):  # type: ignore[type-arg]
    """Who answers for a thing, by name: either of the two."""

    team = Text(required=False)
    member = Text(required=False)


class PartOfDocument(Strict):
    """Where the journey is opened, by names: on that journey a touchpoint, or a phase."""

    journey = Text()
    touchpoint = Text(required=False)
    phase = serializers.ChoiceField(choices=PhaseKind.choices, required=False)


class JourneyOfDocument(Row):
    """What is said of the journey itself."""

    owner = OwnerNamed(required=False, allow_null=True)
    part_of = PartOfDocument(
        required=False, allow_null=True, help_text="of which it is a sub-journey, where that is known here"
    )
    personas = serializers.ListField(child=Text(max_length=Persona._meta.get_field("name").max_length), required=False)

    class Meta:
        model = Journey
        fields = [*OF_JOURNEY, "owner", "personas", "part_of"]


class ChannelOfDocument(Row):
    """A channel that is used."""

    class Meta:
        model = Channel
        fields = ["name", "icon"]


class PhaseOfDocument(Row):
    """A phase, and what the team calls it."""

    class Meta:
        model = Phase
        fields = OF_PHASE


class LaneOfDocument(Row):
    """A lane; only those of kind “text” and “number”, which are the team's own, have a name."""

    class Meta:
        model = Lane
        fields = OF_LANE


class InsightOfDocument(Row):
    """What the team learned of a touchpoint."""

    class Meta:
        model = Insight
        fields = OF_INSIGHT


class PlacementOfDocument(Row):
    """What is particular to a touchpoint on this journey."""

    class Meta:
        model = Placement
        fields = OF_PLACEMENT


class NeedOfDocument(Row):
    """A need of one of the journey's personas, and how well it is met."""

    persona = Text(help_text="the persona's name")

    class Meta:
        model = MetNeed
        fields = ["persona", "need", "how_well"]


@extend_schema_field({"type": "object", "additionalProperties": {"oneOf": [TEXT, NUMBER]}})
class Cells(serializers.DictField):
    """A text or a number for each lane of the team's own that tells something."""


class TouchpointOfDocument(Row):
    """A touchpoint where it stands, in order."""

    phase = serializers.ChoiceField(choices=PhaseKind.choices)
    channel = Text(required=False, allow_null=True, help_text="its name")
    owner = OwnerNamed(required=False, allow_null=True)
    insights = InsightOfDocument(many=True, required=False)
    placement = PlacementOfDocument(required=False)
    cells = Cells(required=False, help_text="what the team's own lanes tell of it, by their names")
    needs = NeedOfDocument(many=True, required=False)

    class Meta:
        model = Touchpoint
        fields = ["phase", *OF_TOUCHPOINT, "channel", "owner", "insights", "placement", "cells", "needs"]


class DocumentShape(serializers.Serializer):  # type: ignore[type-arg]
    """A whole journey. `journeys.exchange` writes and reads it; this describes it."""

    format = serializers.ChoiceField(choices=[(FORMAT, FORMAT)])
    version = serializers.IntegerField(min_value=VERSION, max_value=VERSION)
    journey = JourneyOfDocument()
    channels = ChannelOfDocument(many=True, required=False)
    phases = PhaseOfDocument(many=True, required=False)
    lanes = LaneOfDocument(many=True, required=False)
    touchpoints = TouchpointOfDocument(many=True, required=False)


class TakenSerializer(JourneySerializer):
    """The journey that was drawn of a document."""

    unknown_owners = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="owners who are not known here, and so were left out"
    )

    class Meta(JourneySerializer.Meta):
        fields = [*JourneySerializer.Meta.fields, "unknown_owners"]


class ExportView(Door):
    """GET journeys/<id>/export/."""

    @extend_schema(summary="A journey as a document", operation_id="journeys_export", responses=DocumentShape)
    def get(self, request: Request, journey_id: int) -> Response:
        """All that is said of a journey, as `journeys/import/` draws it again. Archived touchpoints are left out."""
        return Response(document_of(the_journey(self.workspace, journey_id)))


@takes(LARGEST_UPLOAD)
class ImportView(Door):
    """POST journeys/import/."""

    model = Journey
    wrong: dict[str, list[str]] | None = None
    examples = {
        "post": {
            "format": FORMAT,
            "version": VERSION,
            "journey": {"name": "Weekend trip by rail", "category": "use", "personas": ["Commuter"]},
            "lanes": [{"kind": "touchpoints", "shown": True}, {"kind": "number", "name": "Calls", "shown": True}],
            "touchpoints": [
                {
                    "phase": "purchase",
                    "name": "Ticket machine",
                    "placement": {"expectation": 1, "customer_action": "Looks for the door"},
                    "cells": {"Calls": 120},
                    "needs": [{"persona": "Commuter", "need": "a seat", "how_well": "partly"}],
                }
            ],
        }
    }

    def state_now(self) -> dict[str, Any]:
        """What is wrong with the document, by its paths."""
        return {"errors": self.wrong} if self.wrong else {}

    @extend_schema(
        summary="A journey from a document",
        operation_id="journeys_import",
        request=DocumentShape,
        responses={201: TakenSerializer},
    )
    @once
    def post(self, request: Request) -> Response:
        """Draw a journey from such a document, all of it or nothing.

        Touchpoints and personas are found by their names, or begun; what the library has by a name stands there as it
        is. 422 tells in `errors` what is wrong by its path, such as `touchpoints[3].placement.expectation`.
        """
        found = understand_value(request.data)
        if found.strange:
            unknown = {_member(path): [_("There is no such field.")] for path in found.strange}
            raise serializers.ValidationError(_faults(found) | unknown)
        if found.faults:
            self.wrong = _faults(found)
            raise Refused(_("Nothing was stored: the document is not as it should be."))
        left_out = unknown_owners(found, self.workspace)
        journey = take_journey(found, self.workspace, name=found.facts["name"], by=self.by)
        journey.unknown_owners = left_out  # type: ignore[attr-defined]
        told = TakenSerializer(journey).data
        return Response(told, status=status.HTTP_201_CREATED, headers={"ETag": f'"{told["version"]}"'})


def _faults(found: Understood) -> dict[str, list[str]]:
    faults: dict[str, list[str]] = defaultdict(list)
    for path, why in found.faults:
        faults[_member(path)].append(why)
    return dict(faults)


def _member(path: str) -> str:
    """A JSON path as the names of fields are told, from the body on."""
    return path.removeprefix("$").removeprefix(".")
