"""How a map tells of journeys below and above it, for the interface's description of itself."""

from rest_framework import serializers

from touchpoints.health.bands import Band, Evidence

BANDS = [(band.value, band.value) for band in Band]
EVIDENCE = [(evidence.value, evidence.value) for evidence in Evidence]


class StandsForShape(serializers.Serializer):  # type: ignore[type-arg]
    """The health that stands for a touchpoint without one of its own.

    It is that of the sub-journey, without those of its touchpoints, as many as `without`, that stand above themselves.
    """

    score = serializers.IntegerField()
    exact = serializers.FloatField()
    band = serializers.ChoiceField(choices=BANDS)
    state = serializers.ChoiceField(choices=EVIDENCE)
    without = serializers.IntegerField()


class OpensShape(serializers.Serializer):  # type: ignore[type-arg]
    """The journey that tells a touchpoint or phase in more detail, with the health of its own map."""

    journey = serializers.IntegerField()
    name = serializers.CharField()
    score = serializers.IntegerField(allow_null=True)
    band = serializers.ChoiceField(choices=BANDS, allow_null=True)
    state = serializers.ChoiceField(choices=EVIDENCE)
    partial = serializers.BooleanField()  # type: ignore[assignment]
    stands_for = StandsForShape(allow_null=True, help_text="null where the touchpoint has a health of its own")


class AboveShape(serializers.Serializer):  # type: ignore[type-arg]
    """A journey above, and the placement or phase on it that opens the next one."""

    journey = serializers.IntegerField()
    name = serializers.CharField()
    placement = serializers.IntegerField(allow_null=True)
    phase = serializers.IntegerField(allow_null=True)
    via = serializers.CharField()
