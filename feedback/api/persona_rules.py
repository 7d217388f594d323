"""The rules by which questionnaires are given their persona, over REST."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from feedback.actions import (
    apply_persona_rules,
    archive_persona_rule,
    create_persona_rule,
    edit_persona_rule,
    restore_persona_rule,
)
from feedback.models import MOST_CONDITIONS, MOST_RULES, MOST_VALUES, PersonaRule
from feedback.persona_previews import taken_now
from feedback.persona_rules import FACTS
from personas.models import Persona
from workspaces.api.fields import KeptRow, ListQuery, Query, Strict, Text, Whole, Word, asked, ordering
from workspaces.api.once import once
from workspaces.api.resource import KeptResource, Verbs
from workspaces.errors import Refused


class Bound(serializers.FloatField):
    """A JSON number, an end of a range."""

    def to_internal_value(self, data: Any) -> float:
        """The number, whole where it is one."""
        if isinstance(data, bool) or not isinstance(data, int | float):
            self.fail("invalid")
        number = super().to_internal_value(data)
        return int(number) if float(number).is_integer() else number

    def to_representation(self, value: Any) -> Any:
        """As it is stored."""
        return int(value) if float(value).is_integer() else float(value)


class ConditionSerializer(Strict):
    """What a rule wants of one fact of a questionnaire: one of several values, or a number in a range."""

    fact = Word(choices=FACTS)
    attribute = Text(max_length=40, required=False, help_text="its key, where the fact is `attribute`")
    channels = serializers.ListField(
        child=Whole(min_value=1, max_value=2**63 - 1),
        max_length=MOST_VALUES,
        required=False,
        help_text="ids, where the fact is `channel`",
    )
    any_of = serializers.ListField(
        child=Text(max_length=200),
        max_length=MOST_VALUES,
        required=False,
        help_text="of another fact one of these texts, in capitals or not",
    )
    at_least = Bound(required=False, min_value=-1e12, max_value=1e12, help_text="of segment and attribute: a number")
    at_most = Bound(required=False, min_value=-1e12, max_value=1e12)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """As it is stored: channels are values like any other."""
        is_channel = attrs["fact"] == "channel"
        if ("attribute" in attrs) != (attrs["fact"] == "attribute"):
            raise Refused(_("Name an attribute where the fact is one."))
        if ("channels" in attrs) > is_channel or ("any_of" in attrs and is_channel):
            raise Refused(_("Name channels where the fact is the channel."))
        channels = attrs.pop("channels", None)
        return attrs | ({"any_of": channels} if is_channel else {})

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """With channels by their ids."""
        told = dict(instance)
        if told["fact"] == "channel":
            told["channels"] = told.pop("any_of")
        return told


class PersonaRuleSerializer(KeptRow):
    """Whose persona a questionnaire is given that names none itself, on conditions which must all hold."""

    conditions = ConditionSerializer(many=True, allow_empty=False, max_length=MOST_CONDITIONS)  # type: ignore[call-arg]
    position = Whole(
        min_value=1,
        max_value=MOST_RULES,
        required=False,
        allow_null=True,
        help_text="its place: the first rule that holds decides; a new one is last by default",
    )

    class Meta:
        model = PersonaRule
        fields = ["id", "version", "persona", "conditions", "position", "created_at", "updated_at", "archived_at"]


class PersonaRuleQuery(ListQuery):
    """What may be asked of the rules."""

    persona = asked(Persona)
    ordering = ordering("position", "updated_at")


class TakesShape(serializers.Serializer):  # type: ignore[type-arg]
    """How many of them a rule takes."""

    rule = serializers.IntegerField()
    takes = serializers.IntegerField()


class TakenShape(serializers.Serializer):  # type: ignore[type-arg]
    """What the rules do with the newest questionnaires.

    Of `of` questionnaires `named` keep the persona that they name themselves, or one that is archived; `nobody`: no
    rule takes them; `changed`: they would come to another persona if the rules were applied.
    """

    of = serializers.IntegerField()
    rules = TakesShape(many=True)
    named = serializers.IntegerField()
    nobody = serializers.IntegerField()
    changed = serializers.IntegerField()


class BegunShape(serializers.Serializer):  # type: ignore[type-arg]
    """The work that was begun; how far it is stands at `jobs/{job}/`."""

    job = serializers.IntegerField()


class PersonaRuleResource(KeptResource):
    """The rules by which answers come to personas, fifty at most."""

    model = PersonaRule
    serializer_class = PersonaRuleSerializer
    queries = {"list": PersonaRuleQuery, "taken": Query}
    lookup_url_kwarg = "persona_rule_id"
    examples = {
        "create": {
            "persona": 1,
            "conditions": [
                {"fact": "attribute", "attribute": "line", "any_of": ["ICE 1703", "ICE 1704"]},
                {"fact": "segment", "at_least": 18, "at_most": 34},
            ],
        },
        "partial_update": {"position": 1, "version": 1},
    }
    verbs = Verbs(create_persona_rule, edit_persona_rule, archive_persona_rule, restore_persona_rule)

    @extend_schema(summary="What the rules take", responses=TakenShape)
    @action(detail=False, methods=["get"])
    def taken(self, request: Request) -> Response:
        """What the rules do with the last 1,000 questionnaires, before they are applied."""
        kept = PersonaRule.objects.of(self.workspace).kept().select_related("persona").order_by("position")
        taken, by_rule = taken_now(self.workspace, kept)
        rules = [{"rule": rule, "takes": takes} for rule, takes in by_rule.items()]
        return Response(
            {
                "of": taken.of,
                "rules": rules,
                "named": taken.named,
                "nobody": taken.nobody,
                "changed": taken.changed,
            }
        )

    @extend_schema(summary="Apply the rules to earlier answers", request=None, responses={202: BegunShape})
    @action(detail=False, methods=["post"])
    @once
    def apply(self, request: Request) -> Response:
        """Let a worker give earlier questionnaires the personas of the rules; those that name theirs keep it.

        While one waits to begin, asking again names the same.
        """
        job = apply_persona_rules(self.workspace, by=self.by)
        return Response({"job": job.pk}, status=status.HTTP_202_ACCEPTED)
