"""Which touchpoints the scorecard table shows, and in what order; both live in the address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from scorecards.table import TouchpointRow
from touchpoints.health.bands import Band
from touchpoints.models import Channel
from workspaces.models import Workspace
from workspaces.owners import OwnerField
from workspaces.templatetags.look import band_word

UNKNOWN = "unknown"
USUAL = "health"

# What each order compares; a touchpoint without such a value stands at the end, whichever way round.
ORDERS: dict[str, tuple[Promise, Callable[[TouchpointRow], Any]]] = {
    "health": (_("Health"), lambda row: row.number),
    "name": (_("Touchpoint"), lambda row: row.place),
    "gap": (_("Against target"), lambda row: row.gap),
    "change": (pgettext_lazy("difference", "Change"), lambda row: row.change.delta),
    "nps": (_("NPS"), lambda row: row.said("nps")),
    "csat": (_("CSAT"), lambda row: row.said("csat")),
    "ces": (_("CES"), lambda row: row.said("ces")),
    "owner": (pgettext_lazy("responsible", "Owner"), lambda row: str(row.touchpoint.owner or "").casefold() or None),
}


@dataclass(frozen=True)
class Column:
    """A heading by which the table can be sorted: `way` is its aria-sort, `turn` what a click asks for."""

    name: str
    label: Promise
    way: str
    turn: str


class TableForm(forms.Form):
    """What the table is narrowed and sorted by. What the address asks wrongly is not asked."""

    channel = forms.ModelChoiceField(Channel.objects.none(), label=_("Channel"), required=False, empty_label=_("any"))
    owner = OwnerField()
    band = forms.ChoiceField(label=_("Band"), required=False)
    sort = forms.ChoiceField(label=_("Sort by"), required=False)
    missed = forms.BooleanField(label=_("only below target"), required=False)
    real = forms.BooleanField(label=_("only real changes"), required=False)

    def __init__(self, asked: Any, *, workspace: Workspace) -> None:
        super().__init__(asked)
        fields: Any = self.fields
        fields["channel"].queryset = Channel.objects.of(workspace).by_name()
        fields["owner"].offer(workspace, nobody=_("any"))
        bands = [(str(band), band_word(band)) for band in Band]
        fields["band"].choices = [("", _("any")), *bands, (UNKNOWN, band_word(""))]
        fields["sort"].choices = [
            (f"{sign}{name}", f"{label} {arrow}")
            for name, (label, _value) in ORDERS.items()
            for sign, arrow in (("", "↑"), ("-", "↓"))
        ]
        for name in ("channel", "owner", "band", "sort"):
            fields[name].widget.attrs["class"] = "input"
        self.is_valid()

    def narrow(self, rows: Sequence[TouchpointRow]) -> list[TouchpointRow]:
        """Only the touchpoints that were asked for."""
        asked = self.cleaned_data
        channel, owner, band = asked.get("channel"), asked.get("owner"), asked.get("band")
        return [
            row
            for row in rows
            if (not channel or row.touchpoint.channel_id == channel.pk)
            and (not owner or row.touchpoint.owner == owner)
            and (not band or (row.band or UNKNOWN) == band)
            and (not asked.get("missed") or row.below_target)
            and (not asked.get("real") or row.really_changed)
        ]

    def sort_rows(self, rows: Sequence[TouchpointRow]) -> list[TouchpointRow]:
        """The rows in the order that was asked for, worst health first by default; equal ones stay as they stand."""
        name, backwards = self._order()
        value = ORDERS[name][1]
        known = sorted((row for row in rows if value(row) is not None), key=value, reverse=backwards)
        return [*known, *(row for row in rows if value(row) is None)]

    @property
    def columns(self) -> dict[str, Column]:
        """The headings by name."""
        current, backwards = self._order()
        way = "descending" if backwards else "ascending"
        return {
            name: Column(
                name,
                label,
                way if name == current else "",
                f"-{name}" if name == current and not backwards else name,
            )
            for name, (label, _value) in ORDERS.items()
        }

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return any(self.cleaned_data.get(name) for name in ("channel", "owner", "band", "missed", "real"))

    def _order(self) -> tuple[str, bool]:
        asked = self.cleaned_data.get("sort") or USUAL
        return asked.removeprefix("-"), asked.startswith("-")
