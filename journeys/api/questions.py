"""The questions of surveys over REST."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from feedback.actions import add_question, edit_question, move_question, remove_question, restore_question
from feedback.models import RATED, Question, QuestionKind, Survey
from feedback.wording import MOST_OPTIONS
from journeys.api.surveys import ABOUT, WordsSerializer, with_about
from journeys.models import Journey
from touchpoints.actions import subject_of
from touchpoints.models import Subject, SubjectKind, Touchpoint
from workspaces.api.fields import Here, KeptRow, ListQuery, Strict, Word, asked, ordering
from workspaces.api.once import once
from workspaces.api.resource import KeptResource, Verbs
from workspaces.errors import Refused
from workspaces.models import Attribute, Workspace, WorkspaceQuerySet


class QuestionSerializer(KeptRow):
    """One thing that a survey asks. A rating measures a touchpoint, a journey or the workspace as a whole.

    Without `measures`, `touchpoint` and `journey` a new rating measures what its survey is about. Once `answered`, what
    it measures stays. `options`: what can be chosen; of a rating the words of its steps, the worst first.
    `attribute`: of a choice, the attribute that the chosen option fills, in the survey's first language.
    """

    survey = Here(Survey)
    position = serializers.IntegerField(read_only=True, allow_null=True)
    measures = Word(choices=SubjectKind.choices, source="subject.kind", required=False, allow_null=True, default=None)
    touchpoint = Here(Touchpoint, required=False, allow_null=True)
    journey = Here(Journey, required=False, allow_null=True)
    wording = WordsSerializer()
    hint = WordsSerializer(required=False)
    options = serializers.ListField(child=WordsSerializer(), max_length=MOST_OPTIONS, required=False)
    attribute = Here(Attribute, required=False, allow_null=True)
    answered = serializers.BooleanField(read_only=True)

    class Meta:
        model = Question
        fields = [
            "id", "version", "survey", "position", "kind", "measures", "touchpoint", "journey", "required", "wording",
            "hint", "options", "attribute", "answered", "created_at", "updated_at", "archived_at",
        ]  # fmt: skip

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """With its subject; it stays in its survey."""
        if self.instance is not None and given.pop("survey", self.instance.survey) != self.instance.survey:
            raise Refused(_("A question stays in its survey."))
        kind = given.get("kind", getattr(self.instance, "kind", ""))
        measures = (given.pop("subject", None) or {}).get("kind")
        subject = _subject(measures, {name: given.pop(name, None) for name in ABOUT}, self.context["workspace"])
        if subject is not None and kind not in RATED:
            raise Refused(_("Only ratings measure something."))
        if given.get("attribute") and kind != QuestionKind.CHOICE:
            raise Refused(_("Only one of several options fills an attribute."))
        return given | ({"subject": subject} if subject else {})


class QuestionMoveSerializer(Strict):
    """Which question of the survey it is to follow: null for none, so that it leads."""

    after = Here(Question, allow_null=True)


class QuestionQuery(ListQuery):
    """What may be asked of the questions."""

    survey = asked(Survey)
    ordering = ordering("position", "updated_at")


def make(workspace: Workspace, *, survey: Survey, **facts: Any) -> Question:
    """A new question, the last of its survey, as `add_question` takes it."""
    return add_question(survey, **facts)


class QuestionResource(KeptResource):
    """What surveys ask, one question a screen."""

    model = Question
    serializer_class = QuestionSerializer
    queries = {"list": QuestionQuery}
    lookup_url_kwarg = "question_id"
    examples = {
        "create": {
            "survey": 3,
            "kind": "csat5",
            "touchpoint": 12,
            "required": True,
            "wording": {"en": "How well did we keep you informed?", "de": "Wie gut haben wir Sie informiert?"},
        },
        "partial_update": {"wording": {"en": "How was it?", "de": "Wie war es?"}, "version": 1},
        "move": {"after": None},
    }
    verbs = Verbs(make, edit_question, remove_question, restore_question)

    def rows(self) -> WorkspaceQuerySet:
        """With what they measure."""
        return with_about(super().rows().select_related("survey__workspace", "survey__subject", "subject"))

    @extend_schema(request=QuestionMoveSerializer, responses=QuestionSerializer, summary="Move a question")
    @action(detail=True, methods=["post"])
    @once
    def move(self, request: Request, **named: Any) -> Response:
        """Let it follow another one of its survey. Where it stands there already nothing happens."""
        question = self.get_object()
        asked_for = QuestionMoveSerializer(data=request.data, context=self.get_serializer_context())
        asked_for.is_valid(raise_exception=True)
        move_question(question, after=asked_for.validated_data["after"], by=self.by)
        return self.answer(self.get_object())


def _subject(measures: str | None, named: dict[str, Any], workspace: Workspace) -> Subject | None:
    """What is to be measured by what the body names; None where it names nothing."""
    things = {name: thing for name, thing in named.items() if thing is not None}
    if len(things) > 1 or (measures and set(things) != {measures} - {SubjectKind.WORKSPACE}):
        raise Refused(_("A question measures one thing: name it, and leave the others out."))
    if things:
        subject: Subject = next(iter(things.values())).subject
        return subject
    return subject_of(workspace) if measures == SubjectKind.WORKSPACE else None
