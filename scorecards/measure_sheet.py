"""Measures for other programs: the lines of the table in its order, with all that is known of each.

Amounts are numbers in the workspace's currency, unrounded; an empty cell is what nobody has said, which is not 0. Texts
are such that no spreadsheet takes them for a formula.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from scorecards.measures import Card
from scorecards.portfolio import Line, latest_review
from workspaces.cells import harmless
from workspaces.models import Workspace
from workspaces.money import MINOR
from workspaces.templatetags.look import evidence_word

Cell = tuple[Promise, Callable[[Line], Any]]
ENDS = {"low": _("at least"), "likely": _("likely"), "high": _("at most")}


def _money(amount: float | None) -> float | None:
    return None if amount is None else amount / MINOR


def _worth(name: str, end: str) -> Callable[[Line], Any]:
    return lambda line: getattr(getattr(line.worth, end), name) if line.worth else None


def _amount(name: str, end: str) -> Callable[[Line], Any]:
    return lambda line: _money(_worth(name, end)(line))


def _review(name: str) -> Callable[[Line], Any]:
    return lambda line: getattr(line.review, name) if line.review else None


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
    (_("Return on likely effects, 1 is 100%"), _worth("roi", "likely")),
    (_("Pays back after years"), _worth("payback", "likely")),
    (_("Pays back after years, discounted"), _worth("discounted_payback", "likely")),
    (_("Break-even, as a multiple of likely effects"), lambda line: line.worth.break_even if line.worth else None),
)
REVIEWED: Sequence[Cell] = (
    (_("Evidence"), lambda line: str(evidence_word(line.evidence))),
    (pgettext_lazy("measure", "Review"), lambda line: str(line.review.get_verdict_display()) if line.review else ""),
    (_("Measured health points"), _review("effect")),
    (_("Points from"), _review("low")),
    (_("Points to"), _review("high")),
    (_("Reviewed until"), _review("until")),
    (
        _("Review is closed"),
        lambda line: "" if line.review is None else str(_("yes") if line.review.is_closed else _("no")),
    ),
)


def lines_of(cards: Sequence[Card]) -> list[Line]:
    """The same measures, with their reviews and personas: two statements, however many they are."""
    prefetch_related_objects([card.measure for card in cards], "reviews", "personas")
    return [Line(card, latest_review(card.measure)) for card in cards]


def sheet_of(lines: Sequence[Line], workspace: Workspace) -> list[list[Any]]:
    """The headings, and a line for each measure."""
    money = [(f"{label} ({workspace.currency})", value) for label, value in (*MONEY, *_assumed())]
    cells = [*WHAT, *money, *ASSESSED, *REVIEWED]
    return [
        [str(label) for label, _value in cells],
        *(harmless([value(line) for _label, value in cells]) for line in lines),
    ]


def _assumed() -> list[tuple[str, Callable[[Line], Any]]]:
    names = {"benefit_a_year": _("Benefit a year"), "npv": _("Worth today")}
    return [
        (f"{label}, {end_word}", _amount(name, end)) for name, label in names.items() for end, end_word in ENDS.items()
    ]
