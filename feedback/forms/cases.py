"""The forms of cases, and of the rule by which they are opened."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from feedback.actions import rule_of
from feedback.models import Case, CaseRule, Play, Recovery, Severity
from workspaces.editing import ask_version
from workspaces.money import MoneyField, money
from workspaces.owners import OwnerField


class MarkForm(forms.Form):
    """How bad it is what an answer complains of."""

    severity = forms.TypedChoiceField(
        label=_("Severity"), choices=Severity.choices, coerce=int, initial=Severity.SERIOUS, widget=forms.RadioSelect
    )


class CaseForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who looks after a case, how bad it is, and what is done."""

    owner = OwnerField(label=_("Looks after it"))

    class Meta:
        model = Case
        fields = ["owner", "severity", "play"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_case_%s", **kwargs})
        fields: Any = self.fields
        fields["owner"].offer(self.instance.workspace, chosen=self.instance.owner)
        rule = rule_of(self.instance.workspace)
        limits = [(play.value, play.label, rule.limit(play)) for play in Play]
        fields["play"].choices = [
            ("", _("nothing yet")),
            *((play, label if limit is None else self.with_limit(label, limit)) for play, label, limit in limits),
        ]
        self.initial["owner"] = self.instance.owner
        ask_version(self)

    def with_limit(self, label: Any, limit: int) -> str:
        """What is done, and what it may cost."""
        words = {"play": label, "limit": money(limit, self.instance.workspace)}
        return _("%(play)s, up to %(limit)s") % words


class CloseForm(forms.ModelForm):  # type: ignore[type-arg]
    """What became of the customer, what it cost, and whether the customer knows."""

    outcome = forms.ChoiceField(
        label=pgettext_lazy("case", "Outcome"), choices=Recovery.choices, widget=forms.RadioSelect
    )
    cost = MoneyField(label=_("Cost"))
    customer_told = forms.BooleanField(label=_("The customer has been told"), required=False)

    class Meta:
        model = Case
        fields = ["outcome", "cost"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_close_%s", **kwargs})
        self.fields["cost"].label = f"{self.fields['cost'].label} ({self.instance.workspace.currency})"
        ask_version(self)


class DismissForm(forms.ModelForm):  # type: ignore[type-arg]
    """Why it is no complaint."""

    class Meta:
        model = Case
        fields = ["reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_dismiss_%s", **kwargs})
        self.fields["reason"].required = True
        ask_version(self)


class CaseRuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """When cases are opened, how long they may take, and what each play may cost."""

    call = MoneyField(label=Play.CALL.label)
    refund = MoneyField(label=Play.REFUND.label)
    discount = MoneyField(label=Play.DISCOUNT.label)
    apology = MoneyField(label=Play.APOLOGY.label)
    repair = MoneyField(label=Play.REPAIR.label)

    class Meta:
        model = CaseRule
        fields = [
            "minor_hours", "serious_hours", "severe_hours", "low_scores", "days", "imports",
            "call", "refund", "discount", "apology", "repair",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"] = forms.IntegerField(
            min_value=1, max_value=2**31 - 1, initial=self.instance.version, widget=forms.HiddenInput
        )

    @property
    def hours(self) -> list[forms.BoundField]:
        """How long cases may take, by severity."""
        return [self[name] for name in ("minor_hours", "serious_hours", "severe_hours")]

    @property
    def limits(self) -> list[forms.BoundField]:
        """What each play may cost."""
        return [self[play] for play in Play.values]
