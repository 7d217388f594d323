"""A stakeholder's form with the measures that they decide on."""

from typing import Any

from django import forms
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from measures.actions import decided_by
from measures.models import Measure
from personas.forms.stakeholders import StakeholderForm


class DecidingForm(StakeholderForm):
    """As `StakeholderForm`; it offers the measures that are kept, and those that are chosen."""

    decides = forms.ModelMultipleChoiceField(
        Measure.objects.none(),
        label=_("Decides on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("measures that are not done without their yes"),
    )
    field_order = [
        "name", "role", "influence", "support", "interests", "decides", "goal_support", "goal_influence", "goal_on",
        "named_only", "named",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [one.pk for one in decided_by(self.instance)] if self.instance.pk else []
        fields: Any = self.fields
        first = Case(When(pk__in=chosen, then=Value(0)), default=Value(1))  # a list may be long
        measures = Measure.objects.of(self.instance.workspace).filter(Q(archived_at=None) | Q(pk__in=chosen))
        fields["decides"].queryset = measures.order_by(first, "title", "pk")
        self.initial["decides"] = chosen
