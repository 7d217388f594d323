"""Measures for other programs: the lines of the table in its order, with all that is known of each.

Amounts are numbers in the workspace's currency, unrounded; an empty cell is what nobody has said, which is not 0. Texts
are such that no spreadsheet takes them for a formula.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from measures.assessing import Assessment
from measures.models import Verdict
from scorecards.measure_table import Table
from scorecards.portfolio import Line, lines_of
from workspaces.cells import harmless
from workspaces.models import Workspace
from workspaces.money import MINOR
from workspaces.templatetags.look import evidence_word

Cell = tuple[Promise, Callable[[Line], Any]]
ENDS = {"low": _("at least"), "likely": _("likely"), "high": _("at most")}


def _money(amount: float | None) -> float | None:
    return None if amount is None else amount / MINOR


def _outcome(name: str, end: str, of: str = "assumed") -> Callable[[Line], Any]:
    def found(line: Line) -> Any:
        worth: Assessment | None = getattr(line, of)
        return getattr(getattr(worth, end), name) if worth else None

    return found


def _amount(name: str, end: str, of: str) -> Callable[[Line], Any]:
    return lambda line: _money(_outcome(name, end, of)(line))


def _review(name: str) -> Callable[[Line], Any]:
    def found(line: Line) -> Any:
        is_told = line.review and line.review.verdict != Verdict.TOO_EARLY
        return getattr(line.review, name) if is_told else None

    return found


def _listed(things: Iterable[Any]) -> str:
    return ", ".join(str(one) for one in things)


WHAT: Sequence[Cell] = (
    (_("Number"), lambda line: line.measure.pk),
    (_("Measure"), lambda line: line.measure.title),
    (_("Kind"), lambda line: str(line.measure.get_kind_display())),
    (_("Status"), lambda line: str(line.measure.get_status_display())),
    (_("Reason"), lambda line: line.measure.reason),
    (_("Touchpoints"), lambda line: _listed(line.measure.touchpoints.all())),
    (_("Personas"), lambda line: _listed(line.measure.personas.all())),
    (pgettext_lazy("responsible", "Owner"), lambda line: str(line.measure.owner or "")),
    (_("Decides"), lambda line: str(line.measure.decider or "")),
    (_("Decision"), lambda line: line.measure.decide_on),
    (_("Start on"), lambda line: line.measure.starts_on),
    (_("Live since"), lambda line: line.measure.live_on),
    (_("Years looked at"), lambda line: line.measure.years),
    (_("Expected health points"), lambda line: None if line.measure.points is None else float(line.measure.points)),
)
MONEY: Sequence[Cell] = (
    (_("Cost, once"), lambda line: _money(line.measure.once)),
    (_("Cost a year"), lambda line: _money(line.measure.yearly)),
)
ASSESSED: Sequence[Cell] = (
    (_("Return on likely effects, 1 is 100%"), _outcome("roi", "likely")),
    (_("Pays back after years"), _outcome("payback", "likely")),
    (_("Pays back after years, discounted"), _outcome("discounted_payback", "likely")),
    (_("Break-even, as a multiple of likely effects"), lambda line: line.assumed.break_even if line.assumed else None),
)
REVIEWED: Sequence[Cell] = (
    (_("Evidence"), lambda line: str(evidence_word(line.evidence))),
    (
        pgettext_lazy("of a measure", "Review"),
        lambda line: str(line.review.get_verdict_display()) if line.review else "",
    ),
    (_("Measured health points"), _review("effect")),
    (_("Points from"), _review("low")),
    (_("Points to"), _review("high")),
    (_("Reviewed until"), _review("until")),
    (
        _("Review is closed"),
        lambda line: "" if line.review is None else str(_("yes") if line.review.is_closed else _("no")),
    ),
)


def lines_in(table: Table, workspace: Workspace) -> list[Line]:
    """The measures of a table with their reviews and personas: two statements, however many they are."""
    measures = [line.measure for line in table.lines]
    prefetch_related_objects(measures, "personas")
    return lines_of(workspace, measures)


def sheet_of(lines: Sequence[Line], workspace: Workspace) -> list[list[Any]]:
    """The headings, and a line for each measure."""
    money = [(f"{label} ({workspace.currency})", value) for label, value in (*MONEY, *_amounts())]
    cells = [*WHAT, *money, *ASSESSED, *REVIEWED]
    return [
        [str(label) for label, _value in cells],
        *(harmless([value(line) for _label, value in cells]) for line in lines),
    ]


def _amounts() -> Iterator[tuple[str, Callable[[Line], Any]]]:
    """What a year brings and what all of it is worth, as assumed, and as a closed review proves it."""
    named = {
        ("benefit_a_year", "assumed"): _("Benefit a year"),
        ("npv", "assumed"): _("Worth today"),
        ("benefit_a_year", "proven"): _("Benefit a year as measured"),
        ("npv", "proven"): _("Worth today as measured"),
    }
    for (name, of), label in named.items():
        for end, end_word in ENDS.items():
            yield f"{label}, {end_word}", _amount(name, end, of)
