"""Suggested themes over REST."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from feedback.actions import accept_theme, dismiss_theme, merge_themes, rename_theme, restore_theme
from feedback.api.insights import InsightSerializer
from feedback.models import InsightKind, Theme, ThemeState
from touchpoints.models import Touchpoint
from workspaces.api.fields import Here, KeptRow, ListQuery, Strict, asked, ordering
from workspaces.api.once import once
from workspaces.api.resource import Resource, version_meant
from workspaces.models import WorkspaceQuerySet


class ThemeSerializer(KeptRow):
    """Terms that many customers use about a touchpoint, as the last search counted them: a suggestion, until accepted.

    `commenters` of `customers` named it within the last 365 days, `by_month` in the last twelve months, the current one
    last. `terms` are folded (ä as ae, ß as ss). `examples`: ids of answers, the newest first.
    """

    touchpoint = serializers.IntegerField(source="touchpoint_id", read_only=True)
    customers = serializers.IntegerField(
        source="touchpoint.theme_search.commenters", read_only=True, help_text="who commented within that time"
    )
    insight = serializers.IntegerField(source="insight.pk", default=None, allow_null=True, read_only=True)
    terms = serializers.ListField(child=serializers.CharField(), read_only=True)
    by_month = serializers.ListField(child=serializers.IntegerField(), read_only=True)
    examples = serializers.ListField(child=serializers.IntegerField(), read_only=True)

    class Meta:
        model = Theme
        fields = [
            "id", "version", "touchpoint", "kind", "label", "state", "commenters", "customers", "by_month",
            "first_named", "last_named", "terms", "examples", "insight", "merged_into", "found_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = [name for name in fields if name not in {"version", "label"}]


class ThemeQuery(ListQuery):
    """What may be asked of the themes."""

    touchpoint = asked(Touchpoint)
    kind = serializers.ChoiceField(choices=InsightKind.choices, required=False)
    state = serializers.ChoiceField(choices=ThemeState.choices, required=False)
    ordering = ordering("commenters", "updated_at")


class MergeSerializer(Strict):
    """Of which theme it becomes part."""

    into = Here(Theme)


class ThemeResource(Resource):
    """What many customers say in the same words, and what the team makes of it."""

    model = Theme
    serializer_class = ThemeSerializer
    queries = {"list": ThemeQuery}
    lookup_url_kwarg = "theme_id"
    examples = {"partial_update": {"label": "Lifts out of order", "version": 1}, "merge": {"into": 7}}

    def rows(self) -> WorkspaceQuerySet:
        """With how many commented, and the insights made of them."""
        return super().rows().select_related("touchpoint__theme_search", "insight")

    def partial_update(self, request: Request, **named: Any) -> Response:
        """Call a suggestion otherwise. Sent twice it is harmless."""
        theme = self.get_object()
        facts = self.read(theme)
        version = version_meant(request, facts.pop("version", None))
        rename_theme(theme, version=version, label=facts.get("label", theme.label), by=self.by)
        return self.answer(self.get_object())

    @extend_schema(request=None, responses={201: InsightSerializer})
    @action(detail=True, methods=["post"])
    @once
    def accept(self, request: Request, **named: Any) -> Response:
        """Make an insight of it, whose mentions are counted from now on. Twice it is the same one."""
        insight = accept_theme(self.get_object(), by=self.by)
        told = InsightSerializer(insight, context=self.get_serializer_context()).data
        return Response(told, status=status.HTTP_201_CREATED, headers={"ETag": f'"{insight.version}"'})

    @extend_schema(request=MergeSerializer)
    @action(detail=True, methods=["post"])
    @once
    def merge(self, request: Request, **named: Any) -> Response:
        """Make it part of another theme of its kind and touchpoint, which is answered. Twice is harmless."""
        theme = self.get_object()
        body = MergeSerializer(data=request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        into = merge_themes(body.validated_data["into"], [theme], by=self.by)
        return self.answer(self.rows().get(pk=into.pk))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    @once
    def dismiss(self, request: Request, **named: Any) -> Response:
        """Take it away for good: no search brings it back. Twice is harmless."""
        dismiss_theme(self.get_object(), by=self.by)
        return self.answer(self.get_object())

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    @once
    def restore(self, request: Request, **named: Any) -> Response:
        """Suggest again what was dismissed, or merged into another. Twice is harmless."""
        restore_theme(self.get_object(), by=self.by)
        return self.answer(self.get_object())
