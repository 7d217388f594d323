"""The table of causes over REST."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from measures.actions import causes_of, edit_causes
from measures.models import CauseTable
from measures.models.causes import LONGEST_WORD, MOST_WORDS
from workspaces.api.fields import Strict, Text, Whole
from workspaces.api.resource import Door, version_meant

VERSION = "rises with each edit; an edit names the one that it was made from"


class Lines(serializers.ListField):
    """Words, each once, without blanks around them and between them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(child=Text(max_length=LONGEST_WORD), max_length=MOST_WORDS, required=False, **options)

    def to_internal_value(self, data: Any) -> list[str]:
        """As they are kept."""
        return list(dict.fromkeys(" ".join(word.split()) for word in super().to_internal_value(data)))


class CauseTableSerializer(Strict):
    """By cause, the words by which themes and insights are sorted.

    Several words in one entry are found one behind the other. A cause that an edit does not name keeps its words. 422
    where a word would stand under two.
    """

    people = Lines(help_text="how people act: training is proposed")
    process = Lines(help_text="how work is arranged: another process is proposed")
    technical = Lines(help_text="what does not work: a technical change is proposed")
    communication = Lines(help_text="what customers are told: other communication is proposed")
    version = Whole(min_value=1, max_value=2**31 - 1, required=False, help_text=VERSION)
    is_default = serializers.BooleanField(read_only=True, help_text="the words with which a workspace begins hold")


class CausesView(Door):
    """GET and PATCH causes/."""

    serializer_class = CauseTableSerializer
    examples: ClassVar = {"patch": {"people": ["rude", "unfreundlich", "keine Ahnung"], "version": 1}}

    @extend_schema(operation_id="causes_retrieve", summary="Causes", responses=CauseTableSerializer)
    def get(self, request: Request) -> Response:
        """The words by which what customers name is sorted to a cause."""
        return self._answer(causes_of(self.workspace))

    @extend_schema(
        operation_id="causes_edit",
        summary="Edit the causes",
        request=CauseTableSerializer,
        responses=CauseTableSerializer,
    )
    def patch(self, request: Request) -> Response:
        """Other words, for the causes that are named. Sent twice it is harmless."""
        said = CauseTableSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        facts = dict(said.validated_data)
        version = version_meant(request, facts.pop("version", None))
        return self._answer(edit_causes(self.workspace, version=version, by=self.by, **facts))

    def get_serializer(self, table: CauseTable) -> CauseTableSerializer:
        """How the table is told, also beside a refusal."""
        return CauseTableSerializer(table)

    def state_now(self) -> dict[str, Any]:
        """The table as it stands now."""
        return {"current": self.get_serializer(causes_of(self.workspace)).data}

    def _answer(self, table: CauseTable) -> Response:
        return Response(self.get_serializer(table).data, headers={"ETag": f'"{table.version}"'})
