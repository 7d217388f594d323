"""The portfolio of measures on one sheet: plain data for `templates/paper/portfolio.typ`, in the reader's words."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from journeys.paper import Printed, Told, document
from measures.models import Step
from measures.templatetags.measures import paid_back
from scorecards.portfolio import Group, Line, Portfolio, Sum
from scorecards.templatetags.portfolio import portfolio_words, review_words, sum_words, unknown_words
from workspaces import clock
from workspaces.models import Workspace
from workspaces.money import in_short
from workspaces.templatetags.look import evidence_word, signed

MEASURES, WAITING, DECISIONS = 12, 4, 4  # of what there is room for
TITLE, REASON = 50, 80  # characters
SUMS = (
    gettext_lazy("Evidence"),
    gettext_lazy("Measures"),
    gettext_lazy("Cost, once"),
    gettext_lazy("Cost a year"),
    gettext_lazy("Benefit a year"),
    gettext_lazy("Worth today"),
)
HEADINGS = (
    gettext_lazy("Measure"),
    gettext_lazy("Status"),
    gettext_lazy("Cost, once"),
    gettext_lazy("Benefit a year"),
    gettext_lazy("Worth today"),
    gettext_lazy("Pays back"),
    gettext_lazy("Points"),
    gettext_lazy("Evidence"),
)


def portfolio_on_paper(workspace: Workspace, portfolio: Portfolio, steps: Iterable[Step], printed: Printed) -> Told:
    """What the sheet says of these measures and of the latest decisions."""
    more = len(portfolio.lines) - MEASURES
    waiting = portfolio.to_decide
    return {
        **document(workspace, _("Portfolio of measures"), printed),
        "lead": portfolio_words(portfolio, workspace),
        "sums": [_sums(group, workspace) for group in (*portfolio.groups, portfolio.whole)],
        "measures": [_measure(line, workspace) for line in portfolio.lines[:MEASURES]],
        "more": ngettext("and %(more)s more", "and %(more)s more", more) % {"more": more} if more > 0 else "",
        "waiting": [_waiting(line, workspace) for line in waiting[:WAITING]],
        "decided": [_decision(step, workspace) for step in steps],
        "words": _words(),
    }


def _words() -> Told:
    return {
        "sums": [str(heading) for heading in SUMS],
        "measures": [str(heading) for heading in HEADINGS],
        "worth": _("By worth"),
        "waiting": _("To be decided"),
        "decided": _("Latest decisions"),
        "none": _("Nothing waits for a decision on a day."),
        "undecided": _("Nothing was decided yet."),
        "empty": _("No measures yet"),
        "note": _(
            "Likely amounts, in brackets with at least and at most; worth today over the years looked at, discounted. "
            "What is unknown is in no sum. Measured: likely amounts × points that came ÷ points expected, "
            "nothing where there is no effect."
        ),
    }


def _sums(group: Group, workspace: Workspace) -> Told:
    label = str(evidence_word(group.evidence)) if group.evidence else _("All together")
    amounts = [_amount(one, workspace) for one in (group.once, group.yearly, group.benefit, group.npv)]
    if group.npv.unknown < len(group.lines):
        amounts[-1]["beside"] = " ".join(
            filter(None, [_range(group.low, group.high, workspace), amounts[-1]["beside"]])
        )
    return {"label": label, "number": str(len(group.lines)), "amounts": amounts}


def _amount(one: Sum, workspace: Workspace) -> Told:
    return {"text": sum_words(one, workspace), "beside": unknown_words(one)}


def _range(low: Sum, high: Sum, workspace: Workspace) -> str:
    ends = {"low": in_short(low.known, workspace), "high": in_short(high.known, workspace)}
    return _("(%(low)s to %(high)s)") % ends


def _measure(line: Line, workspace: Workspace) -> Told:
    measure, worth = line.measure, line.worth
    unknown = _("unknown")
    beside = review_words(line.review) if line.review else ""
    return {
        "title": Truncator(measure.title).chars(TITLE),
        "status": str(measure.get_status_display()),
        "once": unknown if measure.once is None else in_short(measure.once, workspace),
        "benefit": in_short(worth.likely.benefit_a_year, workspace) if worth else unknown,
        "npv": in_short(worth.likely.npv, workspace) if worth else unknown,
        "range": _range(Sum(worth.low.npv, 0), Sum(worth.high.npv, 0), workspace) if worth else "",
        "payback": paid_back(worth.likely.payback) if worth else unknown,
        "points": unknown if measure.points is None else signed(float(measure.points)),
        "evidence": str(evidence_word(line.evidence)),
        "review": beside,
    }


def _waiting(line: Line, workspace: Workspace) -> Told:
    measure = line.measure
    day = date_format(measure.decide_on, "SHORT_DATE_FORMAT")
    if measure.decide_on and measure.decide_on < clock.today(workspace.zone):
        day = _("%(day)s, overdue") % {"day": day}
    cost = _("unknown") if measure.once is None else in_short(measure.once, workspace)
    who = str(measure.decider or _("nobody yet"))
    return {
        "day": day,
        "what": Truncator(measure.title).chars(TITLE),
        "about": _("cost, once: %(cost)s, decides: %(who)s") % {"cost": cost, "who": who},
    }


def _decision(step: Step, workspace: Workspace) -> Told:
    went = f"{step.get_came_from_display()} → {step.get_went_to_display()}"
    day = date_format(step.at.astimezone(workspace.zone), "SHORT_DATE_FORMAT")
    about = [went, str(step.by or _("Somebody who has left")), Truncator(step.reason).chars(REASON)]
    return {
        "day": day,
        "what": Truncator(step.measure.title).chars(TITLE),
        "about": " · ".join(one for one in about if one),
    }
