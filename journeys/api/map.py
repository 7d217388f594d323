"""A whole map as one nested answer."""

import datetime

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from journeys.api.shapes import MapShape
from journeys.api.unchanged import IF_NONE_MATCH, NOT_CHANGED, as_json, as_stands, in_full, unchanged
from journeys.full import FullGlance, glance_in_full, read_full, read_past
from journeys.models import Journey
from journeys.naming import named, release
from personas.models import Persona
from workspaces import clock
from workspaces.api.fields import Day, Query, asked
from workspaces.api.resource import Door
from workspaces.models import Workspace

DESCRIPTION = """
Phases, placements, touchpoints, personas, insights and health, in the same few statements however long the map is.
`health.score` is the whole number that every screen shows, null with a `state` where none is shown; `exact`, `sd` and
the 95 % interval `low` to `high` stand beside it, unrounded. `nps` has its own questions, about the journey as a whole
and about the company: it is no part of `health`. `opens` is a sub-journey, `above` the way up; where a touchpoint has
no health of its own, `opens.stands_for` tells what the sub-journey says for it in `health`. Send `If-None-Match` with
the `ETag` that you got: while nothing of the map has changed the answer is 304.

With `as_of` the map as it stood at the end of that local day: where everything stood and what was said of it there, the
phases' labels, and scores as they were known then (`last_heard` and the score's `version` are null, and so is
`completion.value`). What no history is kept of is as of today: names, channels, owners, importance and target, the
texts of insights, the journeys above; `nps` and feelings are counted from the answers that are here now. `opens` is
what was opened then, with its own map's health of that day. Lanes and needs are left out. What was archived for more
than 30 days, and so purged, is left out, also of the days on which it stood there.
"""


class MapQuery(Query):
    """What may be asked of a map."""

    persona = asked(Persona, help_text="the health of this persona instead of all customers'")
    as_of = Day(required=False, help_text="the map as it stood when this local day ended")

    def validate_as_of(self, day: datetime.date) -> datetime.date:
        """Not a day to come."""
        if day > clock.today(self.context["workspace"].zone):
            raise serializers.ValidationError(_("This day is still to come."))
        return day


class MapView(Door):
    """GET journeys/<id>/map/."""

    queries = {"get": MapQuery, "head": MapQuery}

    @extend_schema(
        operation_id="journeys_map",
        summary="A whole map",
        description=DESCRIPTION,
        parameters=[MapQuery, IF_NONE_MATCH],
        responses={200: MapShape, 304: NOT_CHANGED},
    )
    def get(self, request: Request, journey_id: int) -> HttpResponse:
        """The map; an unchanged one costs a 304."""
        journey = the_journey(self.workspace, journey_id)
        persona: Persona | None = self.asked.get("persona")
        today = clock.today(self.workspace.zone)
        day: datetime.date = self.asked.get("as_of", today)
        seen = glance_in_full(journey, persona, day=day)
        if day < today:
            return as_stands(request, read_past(journey, seen, day=day, persona=persona))  # hardly ever changes
        name = _state(journey, persona, seen, today)
        if same := unchanged(request, name):
            return same
        return in_full(as_json(read_full(journey, seen, today=today, persona=persona)), name)


def the_journey(workspace: Workspace, journey_id: int) -> Journey:
    """The journey, archived or not, with whoever answers for it, or 404."""
    found = Journey.objects.of(workspace).select_related("owner_team", "owner_member__user")
    journey: Journey | None = found.filter(pk=journey_id).first()
    if journey is None:
        raise Http404
    journey.workspace = workspace
    return journey


def _state(journey: Journey, persona: Persona | None, seen: FullGlance, today: datetime.date) -> str:
    """A name for exactly what is told of the map."""
    return named(
        release(), journey.pk, journey.version, journey.revision, str(journey.owner), journey.workspace.version,
        persona and (persona.pk, persona.version), seen, today, get_language(),
    )  # fmt: skip
