"""Where touchpoints stand, over REST: by the rules of the page."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from journeys.actions.placements import (
    archive_placement,
    edit_placement,
    move_placement,
    place_touchpoint,
    restore_placement,
)
from journeys.models import Journey, Phase, Placement
from touchpoints.models import Touchpoint
from workspaces.api.fields import Here, KeptRow, ListQuery, Strict, Whole, asked, ordering
from workspaces.api.once import once
from workspaces.api.resource import KeptResource, Verbs
from workspaces.errors import Refused
from workspaces.models import Actor, Workspace, WorkspaceQuerySet

PLACE = ("touchpoint", "phase", "after")  # said when it is placed; afterwards `move` changes what can be changed


class PlacementSerializer(KeptRow):
    """A touchpoint's place on a journey, and what is particular to it there. Its journey is that of its phase.

    `after` says whom it is to follow in the phase: null for the first, left out for the last.
    """

    after = Here(Placement, archived=True, allow_null=True, required=False, write_only=True)

    class Meta:
        model = Placement
        fields = [
            "id", "version", "journey", "phase", "after", "position", "touchpoint", "moment_of_truth", "share",
            "alternative_group", "customer_action", "quote", "expectation", "assumed_emotion", "backstage",
            "created_at", "updated_at", "archived_at",
        ]  # fmt: skip
        read_only_fields = ["journey"]

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """Where it stands is no edit."""
        if self.instance is None:
            return with_neighbour(given, given["phase"].journey)
        for name in PLACE:
            if name in given and given.pop(name) != getattr(self.instance, name, None):
                raise Refused(_("An edit moves nothing: use move/."))
        return given


class MoveSerializer(Strict):
    """Where a touchpoint moves on its map, and the version of its placement that was seen."""

    phase = Here(Phase)
    after = Here(Placement, archived=True, allow_null=True, required=False)
    version = Whole(min_value=1, max_value=2**31 - 1)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """Phase and neighbour must be of the placement's journey."""
        return with_neighbour(given, self.context["placement"].journey)


def with_neighbour(given: dict[str, Any], journey: Journey) -> dict[str, Any]:
    """A place with the placement to follow there; raises ValidationError for what is not part of the journey."""
    for name in ("phase", "after"):
        if given.get(name) and given[name].journey_id != journey.pk:
            raise serializers.ValidationError({name: [_("This is not part of this journey.")]})
    if "after" in given:
        return given
    standing = Placement.objects.of(journey.workspace).kept().filter(phase=given["phase"])
    return {**given, "after": standing.order_by("-position").first()}


class PlacementQuery(ListQuery):
    """What may be asked of the placements."""

    journey = asked(Journey)
    phase = asked(Phase)
    touchpoint = asked(Touchpoint)
    moment_of_truth = serializers.BooleanField(required=False)
    ordering = ordering("position", "updated_at")


def make(workspace: Workspace, *, touchpoint: Touchpoint, phase: Phase, by: Actor, **more: Any) -> Placement:
    """The placement of a touchpoint that was put on a journey; the one that is there, where it stands there already."""
    place_touchpoint(phase.journey, touchpoint, phase=phase, by=by, **more)
    placement: Placement = Placement.objects.of(workspace).kept().get(journey=phase.journey, touchpoint=touchpoint)
    return placement


class PlacementResource(KeptResource):
    """Where touchpoints stand on journeys."""

    model = Placement
    serializer_class = PlacementSerializer
    queries = {"list": PlacementQuery}
    lookup_url_kwarg = "placement_id"
    examples = {
        "create": {"touchpoint": 12, "phase": 31, "after": None, "share": 60, "customer_action": "Looks for the door"},
        "partial_update": {"quote": "Nobody told us anything.", "expectation": 1.5, "version": 2},
        "move": {"phase": 34, "after": 402, "version": 2},
    }
    verbs = Verbs(make, edit_placement, archive_placement, restore_placement)

    def rows(self) -> WorkspaceQuerySet:
        """With what the map's verbs need."""
        return super().rows().select_related("journey__workspace", "touchpoint")

    @extend_schema(request=MoveSerializer, responses=PlacementSerializer)
    @action(detail=True, methods=["post"])
    @once
    def move(self, request: Request, **named: Any) -> Response:
        """Let it follow another in a phase. 409 with `current` where it changed since, not for what moved around it."""
        placement = self.get_object()
        context = {**self.get_serializer_context(), "placement": placement}
        asked_for = MoveSerializer(data=request.data, context=context)
        asked_for.is_valid(raise_exception=True)
        to = asked_for.validated_data
        move_placement(placement, to_phase=to["phase"], after=to["after"], version=to["version"], by=self.by)
        return self.answer(self.get_object())
