"""Several touchpoints of a map at once, over REST: by the rules of the page."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from journeys.actions.bulk import MOST, Seen, archive_placements, move_placements, set_channel, set_owner
from journeys.api.changes import ChangeSerializer
from journeys.api.placements import with_neighbour
from journeys.models import Change, Journey, Phase, Placement
from touchpoints.models import Channel
from workspaces.api.fields import Here, OwnerSerializer, Strict, Whole, Word, not_here
from workspaces.errors import Refused
from workspaces.models import Actor

NEEDS: dict[str, set[str]] = {"move": {"phase", "after"}, "owner": {"owner"}, "channel": {"channel"}, "archive": set()}
VERBS = [(verb, verb) for verb in NEEDS]


class SeenSerializer(Strict):
    """A placement and the version that was seen; for an owner or a channel also the version of its touchpoint."""

    placement = Whole(min_value=1, max_value=2**63 - 1)
    version = Whole(min_value=1, max_value=2**31 - 1)
    touchpoint_version = Whole(min_value=1, max_value=2**31 - 1, required=False)


class SeenAll(serializers.ListField):
    """Placements of the journey, looked up at once. Another journey's are as if they never were."""

    child = SeenSerializer()

    def to_internal_value(self, data: Any) -> list[Seen]:
        """Each with the versions that were seen."""
        named = (
            [one.get("placement") if isinstance(one, dict) else None for one in data] if isinstance(data, list) else []
        )
        ids = [one if type(one) is int and 0 < one < 2**63 else 0 for one in named]
        rows = Placement.objects.of(self.context["workspace"]).filter(journey=self.context["journey"], pk__in=ids)
        here = {0, *rows.values_list("pk", flat=True)}
        if missing := {str(place): {"placement": [not_here()]} for place, pk in enumerate(ids) if pk not in here}:
            raise serializers.ValidationError(missing)
        seen = super().to_internal_value(data)
        return [Seen(one["placement"], one["version"], one.get("touchpoint_version", 0)) for one in seen]


class BulkSerializer(Strict):
    """What is done to which placements. `after` as for a single move: null for the first, left out for the last."""

    verb = Word(choices=VERBS)
    placements = SeenAll(min_length=1, max_length=MOST)
    phase = Here(Phase, required=False)
    after = Here(Placement, archived=True, allow_null=True, required=False)
    owner = OwnerSerializer(required=False, allow_null=True)
    channel = Here(Channel, required=False, allow_null=True)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """What the verb needs and no more."""
        verb, said = given["verb"], given.keys() - {"verb", "placements"}
        if said - NEEDS[verb] or NEEDS[verb] - {"after"} - said:
            raise Refused(_("The verb needs exactly its own: phase and after, owner, channel, or nothing."))
        if len({one.placement for one in given["placements"]}) < len(given["placements"]):
            raise Refused(_("Name each placement once."))
        if verb in {"owner", "channel"} and not all(one.edition for one in given["placements"]):
            raise Refused(_("Say the touchpoint_version of each placement, too."))
        return with_neighbour(given, self.context["journey"]) if verb == "move" else given


class BulkAnswer(serializers.Serializer):  # type: ignore[type-arg]
    """What was done, as one change; null when everything had been done before. `revision`: the map's."""

    revision = serializers.IntegerField()
    change = ChangeSerializer(allow_null=True)


def do(journey: Journey, asked: dict[str, Any], *, by: Actor) -> Change | None:
    """Do to these placements what was asked for, to all or to none."""
    seen = asked["placements"]
    if asked["verb"] == "move":
        return move_placements(journey, seen, to_phase=asked["phase"], after=asked["after"], by=by)
    if asked["verb"] == "owner":
        return set_owner(journey, seen, owner=asked["owner"], by=by)
    if asked["verb"] == "channel":
        return set_channel(journey, seen, channel=asked["channel"], by=by)
    return archive_placements(journey, seen, by=by)
