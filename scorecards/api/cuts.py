"""The answers of a touchpoint group by group over REST: the figures of its page, unrounded."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from journeys.api.shapes import ChangeShape
from journeys.api.unchanged import IF_NONE_MATCH, NOT_CHANGED, as_stands
from journeys.figures_in_full import Told, change_in_full
from personas.models import Persona
from scorecards.api.asking import Between
from scorecards.api.shapes import OnScaleShape, number
from scorecards.api.telling import on_scale
from scorecards.cuts import By, ByAttribute, Cut, Group, Way, cut_by
from touchpoints.health.metrics import Scale
from touchpoints.models import Touchpoint
from workspaces.api.fields import Day, asked
from workspaces.api.resource import Door
from workspaces.errors import Refused
from workspaces.models import Attribute

DESCRIPTION = """
What customers answered about a touchpoint from `first` to `last`, cut by what their questionnaires say of themselves:
the largest 12 groups, the largest first, and all smaller ones together. Plain counts, never weighted.

`kind` says what a group is: `named`, `unknown` (the questionnaires do not say) or `others` (all smaller groups
together); only a named one has a `name`. Each has a row in `figures` for every scale on which it was asked, as in
`figures/`: with fewer than five answers nothing is told but `answers`.

`against` is the headline of the group less that of all the others, on the first of `scales` and in its unit, with its
95 % interval, and `verdict` says whether that is more than chance (Benjamini and Hochberg at 5 % over the groups).
All four numbers are null with fewer than 30 answers on either side; `against` itself is null where there is but one
group. More than a million answers are not cut: 422. Send `If-None-Match` with the `ETag` that you got: 304 while
nothing has changed.
"""


class CutQuery(Between):
    """By what, whose and of which days."""

    by = serializers.ChoiceField(choices=By.choices, default=By.CHANNEL)
    attribute = serializers.CharField(
        required=False, max_length=60, help_text="by this attribute of the workspace, named by its key, instead"
    )
    persona = asked(Persona, help_text="what this persona said only")


class ScaleShape(serializers.Serializer):  # type: ignore[type-arg]
    """A scale on which was asked."""

    metric = serializers.CharField()
    scale = serializers.CharField(help_text="its ends; an r behind where a low value is the best")


class AgainstShape(ChangeShape):
    """The headline of a group less that of all the others, in its own unit."""

    delta = number()
    low = number(help_text="of the 95 % interval")
    high = number()
    n_before = None  # type: ignore[assignment]
    n_others = serializers.IntegerField(help_text="answers of all the others")
    n = serializers.IntegerField(help_text="answers of the group")


class GroupShape(serializers.Serializer):  # type: ignore[type-arg]
    """A part of the answers."""

    kind = serializers.ChoiceField(choices=["named", "unknown", "others"])
    name = serializers.CharField(allow_null=True)
    answers = serializers.IntegerField(help_text="on all scales together")
    figures = OnScaleShape(many=True)
    against = AgainstShape(allow_null=True)


class CutShape(serializers.Serializer):  # type: ignore[type-arg]
    """The answers of a period, group by group."""

    touchpoint = serializers.IntegerField()
    name = serializers.CharField()
    persona = serializers.IntegerField(allow_null=True)
    first = Day()
    last = Day()
    by = serializers.CharField()
    scales = ScaleShape(many=True, help_text="`against` speaks of the first")
    groups = GroupShape(many=True)


class CutView(Door):
    """GET touchpoints/<id>/cuts/."""

    queries: ClassVar = {"get": CutQuery, "head": CutQuery}

    @extend_schema(
        operation_id="touchpoints_cuts",
        summary="Answers group by group",
        description=DESCRIPTION,
        parameters=[CutQuery, IF_NONE_MATCH],
        responses={200: CutShape, 304: NOT_CHANGED},
    )
    def get(self, request: Request, touchpoint_id: int) -> HttpResponse:
        """All groups at once; what has not changed costs a 304."""
        touchpoint = Touchpoint.objects.of(self.workspace).filter(pk=touchpoint_id).first()
        if touchpoint is None:
            raise Http404
        period, persona = self.asked["period"], self.asked.get("persona")
        cut = cut_by(touchpoint, period, self._way(), persona=persona)
        if cut.refusal:
            raise Refused(cut.refusal)
        told = {
            "touchpoint": touchpoint.pk,
            "name": touchpoint.name,
            "persona": persona.pk if persona else None,
            "first": period.first,
            "last": period.last,
            **_cut(cut),
        }
        return as_stands(request, told)

    def _way(self) -> Way:
        if "attribute" not in self.asked:
            return By(self.asked["by"])
        named = Attribute.objects.of(self.workspace).kept().filter(key=self.asked["attribute"]).first()
        if named is None:
            raise Http404
        return ByAttribute(named.key, named.name)


def _cut(cut: Cut) -> dict[str, Any]:
    return {
        "by": cut.by.value,
        "scales": [{"metric": scale.metric, "scale": scale.code} for scale in cut.scales],
        "groups": [_group(group, cut.scales) for group in cut.groups],
    }


def _group(group: Group, scales: Sequence[Scale]) -> Told:
    return {
        "kind": "others" if group.name is None else "named" if group.name else "unknown",
        "name": group.name or None,
        "answers": group.n,
        "figures": [on_scale(group.figures[scale]) for scale in scales if scale in group.figures],
        "against": _against(group),
    }


def _against(group: Group) -> Told | None:
    told = change_in_full(group.change)
    return told and {**{name: told[name] for name in told if name != "n_before"}, "n_others": told["n_before"]}
