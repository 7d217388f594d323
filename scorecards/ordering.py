"""Which touchpoints the scorecard table shows, with which columns and in what order; all of it lives in the address."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from scorecards.around import Around
from scorecards.columns import COLUMNS, FIGURES, ORDERS, USUAL, Column, headings, sorted_by
from scorecards.table import TouchpointRow
from touchpoints.health.bands import Band
from touchpoints.models import Channel, PhaseKind
from workspaces.owners import OwnerField
from workspaces.templatetags.look import band_word

UNKNOWN = "unknown"
CHOICES = ("journey", "phase", "channel", "owner", "band")  # of lists
NARROWING = ("phase", "channel", "owner", "band", "missed", "real", "idle")
LONGEST = 40  # letters of a wrong key that are said back


class ChosenField(forms.Field):
    """Names of columns, each in a field of its own or several behind commas; cleans to those chosen, in their order."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        """The name of the touchpoint is always among them; none chosen are all."""
        asked = [name for part in value or () for name in part.split(",") if name]
        for name in asked:
            if name not in COLUMNS:
                raise ValidationError(gettext("There is no column “%(key)s”.") % {"key": name[:LONGEST]})
        return [name for name in COLUMNS if name in {"name", *asked}] if asked else [*COLUMNS]


class TableForm(forms.Form):
    """What the table is narrowed and sorted by. What the address asks wrongly is said, and not asked."""

    journey = forms.ChoiceField(label=_("Journey"), required=False)
    phase = forms.ChoiceField(label=_("Phase"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    owner = OwnerField()
    band = forms.ChoiceField(label=_("Band"), required=False)
    sort = forms.ChoiceField(label=_("Sort by"), required=False)
    missed = forms.BooleanField(label=_("Below target"), required=False)
    real = forms.BooleanField(label=_("Real change"), required=False)
    idle = forms.BooleanField(label=_("No measure"), required=False)
    columns = ChosenField(required=False)

    def __init__(self, asked: QueryDict, *, around: Around, rows: Sequence[TouchpointRow]) -> None:
        super().__init__(asked)
        fields: Any = self.fields
        channels = {row.touchpoint.channel for row in rows if row.touchpoint.channel}
        fields["journey"].choices = [("", _("All journeys")), *((str(one.pk), str(one)) for one in around.journeys)]
        fields["phase"].choices = [("", _("All phases")), *PhaseKind.choices]
        fields["channel"].choices = [("", _("All channels")), *((str(one.pk), str(one)) for one in _by_name(channels))]
        fields["owner"].offer_these(_by_name({one.touchpoint.owner for one in rows} - {None}), nobody=_("All owners"))
        bands = [(str(band), band_word(band)) for band in Band]
        fields["band"].choices = [("", _("All bands")), *bands, (UNKNOWN, band_word(""))]
        orders = [
            (f"{sign}{name}", f"{label} {arrow}")
            for name, (label, _value) in ORDERS.items()
            for sign, arrow in (("", "↑"), ("-", "↓"))
        ]
        # What a browser takes where nothing is chosen comes first.
        fields["sort"].choices = sorted(orders, key=lambda order: order[0] != USUAL)
        for name in ("sort", *CHOICES):
            fields[name].widget.attrs["class"] = "input"
        self.is_valid()

    @property
    def faults(self) -> list[str]:
        """What the address asks that this table never had."""
        asked = {name: str(self.data.get(name, ""))[:LONGEST] for name in ("sort", "band", "phase")}
        said = {
            "sort": gettext("The table cannot be sorted by “%(key)s”."),
            "band": gettext("There is no band “%(key)s”."),
            "phase": gettext("There is no phase “%(key)s”."),
        }
        wrong = [said[name] % {"key": key} for name, key in asked.items() if name in self.errors]
        return [*wrong, *(str(error) for error in self.errors.get("columns", ()))]

    @property
    def gone(self) -> list[str]:
        """What the address asks that is not, or no longer, in the workspace."""
        said = {
            "journey": gettext("The journey that was asked for is gone: touchpoints of all journeys are shown."),
            "channel": gettext("No touchpoint has the channel that was asked for: those of all channels are shown."),
            "owner": gettext("The owner who was asked for has no touchpoint: those of all owners are shown."),
        }
        return [text for name, text in said.items() if name in self.errors]

    def narrow(self, rows: Sequence[TouchpointRow]) -> list[TouchpointRow]:
        """Only the touchpoints that were asked for."""
        asked = self.cleaned_data
        phase, channel, owner, band = (asked.get(name) for name in ("phase", "channel", "owner", "band"))
        return [
            row
            for row in rows
            if (not phase or phase in row.phases)
            and (not channel or str(row.touchpoint.channel_id) == channel)
            and (not owner or row.touchpoint.owner == owner)
            and (not band or (row.band or UNKNOWN) == band)
            and (not asked.get("missed") or row.below_target)
            and (not asked.get("real") or row.really_changed)
            and (not asked.get("idle") or not row.done)
        ]

    def sort_rows(self, rows: Sequence[TouchpointRow]) -> list[TouchpointRow]:
        """The rows in the order that was asked for: by default the highest priority first."""
        return sorted_by(rows, self.order)

    @property
    def order(self) -> str:
        """By which column, with a minus before it where from the highest down."""
        return self.cleaned_data.get("sort") or USUAL

    @property
    def needs_figures(self) -> bool:
        """Whether the order cannot be told without what customers said."""
        return self.order.removeprefix("-") in FIGURES

    @property
    def chosen(self) -> list[str]:
        """The names of the columns to show."""
        return self.cleaned_data.get("columns") or [*COLUMNS]

    @property
    def headings(self) -> list[Column]:
        """The headings of the columns to show."""
        return headings(self.chosen, self.order)

    @property
    def offered(self) -> list[tuple[str, Any, bool]]:
        """The columns that can be left out: name, label, and whether it is shown."""
        return [(name, label, name in self.chosen) for name, (label, _key) in COLUMNS.items() if name != "name"]

    @property
    def narrowed_by(self) -> list[forms.BoundField]:
        """The lists by which it is narrowed."""
        return [self[name] for name in CHOICES]

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return any(self.cleaned_data.get(name) for name in NARROWING)


def _by_name(things: set[Any]) -> list[Channel | Any]:
    return sorted(things, key=lambda one: str(one).casefold())
