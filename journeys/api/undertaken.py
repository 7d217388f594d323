"""What the map over REST says of measures and opportunities."""

from rest_framework import serializers

from measures.models import Status


class MeasureShape(serializers.Serializer):  # type: ignore[type-arg]
    """A measure at the touchpoint; `measures/` tells what it costs and brings."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    status = serializers.ChoiceField(choices=Status.choices)


class OpportunityShape(serializers.Serializer):  # type: ignore[type-arg]
    """An opportunity that gathers what customers said at the touchpoint."""

    id = serializers.IntegerField()
    title = serializers.CharField()
