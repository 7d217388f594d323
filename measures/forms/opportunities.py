"""The form of an opportunity: its name, who answers for it, and the pain points and wishes that it gathers."""

from collections.abc import Collection
from itertools import groupby
from typing import Any, NamedTuple

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from feedback.models import Insight, InsightKind
from measures.models import Opportunity
from touchpoints.models import Touchpoint
from workspaces.editing import ask_version
from workspaces.models import DictionaryKey
from workspaces.owners import OwnerField

GATHERED = (InsightKind.PAIN, InsightKind.WISH)


class Box(NamedTuple):
    """An insight on offer, and whether it is ticked."""

    insight: Insight
    is_ticked: bool


class Offer(NamedTuple):
    """What is on offer at a touchpoint."""

    touchpoint: Touchpoint
    boxes: list[Box]

    @property
    def ticked(self) -> int:
        """How many of them are ticked."""
        return sum(box.is_ticked for box in self.boxes)


class OpportunityForm(forms.ModelForm):  # type: ignore[type-arg]
    """An opportunity of `instance.workspace`; of one that exists what it gathers stays on offer, archived or not.

    `insights`, `touchpoints`: ids, as an address names them, of what is ticked when a new one is begun: these, and
    whatever customers suffer and wish at those touchpoints. What is not here ticks nothing.
    """

    owner = OwnerField()
    insights = forms.ModelMultipleChoiceField(
        Insight.objects.none(),
        label=_("Pain points and wishes"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one pain point or wish.")},
    )

    class Meta:
        model = Opportunity
        fields = ["title", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}

    def __init__(
        self, *args: Any, insights: Collection[str] = (), touchpoints: Collection[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["owner"].offer(self.instance.workspace, chosen=self.instance.owner)
        self.initial["owner"] = self.instance.owner
        fields["insights"].queryset = self._on_offer()
        self.on_offer = list(fields["insights"].queryset)
        if self.instance.pk:
            self.initial["insights"] = list(self.instance.gathered.values_list("insight", flat=True))
        else:
            self._begin(set(insights), set(touchpoints))
        ask_version(self)

    def _on_offer(self) -> Any:
        kept = Q(kind__in=GATHERED, archived_at=None, touchpoint__archived_at=None)
        if self.instance.pk:
            kept |= Q(pk__in=self.instance.gathered.values("insight"))
        found = Insight.objects.of(self.instance.workspace).filter(kept).select_related("touchpoint")
        return found.order_by(DictionaryKey("touchpoint__name"), "touchpoint_id", "-mentions", "pk")

    def _begin(self, insights: set[str], touchpoints: set[str]) -> None:
        chosen = [one for one in self.on_offer if str(one.pk) in insights or str(one.touchpoint_id) in touchpoints]
        self.initial["insights"] = [one.pk for one in chosen]
        if len(chosen) == 1:
            self.initial["title"] = chosen[0].text[:200]

    @property
    def offers(self) -> list[Offer]:
        """All that is on offer, touchpoint by touchpoint, as it is ticked now."""
        ticked = {str(value) for value in self["insights"].value() or ()}
        return [
            Offer(touchpoint, [Box(one, str(one.pk) in ticked) for one in there])
            for touchpoint, there in groupby(self.on_offer, key=lambda one: one.touchpoint)
        ]

    @property
    def as_gathered(self) -> list[Insight]:
        """What the opportunity gathers by now, as this form was begun."""
        return [one for one in self.on_offer if one.pk in self.initial["insights"]]
