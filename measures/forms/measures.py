"""The forms of a measure: what it says, and how far it is."""

from typing import Any

from django import forms
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from measures.models import Measure, Status
from personas.models import Persona
from touchpoints.models import Touchpoint
from workspaces.editing import DayInput, ask_version
from workspaces.models import Membership, WorkspaceQuerySet
from workspaces.owners import OwnerField

NEXT = {
    Status.IDEA: Status.ASSESSED,
    Status.ASSESSED: Status.IN_PROGRESS,
    Status.IN_PROGRESS: Status.LIVE,
    Status.LIVE: Status.REVIEWED,
    Status.REVIEWED: Status.LIVE,
    Status.DROPPED: Status.IDEA,
}


class MeasureForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a measure says, for whom it is and who answers for it; the instance says of which workspace."""

    owner = OwnerField()

    class Meta:
        model = Measure
        fields = [
            "title", "note", "kind", "touchpoints", "personas", "owner", "decider", "decide_on", "starts_on", "live_on",
        ]  # fmt: skip
        widgets = {
            "note": forms.Textarea(attrs={"rows": 3}),
            "kind": forms.RadioSelect,
            "touchpoints": forms.CheckboxSelectMultiple,
            "personas": forms.CheckboxSelectMultiple,
            "decide_on": DayInput,
            "starts_on": DayInput,
            "live_on": DayInput,
        }
        help_texts = {"live_on": _("since when customers meet it; another day begins its review anew")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        measure = self.instance
        if measure.status == Status.LIVE:
            fields["live_on"].required = True  # as the database has it
        else:
            del fields["live_on"]
        chosen = {name: self._chosen(name) for name in ("touchpoints", "personas")}
        fields["touchpoints"].queryset = _offered(Touchpoint.objects.of(measure.workspace), chosen["touchpoints"])
        fields["touchpoints"].help_text = _("where customers will feel it, and where it will be seen whether it worked")
        fields["personas"].queryset = _offered(Persona.objects.of(measure.workspace), chosen["personas"])
        fields["decider"].queryset = Membership.objects.of(measure.workspace).select_related("user")
        fields["decider"].empty_label = _("nobody yet")
        owner = measure.owner or self.initial.get("owner")
        fields["owner"].offer(measure.workspace, chosen=owner)
        self.initial["owner"] = owner
        ask_version(self)

    def _chosen(self, name: str) -> list[int]:
        if self.instance.pk:
            return list(getattr(self.instance, name).values_list("pk", flat=True))
        return [one.pk for one in self.initial.get(name, ())]


class MoveForm(forms.ModelForm):  # type: ignore[type-arg]
    """To which status a measure goes, and why. `to`: the one that is offered first."""

    to = forms.ChoiceField(label=_("Move to"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It is kept with the decision. Whoever drops a measure says why."),
    )

    field_order = ["to", "reason", "live_on"]

    class Meta:
        model = Measure
        fields = ["to", "live_on"]
        widgets = {"live_on": DayInput}
        help_texts = {"live_on": _("where it goes live: since when customers meet it, today unless told")}

    def __init__(self, *args: Any, to: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Status(self.instance.status)
        # Sent twice it is harmless: where it already is may be said, though it is not offered.
        offered = [status for status in Status if self.is_bound or self.prefix or may_go(here, status)]
        self.fields["to"].choices = [(status.value, status.label) for status in offered]  # type: ignore[attr-defined]
        self.initial["to"] = here if self.prefix else to if to in offered else NEXT[here]
        ask_version(self)


def may_go(here: Status, to: Status) -> bool:
    """Whether that may be next, as far as the statuses themselves say: a review follows on being live."""
    return to != here and (to != Status.REVIEWED or here == Status.LIVE)


def _offered(rows: WorkspaceQuerySet, chosen: list[int]) -> WorkspaceQuerySet:
    """Those that are kept, and the chosen ones before all others, since a list may be long."""
    first = Case(When(pk__in=chosen, then=Value(0)), default=Value(1))
    kept: WorkspaceQuerySet = rows.filter(Q(archived_at=None) | Q(pk__in=chosen)).by_name()
    return kept.order_by(first, *kept.query.order_by)
