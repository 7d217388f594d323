"""How a map is nested, for the interface's description of itself. What stands in it is made by `journeys.full`."""

from rest_framework import serializers

from feedback.models import InsightKind
from journeys.api.below import AboveShape, OpensShape
from journeys.api.undertaken import MeasureShape, OpportunityShape
from journeys.models import Category, HowWell, LaneKind, Standing
from personas.models import PersonaEvidence, Portrait
from touchpoints.health.bands import Band, Evidence
from touchpoints.health.changes import Verdict
from touchpoints.models import Contact, Device, Directness, PhaseKind

BANDS = [(band.value, band.value) for band in Band]
EVIDENCE = [(evidence.value, evidence.value) for evidence in Evidence]


class OwnerShape(serializers.Serializer):  # type: ignore[type-arg]
    """Who answers for a thing: a team or a member of the workspace."""

    team = serializers.IntegerField(required=False)
    member = serializers.IntegerField(required=False)
    name = serializers.CharField()


class ChangeShape(serializers.Serializer):  # type: ignore[type-arg]
    """A health of the last days less that of as many days before, in points; null with too few answers."""

    delta = serializers.FloatField(min_value=-100, max_value=100, allow_null=True)
    low = serializers.FloatField(min_value=-100, max_value=100, allow_null=True, help_text="of the 95 % interval")
    high = serializers.FloatField(min_value=-100, max_value=100, allow_null=True)
    p = serializers.FloatField(
        min_value=0, max_value=1, allow_null=True, help_text="how often chance alone would show as much"
    )
    n_before = serializers.IntegerField(help_text="answers and cases of the days before")
    n = serializers.IntegerField(help_text="answers and cases of the last days")
    verdict = serializers.ChoiceField(choices=[(str(one), str(one)) for one in Verdict])


class RolledUpShape(serializers.Serializer):  # type: ignore[type-arg]
    """The health of a phase or a journey: the weighted mean of its touchpoints that are known."""

    score = serializers.IntegerField(min_value=0, max_value=100, allow_null=True)
    state = serializers.ChoiceField(choices=["known", "unknown"])
    band = serializers.ChoiceField(choices=BANDS, allow_null=True)
    coverage = serializers.FloatField(min_value=0, max_value=1, help_text="how much of the weight is known")
    partial = serializers.BooleanField(  # type: ignore[assignment]
        help_text="less than half of the weight is known"
    )
    bands = serializers.DictField(
        child=serializers.IntegerField(), help_text="how many touchpoints have each band, “unknown” included"
    )
    change = ChangeShape(allow_null=True, help_text="of 90 days; null where nothing stands there")


class PointedShape(serializers.Serializer):  # type: ignore[type-arg]
    """A touchpoint at which a figure of the journey points."""

    placement = serializers.IntegerField()
    touchpoint = serializers.IntegerField()
    score = serializers.IntegerField(min_value=0, max_value=100)


class MemoryShape(serializers.Serializer):  # type: ignore[type-arg]
    """What is likely to be remembered: the mean of the score farthest from 50 and the last that is known."""

    score = serializers.IntegerField(min_value=0, max_value=100)
    band = serializers.ChoiceField(choices=BANDS)
    peak = PointedShape()
    end = PointedShape()


class WeakestStepShape(serializers.Serializer):  # type: ignore[type-arg]
    """Where most of those who set out are lost."""

    placement = serializers.IntegerField()
    touchpoint = serializers.IntegerField()
    lost = serializers.FloatField(min_value=0, max_value=1, help_text="share of all who set out")


class CompletionShape(serializers.Serializer):  # type: ignore[type-arg]
    """How many of those who set out on the most used path pass every step of which that is known."""

    value = serializers.FloatField(min_value=0, max_value=1, allow_null=True, help_text="null while no step is known")
    known_steps = serializers.IntegerField()
    steps = serializers.IntegerField(help_text="of alternatives that follow each other the most used one only")
    weakest_step = WeakestStepShape(allow_null=True)


