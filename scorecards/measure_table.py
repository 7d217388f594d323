"""Measures as a table: a line each, narrowed and in the order that was asked for, and what is known of all together."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.models import Measure, MeasureKind, Status
from measures.worth import worth_of
from scorecards.measures import Card, measures_of
from workspaces.models import Workspace, WorkspaceQuerySet

NEVER = datetime.date.max
ALL = "all"
CHOICES = [("", _("all but dropped")), (ALL, _("all")), *Status.choices]


class MeasuresForm(forms.Form):
    """Which measures, and in which order."""

    status = forms.ChoiceField(label=_("Status"), required=False, choices=CHOICES)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *MeasureKind.choices])
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("latest first")), ("decision", _("next decision first")), ("npv", _("worth most first"))],
    )

    def narrow(self, rows: WorkspaceQuerySet) -> WorkspaceQuerySet:
        """Only those that are asked for; what is no choice narrows nothing."""
        said: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        status = said.get("status")
        if status != ALL:
            rows = rows.filter(status=status) if status else rows.exclude(status=Status.DROPPED)
        return rows.filter(kind=said["kind"]) if said.get("kind") else rows


@dataclass(frozen=True)
class Totals:
    """Sums of what is known, in minor units, and of how many measures it is not known."""

    once: int
    once_unknown: int
    npv: float
    npv_unknown: int


@dataclass(frozen=True)
class Table:
    """The lines, and their sums."""

    lines: Sequence[Card]
    totals: Totals


def table_of(workspace: Workspace, form: MeasuresForm) -> Table:
    """Those that the form asks for. Its statements do not grow with them."""
    found: Sequence[Measure] = list(form.narrow(measures_of(workspace)))
    lines = [Card(one, worth_of(one, list(one.benefits.all()), workspace.discount), ()) for one in found]
    order = form.cleaned_data.get("order") if form.is_valid() else ""
    if order == "decision":
        lines.sort(key=lambda line: (line.measure.decide_on or NEVER, line.measure.pk))
    elif order == "npv":
        lines.sort(key=lambda line: (line.worth is None, -line.worth.likely.npv if line.worth else 0.0))
    onces = [line.measure.once for line in lines if line.measure.once is not None]
    worths = [line.worth.likely.npv for line in lines if line.worth]
    return Table(lines, Totals(sum(onces), len(lines) - len(onces), sum(worths), len(lines) - len(worths)))
