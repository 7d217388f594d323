"""Surveys over REST. What they are about may be a journey, so they stand here and not with the answers."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db.models import OuterRef
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from feedback.actions import (
    archive_survey,
    close_survey,
    create_survey,
    edit_survey,
    open_survey,
    pause_survey,
    restore_survey,
)
from feedback.api.answers import SubjectOf
from feedback.api.rows import About
from feedback.brand import validate_brand
from feedback.hosts import MOST_HOSTS, validate_host
from feedback.models import Survey, SurveyStatus
from feedback.wording import LANGUAGES, LONGEST
from journeys.api.links import LinksAskedSerializer, LinksSerializer, links_of
from journeys.models import Journey
from touchpoints.models import Touchpoint
from workspaces.api.fields import Here, KeptRow, ListQuery, Strict, Text, Word, ordering
from workspaces.api.once import key_of, once
from workspaces.api.resource import KeptResource, Verbs
from workspaces.errors import Refused
from workspaces.models import WorkspaceQuerySet

ABOUT: About = {"touchpoint": Touchpoint, "journey": Journey}


class WordsSerializer(Strict):
    """Words by language: `{"en": "…", "de": "…"}`."""

    def get_fields(self) -> dict[str, Any]:
        """One field for each language."""
        return {code: Text(max_length=LONGEST, required=False, allow_blank=True) for code in LANGUAGES}

    def to_internal_value(self, data: Any) -> dict[str, str]:
        """The words that there are."""
        return {code: text for code, text in super().to_internal_value(data).items() if text}


class SurveySerializer(KeptRow):
    """A questionnaire of your own, about a touchpoint, a journey or, without either, the company as a whole.

    `url` is where customers answer it, `submitted` how many have. It stays what it is about.
    """

    touchpoint = Here(Touchpoint, required=False, allow_null=True)
    journey = Here(Journey, required=False, allow_null=True)
    status = Word(choices=SurveyStatus.choices, read_only=True)
    languages = serializers.ListField(child=Word(choices=LANGUAGES), min_length=1, max_length=10, required=False)
    brand = Text(validators=[RegexValidator(r"^#[0-9a-f]{6}$")], required=False, help_text="white is written on it")
    privacy = WordsSerializer(required=False)
    privacy_url = Text(max_length=500, required=False, allow_blank=True)
    thanks = WordsSerializer(required=False)
    hosts = serializers.ListField(
        child=Text(validators=[RegexValidator(r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?$")], max_length=253),
        max_length=MOST_HOSTS,
        required=False,
        help_text="whose pages may show it inside theirs",
    )
    url = serializers.CharField(read_only=True)
    submitted = serializers.IntegerField(read_only=True)

    class Meta:
        model = Survey
        fields = [
            "id", "version", "name", "touchpoint", "journey", "status", "languages", "brand", "privacy", "privacy_url",
            "thanks", "quota", "submitted", "closes_on", "persona", "segment", "cooldown", "hosts", "url",
            "created_at", "updated_at", "archived_at",
        ]  # fmt: skip

    def validate_languages(self, languages: list[str]) -> list[str]:
        """Each once."""
        return list(dict.fromkeys(languages))

    def validate_brand(self, brand: str) -> str:
        """White can be read on it."""
        return _refused_unless(validate_brand, brand)

    def validate_privacy_url(self, url: str) -> str:
        """Over https."""
        return _refused_unless(URLValidator(schemes=["https"]), url) if url else url

    def validate_hosts(self, hosts: list[str]) -> list[str]:
        """Each is one host."""
        return [_refused_unless(validate_host, host) for host in dict.fromkeys(hosts)]

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """With its subject, which an edit does not change."""
        named = [name for name in ABOUT if given.get(name) is not None]
        if len(named) > 1:
            raise Refused(_("A survey is about one thing: leave the others out."))
        told = {name: given.pop(name) for name in ABOUT if name in given}
        if self.instance is None:
            given["subject"] = told[named[0]].subject if named else None
        elif any((thing and thing.pk) != getattr(self.instance, name) for name, thing in told.items()):
            raise Refused(_("A survey stays what it is about."))
        return given


class SurveyQuery(ListQuery):
    """What may be asked of the surveys."""

    status = serializers.ChoiceField(choices=SurveyStatus.choices, required=False)
    touchpoint = SubjectOf(Touchpoint, source="subject", required=False, archived=True, strict=False)
    ordering = ordering("name", "updated_at")


class SurveyResource(KeptResource):
    """The team's surveys. Their questions are at `questions/`, what was answered at `submissions/`."""

    model = Survey
    serializer_class = SurveySerializer
    queries = {"list": SurveyQuery}
    lookup_url_kwarg = "survey_id"
    examples = {
        "create": {
            "name": "After the trip",
            "touchpoint": 12,
            "languages": ["en", "de"],
            "privacy": {"en": "Anonymous.", "de": "Anonym."},
            "quota": 500,
        },
        "partial_update": {"brand": "#0b4f8a", "hosts": ["www.example.org"], "cooldown": 90, "version": 1},
        "links": {"references": ["K-1001", "K-1002"], "until": "2199-12-31"},
    }
    verbs = Verbs(create_survey, edit_survey, archive_survey, restore_survey)

    def rows(self) -> WorkspaceQuerySet:
        """With what they are about."""
        return with_about(super().rows().select_related("workspace", "subject"))

    @extend_schema(
        request=LinksAskedSerializer, responses={200: LinksSerializer}, summary="Make personal links to a survey"
    )
    @action(detail=True, methods=["post"])
    def links(self, request: Request, **named: Any) -> Response:
        """Links that say, signed, whom they are sent to. Nothing is stored; the same ones come again."""
        key_of(request)  # asked again it is the same in any case, but a wrong key is wrong everywhere
        survey = self.get_object()
        asked = LinksAskedSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        return Response(links_of(survey, told["references"], told.get("until")))

    @extend_schema(request=None, summary="Open a survey")
    @action(detail=True, methods=["post"])
    @once
    def open(self, request: Request, **named: Any) -> Response:
        """Let customers answer. Twice is harmless; 422 says what is missing."""
        open_survey(self.get_object(), by=self.by)
        return self.answer(self.get_object())

    @extend_schema(request=None, summary="Pause a survey")
    @action(detail=True, methods=["post"])
    @once
    def pause(self, request: Request, **named: Any) -> Response:
        """Take no answers until it is opened again. Twice is harmless."""
        pause_survey(self.get_object(), by=self.by)
        return self.answer(self.get_object())

    @extend_schema(request=None, summary="Close a survey")
    @action(detail=True, methods=["post"])
    @once
    def close(self, request: Request, **named: Any) -> Response:
        """Take no answers any more, for good. Twice is harmless."""
        close_survey(self.get_object(), by=self.by)
        return self.answer(self.get_object())


def with_about(rows: WorkspaceQuerySet) -> WorkspaceQuerySet:
    """The rows with the ids of the touchpoint or journey that is their subject."""
    named: Any = {
        name: model.objects.filter(subject=OuterRef("subject")).values("pk")[:1]  # type: ignore[attr-defined]
        for name, model in ABOUT.items()
    }
    about: WorkspaceQuerySet = rows.annotate(**named)
    return about


def _refused_unless(valid: Any, value: str) -> str:
    """The value, if it keeps a rule that no description can tell."""
    try:
        valid(value)
    except ValidationError as problem:
        raise Refused(problem.messages[0]) from None
    return value