class JourneyHealthShape(RolledUpShape):
    """The health of the journey, and what stands beside it."""

    memory = MemoryShape(allow_null=True)
    weakest = PointedShape(allow_null=True, help_text="the touchpoint with the lowest score")
    completion = CompletionShape()


class NpsFigureShape(serializers.Serializer):  # type: ignore[type-arg]
    """NPS (-100 to 100) with its 95 % interval."""

    value = serializers.FloatField(min_value=-100, max_value=100)
    low = serializers.FloatField(min_value=-100, max_value=100)
    high = serializers.FloatField(min_value=-100, max_value=100)
    n = serializers.IntegerField(min_value=5, help_text="answers")


class NpsShape(serializers.Serializer):  # type: ignore[type-arg]
    """NPS of the 90 days up to `as_of`, from the questions about the whole; null below 5 answers."""

    journey = NpsFigureShape(allow_null=True, help_text="asked about this journey as a whole")
    workspace = NpsFigureShape(allow_null=True, help_text="asked about the company")


class HealthShape(serializers.Serializer):  # type: ignore[type-arg]
    """The health of a touchpoint. Below 5 answers nothing is told as a number."""

    score = serializers.IntegerField(min_value=0, max_value=100, allow_null=True, help_text="as every screen shows it")
    exact = serializers.FloatField(allow_null=True, help_text="the same, unrounded")
    sd = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True, help_text="the lower end of the 95 % interval")
    high = serializers.FloatField(allow_null=True)
    answers = serializers.IntegerField()
    state = serializers.ChoiceField(choices=EVIDENCE)
    band = serializers.ChoiceField(choices=BANDS, allow_null=True)
    change = ChangeShape(help_text="of 90 days")
    last_heard = serializers.DateField(allow_null=True)
    version = serializers.IntegerField(allow_null=True)


class InsightShape(serializers.Serializer):  # type: ignore[type-arg]
    """What the team learned."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=InsightKind.choices)
    text = serializers.CharField()
    mentions = serializers.IntegerField()
    version = serializers.IntegerField()


class ChannelShape(serializers.Serializer):  # type: ignore[type-arg]
    """By what customers are reached."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    icon = serializers.CharField()


class TouchpointShape(serializers.Serializer):  # type: ignore[type-arg]
    """The touchpoint, as the library has it."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    note = serializers.CharField()
    channel = ChannelShape(allow_null=True)
    contact = serializers.ChoiceField(choices=Contact.choices)
    directness = serializers.ChoiceField(choices=Directness.choices)
    device = serializers.ChoiceField(choices=Device.choices, allow_blank=True)
    owner = OwnerShape(allow_null=True)
    importance = serializers.IntegerField()
    target = serializers.IntegerField()
    archived_at = serializers.DateTimeField(allow_null=True)
    health = HealthShape()
    insights = InsightShape(many=True)


class FeelingsShape(serializers.Serializer):  # type: ignore[type-arg]
    """What customers feel there and what they expected, -2 (frustrated) to +2 (delighted)."""

    perceived = serializers.FloatField(min_value=-2, max_value=2, allow_null=True)
    source = serializers.ChoiceField(  # type: ignore[assignment]
        choices=["emotion", "satisfaction", "assumption", "unknown"],
        help_text="the question by which that is known, or that the team assumes it",
    )
    expected = serializers.FloatField(min_value=-2, max_value=2, allow_null=True)
    gap = serializers.FloatField(allow_null=True, help_text="perceived less expected")


class LaneShape(serializers.Serializer):  # type: ignore[type-arg]
    """A lane of the map, from above; the two kinds “text” and “number” are the team's own."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=LaneKind.choices)
    name = serializers.CharField(help_text="the team's own, blank for the usual lanes")
    label = serializers.CharField(  # type: ignore[assignment]
        help_text="as shown: the name, else that of the kind in the asker's language"
    )
    shown = serializers.BooleanField()


