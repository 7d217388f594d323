"""The sentences above a touchpoint's scorecard. Each is only asked for where its kind holds."""

from collections.abc import Callable, Mapping

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scorecards.finding.facts import Facts
from scorecards.finding.kinds import Kind
from scorecards.finding.names import counted, listed
from touchpoints.health.bands import Band
from workspaces.templatetags.look import decimals, signed

PLACES = 1  # decimals of a change and of feelings, as elsewhere


def poor(facts: Facts, days: int) -> str:
    """That it is weak or critical."""
    told = _("Health is critical: %(number)s.") if facts.band is Band.CRITICAL else _("Health is weak: %(number)s.")
    return told % {"number": facts.number}


def drop(facts: Facts, days: int) -> str:
    """That it has really fallen."""
    return ngettext(
        "The drop in health of %(points)s points against the day before is more than chance explains.",
        "The drop in health of %(points)s points against the %(days)s days before is more than chance explains.",
        days,
    ) % {"points": _points(facts.change.delta), "days": days}


def rise(facts: Facts, days: int) -> str:
    """That it has really risen."""
    return ngettext(
        "The rise in health of %(points)s points against the day before is more than chance explains.",
        "The rise in health of %(points)s points against the %(days)s days before is more than chance explains.",
        days,
    ) % {"points": _points(facts.change.delta), "days": days}


def truth_missed(facts: Facts, days: int) -> str:
    """That a moment of truth misses its target."""
    return ngettext(
        "This moment of truth is %(short)s point below its target of %(target)s.",
        "This moment of truth is %(short)s points below its target of %(target)s.",
        facts.short,
    ) % {"short": facts.short, "target": facts.target}


def still(facts: Facts, days: int) -> str:
    """That nothing has really moved."""
    return ngettext(
        "Against the day before, health has not moved more than chance explains.",
        "Against the %(days)s days before, health has not moved more than chance explains.",
        days,
    ) % {"days": days}


def worse_served(facts: Facts, days: int) -> str:
    """Which personas are served worse than the others, the worst first."""
    worse = sorted(facts.worse, key=lambda one: one.change.delta or 0)
    told = _("%(name)s (%(points)s points)")
    names = [told % {"name": one.name, "points": signed(one.change.delta or 0, PLACES)} for one in worse]
    return ngettext(
        "One persona is served worse here than the others: %(names)s.",
        "%(count)s personas are served worse here than the others: %(names)s.",
        len(worse),
    ) % {"count": counted(len(worse)), "names": listed(names)}


def falls_short(facts: Facts, days: int) -> str:
    """What customers expected and perceived."""
    if facts.gap is None:
        return ""
    felt = {"expected": signed(facts.gap.expected, PLACES), "perceived": signed(facts.gap.perceived, PLACES)}
    return _("Customers get less than they expect: %(expected)s expected, %(perceived)s perceived.") % felt


def silent(facts: Facts, days: int) -> str:
    """For how long nothing was heard, and how often it usually is."""
    if facts.silence is None:
        return ""
    quiet, rhythm = facts.silence
    return ngettext(
        "Nothing has been heard for %(quiet)s days; until then answers usually came every day.",
        "Nothing has been heard for %(quiet)s days; until then answers usually came every %(rhythm)s days.",
        rhythm,
    ) % {"quiet": quiet, "rhythm": rhythm}


def few(facts: Facts, days: int) -> str:
    """That there are too few answers for a health, or to tell whether it has moved."""
    if facts.number is not None:
        return _("There are too few answers to tell whether health has moved.")
    return ngettext(
        "Health is unknown: %(answers)s answer is too little to say more.",
        "Health is unknown: %(answers)s answers are too few to say more.",
        facts.answers,
    ) % {"answers": facts.answers}


def lapsed(facts: Facts, days: int) -> str:
    """When it was last heard, too long ago to count."""
    month = date_format(facts.last_heard, "YEAR_MONTH_FORMAT") if facts.last_heard else ""
    return _("Health is unknown: last heard %(month)s.") % {"month": month}


def never_heard(facts: Facts, days: int) -> str:
    """That nobody was ever heard."""
    if facts.of_persona:
        return _("Health is unknown: nobody of this persona has answered yet.")
    return _("Health is unknown: nobody has answered yet.")


def _points(delta: float | None) -> str:
    return decimals(abs(delta or 0), PLACES)


SENTENCES: Mapping[Kind, Callable[[Facts, int], str]] = {
    Kind.POOR: poor,
    Kind.DROPS: drop,
    Kind.TRUTH_MISSED: truth_missed,
    Kind.RISES: rise,
    Kind.STILL: still,
    Kind.WORSE_SERVED: worse_served,
    Kind.FALLS_SHORT: falls_short,
    Kind.SILENT: silent,
    Kind.FEW: few,
    Kind.LAPSED: lapsed,
    Kind.NEVER_HEARD: never_heard,
}
