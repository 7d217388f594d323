"""The forms of what a measure costs and why it pays. What is left empty is unknown, which is not 0."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.models import Benefit, BenefitKind, Measure
from measures.models.benefit import MOST
from workspaces.editing import ask_version
from workspaces.models import Workspace
from workspaces.money import MINOR, MoneyField
from workspaces.money import MOST as MOST_MONEY

SPARE = 2  # empty rows below those that are there
MOST_ROWS = 100
ENDS = ("low", "likely", "high")
PERCENT = 100


@dataclass(frozen=True)
class Needs:
    """What one kind of benefit asks for, by field; what it does not ask for is empty."""

    count: str | Promise
    each: str | Promise
    base: str | Promise
    effect: str | Promise
    formula: str | Promise


NEEDS: dict[BenefitKind, Needs] = {
    BenefitKind.RETENTION: Needs(
        gettext_lazy("Customers"),
        gettext_lazy("Margin of each a year"),
        gettext_lazy("Stay each year today (%)"),
        gettext_lazy("percentage points more who stay"),
        gettext_lazy("in each year: customers × margin × (share who stay then − share who would have stayed)"),
    ),
    BenefitKind.CONVERSION: Needs(
        gettext_lazy("Visitors a year"),
        gettext_lazy("Margin of a purchase"),
        "",
        gettext_lazy("percentage points more who buy"),
        gettext_lazy("in each year: visitors × margin × added share of them who buy"),
    ),
    BenefitKind.REVENUE: Needs(
        gettext_lazy("Customers a year"),
        gettext_lazy("Margin of what they buy in addition"),
        "",
        gettext_lazy("share of them who buy more (%)"),
        gettext_lazy("in each year: customers × margin × share of them who buy more"),
    ),
    BenefitKind.AVOIDED: Needs(
        gettext_lazy("Contacts or complaints a year"),
        gettext_lazy("Cost of each"),
        "",
        gettext_lazy("share of them avoided (%)"),
        gettext_lazy("in each year: contacts or complaints × cost of each × share of them avoided"),
    ),
    BenefitKind.TYPED: Needs(
        "", "", "", gettext_lazy("amount a year"), gettext_lazy("in each year: the amount itself")
    ),
}


class CostForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a measure costs, over how many years it is looked at, and the health that is expected of it."""

    once = MoneyField()
    yearly = MoneyField()

    class Meta:
        model = Measure
        fields = ["once", "yearly", "years", "points"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        currency = self.instance.workspace.currency
        self.fields["once"].label = _("Cost, once (%(currency)s)") % {"currency": currency}
        self.fields["yearly"].label = _("Cost a year (%(currency)s)") % {"currency": currency}
        self.fields["years"].label = _("Years looked at")
        ask_version(self)


class BenefitForm(forms.Form):
    """One reason why a measure pays. Without a kind, or with nothing but a kind, it is none.

    Effects are asked in percent, of a typed amount in money, and cleaned to shares and minor units.
    """

    kind = forms.ChoiceField(label=gettext_lazy("Why it pays"), required=False)
    count = forms.IntegerField(min_value=0, max_value=MOST, required=False)
    each = MoneyField()
    base = forms.DecimalField(min_value=0, max_value=PERCENT, decimal_places=2, required=False)
    low = forms.DecimalField(label=gettext_lazy("At least"), decimal_places=2, required=False)
    likely = forms.DecimalField(label=gettext_lazy("Likely"), decimal_places=2, required=False)
    high = forms.DecimalField(label=gettext_lazy("At most"), decimal_places=2, required=False)
    reason = forms.CharField(label=gettext_lazy("Why this is assumed"), max_length=500, required=False)

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workspace = workspace
        self.fields["kind"].choices = [("", _("none")), *BenefitKind.choices]  # type: ignore[attr-defined]

    def has_changed(self) -> bool:
        """Whether it says anything at all."""
        said = {name for name, field in self.fields.items() if self[name].data not in field.empty_values}
        return "kind" in said and said != {"kind"}

    def clean(self) -> dict[str, Any]:
        """The facts of a `measures.models.Benefit`."""
        said = super().clean() or self.cleaned_data
        kind = BenefitKind(said["kind"]) if said.get("kind") else None
        if kind is None:
            return said
        needs = NEEDS[kind]
        asked = [name for name in ("count", "each", "base") if getattr(needs, name)]
        for name in (*asked, *ENDS):
            if said.get(name) is None and name not in self.errors:
                self.add_error(name, _("Say how much: what is not known cannot be reckoned with."))
        for name in {"count", "each", "base"} - set(asked):
            said[name] = 0
        if said.get("base") is not None:
            said["base"] = Decimal(said["base"]) / PERCENT
        self._refuse_effects(kind, said)
        if kind == BenefitKind.TYPED and not said.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why this amount is assumed."))
        if kind == BenefitKind.RETENTION and said.get("base") == 1:
            self.add_error("base", _("Where all stay already, no more can."))
        return said

    def _refuse_effects(self, kind: BenefitKind, said: dict[str, Any]) -> None:
        is_money = kind == BenefitKind.TYPED
        effects = {name: said[name] for name in ENDS if said.get(name) is not None}
        for name, effect in effects.items():
            if not is_money and abs(effect) > PERCENT:
                self.add_error(name, _("A share is between −100 and 100 percent."))
            elif is_money and abs(effect) > MOST_MONEY:
                self.add_error(name, _("This amount is out of reach."))
            said[name] = effect * MINOR if is_money else effect / PERCENT
        if len(effects) == len(ENDS) and list(effects.values()) != sorted(effects.values()):
            self.add_error("likely", _("At least, likely and at most must ascend."))


class BenefitRows(forms.BaseFormSet):  # type: ignore[type-arg]
    """All benefits of a measure, and a few empty rows; what is sent empty is left out."""

    def initial_form_count(self) -> int:
        """What is sent takes the place of all that was there, so each row may be left empty."""
        return 0 if self.is_bound else super().initial_form_count()

    @property
    def said(self) -> list[dict[str, Any]]:
        """The benefits that are said, as facts, once valid."""
        return [form.cleaned_data for form in self.forms if form.has_changed()]


def benefit_rows(data: Any, *, workspace: Workspace, benefits: Iterable[Benefit] = ()) -> BenefitRows:
    """The rows as they are sent, or without `data` those of these benefits."""
    made: Any = forms.formset_factory(
        BenefitForm, formset=BenefitRows, extra=SPARE, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )
    initial = [asked_of(one) for one in benefits]
    rows: BenefitRows = made(data, prefix="benefits", initial=initial, form_kwargs={"workspace": workspace})
    return rows


def asked_of(benefit: Benefit) -> dict[str, Any]:
    """A benefit as the form asks for it."""
    is_money = benefit.kind == BenefitKind.TYPED
    return {
        "kind": benefit.kind,
        "count": None if is_money else benefit.count,
        "each": None if is_money else benefit.each,
        "base": plain(benefit.base * PERCENT) if benefit.kind == BenefitKind.RETENTION else None,
        **{end: plain(effect_of(benefit, end)) for end in ENDS},
        "reason": benefit.reason,
    }


def effect_of(benefit: Benefit, end: str) -> Decimal:
    """The effect at that end as people say it: percent, or whole units of money where an amount is typed."""
    effect: Decimal = getattr(benefit, end)
    return effect / MINOR if benefit.kind == BenefitKind.TYPED else effect * PERCENT


def plain(number: Decimal) -> Decimal:
    """The same number without zeros at its end: 2.50 is 2.5, and 100 stays so."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