class NeedShape(serializers.Serializer):  # type: ignore[type-arg]
    """A need of one of the journey's personas that a touchpoint is there for."""

    persona = serializers.IntegerField()
    name = serializers.CharField(help_text="the persona's")
    need = serializers.CharField()
    how_well = serializers.ChoiceField(choices=HowWell.choices)


class PlacementShape(serializers.Serializer):  # type: ignore[type-arg]
    """A touchpoint's place, and what is particular to it there."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    position = serializers.IntegerField(help_text="in its phase, from 0")
    station = serializers.IntegerField(help_text="over the journey, from 1")
    priority = serializers.FloatField(
        min_value=0, allow_null=True, help_text="points of health that the journey would gain if it met its target"
    )
    moment_of_truth = serializers.BooleanField()
    share = serializers.IntegerField()
    alternative_group = serializers.CharField()
    customer_action = serializers.CharField()
    quote = serializers.CharField()
    expectation = serializers.FloatField(allow_null=True)
    assumed_emotion = serializers.FloatField(allow_null=True)
    backstage = serializers.CharField()
    feelings = FeelingsShape()
    opens = OpensShape(allow_null=True, help_text="a sub-journey, which tells it in more detail")
    lanes = serializers.DictField(
        required=False,
        help_text="what the team's own lanes tell of it, texts and numbers, by their ids; not of the past",
    )
    needs = NeedShape(many=True, required=False, help_text="not of the past")
    measures = MeasureShape(many=True, required=False, help_text="neither dropped ones nor those of the past")
    opportunities = OpportunityShape(many=True, required=False, help_text="not of the past")
    touchpoint = TouchpointShape()


class PhaseShape(serializers.Serializer):  # type: ignore[type-arg]
    """One of the five phases."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=PhaseKind.choices)
    label = serializers.CharField(  # type: ignore[assignment]
        help_text="the team's own name, blank for the usual one"
    )
    name = serializers.CharField(help_text="as shown: the label, else the kind's name in the asker's language")
    version = serializers.IntegerField()
    position = serializers.IntegerField()
    health = RolledUpShape()
    opens = OpensShape(allow_null=True, help_text="a sub-journey, whose health stands beside the phase's")
    placements = PlacementShape(many=True)


class PersonaShape(serializers.Serializer):  # type: ignore[type-arg]
    """Whom the journey is drawn for."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    segment = serializers.CharField()
    share = serializers.IntegerField(allow_null=True)
    age = serializers.IntegerField(allow_null=True)
    household = serializers.CharField()
    job = serializers.CharField()
    portrait = serializers.ChoiceField(choices=Portrait.choices, allow_blank=True)
    quote = serializers.CharField()
    goals = serializers.ListField(child=serializers.CharField())
    needs = serializers.ListField(child=serializers.CharField())
    frustrations = serializers.ListField(child=serializers.CharField())
    problems = serializers.ListField(child=serializers.CharField())
    preferred_channels = serializers.ListField(child=serializers.CharField())
    evidence = serializers.ChoiceField(choices=PersonaEvidence.choices)
    review_date = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()


class WhoseShape(serializers.Serializer):  # type: ignore[type-arg]
    """Whose health it is."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class MapShape(serializers.Serializer):  # type: ignore[type-arg]
    """A journey with everything that stands on its map."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    note = serializers.CharField()
    category = serializers.ChoiceField(choices=Category.choices)
    standing = serializers.ChoiceField(choices=Standing.choices)
    owner = OwnerShape(allow_null=True)
    review_date = serializers.DateField(allow_null=True)
    archived_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField(help_text="as that of the journey itself, its phases' labels included")
    revision = serializers.IntegerField(help_text="rises with each change of the map")
    as_of = serializers.DateField(help_text="the day that is told, in the workspace's time zone")
    persona = WhoseShape(allow_null=True)
    nps = NpsShape()
    above = AboveShape(many=True, help_text="the journeys above it, the uppermost first")
    health = JourneyHealthShape()
    personas = PersonaShape(many=True)
    lanes = LaneShape(many=True, required=False, help_text="not of the past")
    phases = PhaseShape(many=True)
