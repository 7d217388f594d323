"""What a measure costs and brings, and how it went on, as programs send and are told it."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from rest_framework import serializers

from measures.models import Benefit, BenefitKind, Measure, Review, Status, Step
from measures.models.benefit import MOST
from measures.worth import worth_of
from touchpoints.models import Touchpoint
from workspaces.api.fields import LONGEST_LIST, Day, HereAll, Number, Row, Strict, Text, Whole, Word
from workspaces.errors import Refused
from workspaces.models import EARLIEST, LATEST

VERSION = "the version that you saw"
ASKED = {BenefitKind.RETENTION: ("count", "each", "base"), BenefitKind.TYPED: ()}  # of all other kinds the first two


def effect(says: str) -> Number:
    """A share from -1 to 1, or minor units a year where an amount is typed."""
    return Number(max_digits=18, decimal_places=4, min_value=-MOST, max_value=MOST, help_text=says)


def amount(says: str) -> Whole:
    """Minor units of the workspace's currency; null is unknown."""
    return Whole(min_value=0, max_value=MOST, required=False, allow_null=True, help_text=says)


class BenefitSerializer(Row):
    """One reason why a measure pays; `low`, `likely` and `high` say how large its effect is.

    `retention`: of `count` customers with a margin of `each` a year a share of `base` stays each year; the effect is
    added to it. `conversion`, `revenue`: so many visits or customers a year with so much margin each; the effect is the
    share who buy, at all or more. `avoided`: so many contacts or complaints a year that cost so much each; the effect
    is the share that is not there any more. `typed`: the effect is the amount a year itself, and needs a `reason`. 422
    where one of these is not said.
    """

    low = effect("the effect, at least")
    likely = effect("as assumed")
    high = effect("at most")

    class Meta:
        model = Benefit
        fields = ["kind", "count", "each", "base", "low", "likely", "high", "reason"]

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        """What the description cannot tell."""
        if not said["low"] <= said["likely"] <= said["high"]:
            raise Refused(_("At least, likely and at most must ascend."))
        for name in ASKED.get(said["kind"], ("count", "each")):
            if name not in said:
                raise Refused(_("Say “%(field)s”: what is not known cannot be reckoned with.") % {"field": name})
        if said["kind"] == BenefitKind.TYPED:
            if not said.get("reason"):
                raise Refused(_("Say why this amount is assumed."))
        elif said["low"] < -1 or said["high"] > 1:
            raise Refused(_("An effect is a share from -1 to 1; only a typed one is an amount."))
        if said["kind"] == BenefitKind.RETENTION and said.get("base") == 1:
            raise Refused(_("Where all stay already, no more can."))
        return said


class StepSerializer(Row):
    """A decision: where it came from (empty where it began), where it went, why, when, and by whom."""

    came_from = Word(choices=Status.choices, allow_blank=True, read_only=True)
    by = serializers.CharField(read_only=True, allow_null=True, help_text="the person or token, as far as known")

    class Meta:
        model = Step
        fields = ["came_from", "went_to", "reason", "at", "by"]
        read_only_fields = fields


class WorthSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """What comes of it, if effects are of that size: minor units, unrounded, and years."""

    benefit_a_year = serializers.FloatField(help_text="on average")
    npv = serializers.FloatField(help_text="net present value")
    roi = serializers.FloatField(allow_null=True, help_text="1 is 100 %; null where it costs nothing")
    payback = serializers.FloatField(allow_null=True, help_text="null where it never pays for itself in its `years`")
    discounted_payback = serializers.FloatField(allow_null=True)


class AssessmentSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """What a measure is worth at the workspace's `discount`, at both ends of what is assumed and as is likely."""

    low = WorthSerializer()
    likely = WorthSerializer()
    high = WorthSerializer()
    break_even = serializers.FloatField(
        allow_null=True, help_text="how many times the likely effects would just pay; null where none would"
    )

    def to_representation(self, instance: Measure) -> dict[str, Any] | None:  # type: ignore[override]
        """Nothing while costs or benefits are unknown."""
        worth = worth_of(instance, list(instance.benefits.all()), self.context["workspace"].discount)
        return None if worth is None else super().to_representation(worth)


class ControlSerializer(Row):
    """A touchpoint that a review compares with."""

    class Meta:
        model = Touchpoint
        fields = ["id", "name"]


class ReviewSerializer(Row):
    """Whether a measure worked, as of the close of `until`: told anew each night until it is closed.

    Points of health, 0-100. `before`: of its touchpoints, drawn towards what is usual; `asked_before`: as answered.
    `effect`: the change since, less that of the `controls`, with its 95 % interval; so far while it is `too_early`, of
    which `missing` says why. `expected`: null where nobody said. Null where nothing can be compared.
    """

    controls = ControlSerializer(many=True, read_only=True)

    class Meta:
        model = Review
        fields = [
            "live_on", "until", "verdict", "missing", "before", "asked_before", "effect", "low", "high", "expected",
            "answers_before", "answers_since", "controls", "chosen_by_hand", "closed_at",
        ]  # fmt: skip
        read_only_fields = fields


class ReviewControlsSerializer(Strict):
    """With which touchpoints an open review compares."""

    touchpoints = HereAll(Touchpoint, min_length=1)


class MeasureCostSerializer(Strict):
    """What a measure costs, why it pays, and the version of it that was seen. Costs that are not named stay.

    The `benefits` take the place of those that were there. Amounts are minor units of the workspace's currency.
    """

    once = amount("what it costs once; null: unknown")
    yearly = amount("what it costs each year; null: unknown")
    years = Whole(min_value=1, max_value=20, required=False, help_text="over how many it is looked at")
    points = Number(
        max_digits=4,
        decimal_places=1,
        min_value=0,
        max_value=100,
        required=False,
        allow_null=True,
        help_text="by how much the health of its touchpoints is expected to rise",
    )
    benefits = BenefitSerializer(many=True, max_length=LONGEST_LIST)  # type: ignore[call-arg]
    version = Whole(min_value=1, max_value=2**31 - 1, help_text=VERSION)


class MeasureMoveSerializer(Strict):
    """Where a measure goes, why, since when customers meet it, and the version of it that was seen."""

    to = Word(choices=Status.choices)
    reason = Text(max_length=500, required=False, allow_blank=True, help_text="needed to drop it")
    live_on = Day(
        required=False,
        allow_null=True,
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
        help_text="of `live`: the first day on which customers meet it; by default today",
    )
    version = Whole(min_value=1, max_value=2**31 - 1, help_text=VERSION)
