"""What explanations and figures look like over REST, for their description."""

from rest_framework import serializers

from journeys.api.shapes import BANDS, EVIDENCE
from touchpoints.health.changes import Verdict
from touchpoints.health.usual import Component, Learned
from workspaces.api.fields import Day

COMPONENTS = [(component.value, component.value) for component in Component]


def number(**options: object) -> serializers.FloatField:
    """A number that is not always told."""
    return serializers.FloatField(allow_null=True, **options)  # type: ignore[arg-type]


class FigureShape(serializers.Serializer):  # type: ignore[type-arg]
    """A value with its 95 % interval."""

    value = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class OnScaleShape(serializers.Serializer):  # type: ignore[type-arg]
    """What was answered on one scale; figures are null with fewer than 5 answers."""

    metric = serializers.CharField()
    scale = serializers.CharField(help_text="its ends; an r behind where a low value is the best")
    answers = serializers.IntegerField()
    headline = FigureShape(allow_null=True)
    top = FigureShape(allow_null=True)


class LimitsShape(serializers.Serializer):  # type: ignore[type-arg]
    """A rate of bad events, 0 to 1: 100 at `good` and below, 0 at `limit` and above."""

    good = serializers.FloatField()
    limit = serializers.FloatField()


class ModelShape(serializers.Serializer):  # type: ignore[type-arg]
    """The rule by which the score is made. `number`: of the workspace's own, 0 while it has the defaults."""

    version = serializers.CharField()
    number = serializers.IntegerField()
    since = serializers.DateTimeField(allow_null=True)
    by = serializers.CharField(allow_null=True)
    weights = serializers.DictField(child=serializers.FloatField(), help_text="importance of each component")
    correlation = serializers.FloatField(help_text="how far the errors of components go together")
    ratings_count = serializers.BooleanField()
    decay = serializers.BooleanField()
    complaints = LimitsShape()
    drop_off = LimitsShape()


class FitShape(serializers.Serializer):  # type: ignore[type-arg]
    """From where what is usual is known. `day`: on which it was learned; `phase`: where the peers stand."""

    version = serializers.CharField()
    day = Day(allow_null=True)
    phase = serializers.CharField(allow_null=True)


class UsualShape(serializers.Serializer):  # type: ignore[type-arg]
    """What is usual for a component: a `mean` that weighs as much as `mass` answers.

    `within` and `between`: the variances of which the mass is the quotient before it is kept within limits.
    """

    of = serializers.ChoiceField(choices=[(source.value, source.value) for source in Learned])
    mean = serializers.FloatField()
    mass = serializers.FloatField()
    peers = serializers.IntegerField(allow_null=True)
    within = number()
    between = number()


class RateShape(serializers.Serializer):  # type: ignore[type-arg]
    """Shares of bad events, 0 to 1. `suspect`: there were more of them than cases."""

    observed = number()
    expected = number()
    usual = serializers.FloatField()
    good = serializers.FloatField()
    limit = serializers.FloatField()
    suspect = serializers.BooleanField()


class SeriesShape(serializers.Serializer):  # type: ignore[type-arg]
    """The answers on one scale in their window: `sums` by value, weighted where they age, summed from daily counts."""

    metric = serializers.CharField()
    scale = serializers.CharField()
    table = serializers.CharField(help_text="the table of weights: `flat-90`, `half-30`")
    values = serializers.ListField(child=serializers.IntegerField())
    worth = serializers.ListField(child=serializers.FloatField(), allow_null=True, help_text="of each value, 0 to 100")
    sums = serializers.ListField(child=serializers.FloatField())
    squares = serializers.FloatField(help_text="the sum of squared weights")
    answers = serializers.IntegerField(help_text="unweighted")
    usual_shares = serializers.ListField(child=serializers.FloatField(), allow_null=True)


class PartShape(serializers.Serializer):  # type: ignore[type-arg]
    """A component of the health, which is the sum of `contribution` = share * score.

    `over` = share * (score - usual mean).
    """

    component = serializers.ChoiceField(choices=COMPONENTS)
    answers = serializers.IntegerField()
    n_eff = serializers.FloatField()
    raw = number(help_text="own data only; null below 5")
    usual = UsualShape()
    credibility = serializers.FloatField(help_text="share of the score that own data decide")
    score = number()
    sd = number()
    low = number()
    high = number()
    weight = serializers.FloatField()
    share = serializers.FloatField()
    contribution = number()
    over = number()
    rate = RateShape(allow_null=True)
    scales = SeriesShape(many=True)


class ShiftShape(serializers.Serializer):  # type: ignore[type-arg]
    """What a component did to the change, in tenths of points that add up: by its score, and by its share."""

    component = serializers.ChoiceField(choices=COMPONENTS)
    score = serializers.FloatField()
    mix = serializers.FloatField()


class VerdictShape(serializers.Serializer):  # type: ignore[type-arg]
    """The rule for real changes: plain figures of the `days` days since then, against as many before.

    `before`, `after`: observations in either. Judged among all touchpoints, as on every screen.
    """

    verdict = serializers.ChoiceField(choices=[(verdict.value, verdict.value) for verdict in Verdict])
    days = serializers.IntegerField()
    delta = number()
    low = number()
    high = number()
    p = number()
    before = serializers.IntegerField()
    after = serializers.IntegerField()


class ComparedShape(serializers.Serializer):  # type: ignore[type-arg]
    """The score against that of an earlier day, in tenths."""

    since = Day()
    before = number()
    after = number()
    shifts = ShiftShape(many=True)
    real = VerdictShape()


class ThenShape(serializers.Serializer):  # type: ignore[type-arg]
    """A score as it was known when a day ended."""

    exact = number()
    sd = number()
    state = serializers.ChoiceField(choices=EVIDENCE)
    answers = serializers.IntegerField()
    observations = serializers.IntegerField()
    evidence = serializers.FloatField()
    model = serializers.CharField()
    usual = serializers.CharField()


class MomentShape(serializers.Serializer):  # type: ignore[type-arg]
    """A day of the history: `known_then` is null where nothing was written down, `restated` counts it anew."""

    day = Day()
    known_then = ThenShape(allow_null=True)
    restated = number()
    low = number()
    high = number()
    observations = serializers.IntegerField()
    reasons = serializers.ListField(child=serializers.CharField(), help_text="why the two differ")


class ExplanationShape(serializers.Serializer):  # type: ignore[type-arg]
    """A score with all of which it can be worked out again."""

    touchpoint = serializers.IntegerField()
    name = serializers.CharField()
    persona = serializers.IntegerField(allow_null=True)
    as_of = Day(allow_null=True, help_text="null where nobody was ever heard")
    is_now = serializers.BooleanField(help_text="whether all screens show it")
    finding = serializers.CharField(
        allow_null=True,
        help_text="what it comes to, as its page says of the last 90 days, in your language; null of another day",
    )
    score = serializers.IntegerField(min_value=0, max_value=100, allow_null=True)
    exact = number()
    sd = number()
    low = number()
    high = number()
    band = serializers.ChoiceField(choices=BANDS, allow_null=True)
    state = serializers.ChoiceField(choices=EVIDENCE)
    chance_critical = number(help_text="that it really lies below the border of critical, 0 to 1")
    answers = serializers.IntegerField()
    observations = serializers.IntegerField()
    evidence = serializers.FloatField()
    last_heard = Day(allow_null=True)
    norm = number(help_text="what the same parts would give if each were as usual")
    model = ModelShape(allow_null=True)
    prior = FitShape(allow_null=True)
    parts = PartShape(many=True)
    change = ComparedShape(allow_null=True)
    history = MomentShape(many=True)
