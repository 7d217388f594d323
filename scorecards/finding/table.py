"""The sentences above a table. Each stands for one kind, and is only asked for where that kind holds."""

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scorecards.finding.facts import Facts
from scorecards.finding.kinds import Kind, compared, dropped, misses_truth, rose, unheard
from scorecards.finding.names import counted, listed, with_truths

Rows = Sequence[Facts]


def poor(rows: Rows) -> str:
    """How many are weak or critical."""
    number = sum(row.poor for row in rows)
    return ngettext(
        "%(poor)s of %(total)s touchpoints is weak or critical.",
        "%(poor)s of %(total)s touchpoints are weak or critical.",
        number,
    ) % {"poor": number, "total": len(rows)}


def sound(rows: Rows) -> str:
    """That none is, of those whose health is known."""
    known = sum(row.number is not None for row in rows)
    return ngettext(
        "The one touchpoint whose health is known is neither weak nor critical.",
        "None of the %(known)s touchpoints whose health is known is weak or critical.",
        known,
    ) % {"known": known}


def drops(rows: Rows) -> str:
    """Which have really fallen, the deepest first."""
    fallen = sorted(filter(dropped, rows), key=lambda row: row.change.delta or 0)
    return ngettext(
        "One fell more than chance explains: %(names)s.",
        "%(count)s fell more than chance explains: %(names)s.",
        len(fallen),
    ) % {"count": counted(len(fallen)), "names": with_truths(fallen)}


def rises(rows: Rows) -> str:
    """Which have really risen, the highest first."""
    risen = sorted(filter(rose, rows), key=lambda row: -(row.change.delta or 0))
    return ngettext(
        "One rose more than chance explains: %(names)s.",
        "%(count)s rose more than chance explains: %(names)s.",
        len(risen),
    ) % {"count": counted(len(risen)), "names": with_truths(risen)}


def truths_missed(rows: Rows) -> str:
    """Which moments of truth miss their target, the farthest first."""
    missed = sorted(filter(misses_truth, rows), key=lambda row: -row.short)
    told = _("%(name)s (%(number)s, target %(target)s)")
    names = [told % {"name": row.name, "number": row.number, "target": row.target} for row in missed]
    return ngettext(
        "One moment of truth misses its target: %(names)s.",
        "%(count)s moments of truth miss their targets: %(names)s.",
        len(missed),
    ) % {"count": counted(len(missed)), "names": listed(names)}


def still(rows: Rows) -> str:
    """That nothing has really moved, and of how many that can be said."""
    able = sum(map(compared, rows))
    if able == len(rows):
        return _("No touchpoint has moved more than chance explains.")
    return ngettext(
        "The one touchpoint with enough answers has not moved more than chance explains.",
        "None of the %(count)s touchpoints with enough answers has moved more than chance explains.",
        able,
    ) % {"count": able}


def worse_served(rows: Rows) -> str:
    """Where a persona is served worse than the others, the widest apart first."""
    worse = sorted((row for row in rows if row.worse), key=lambda row: min(one.change.delta or 0 for one in row.worse))
    names = [f"{row.name} ({', '.join(one.name for one in row.worse)})" for row in worse]
    return ngettext(
        "At one touchpoint a persona is served worse than the others: %(names)s.",
        "At %(count)s touchpoints a persona is served worse than the others: %(names)s.",
        len(worse),
    ) % {"count": len(worse), "names": listed(names)}


def falls_short(rows: Rows) -> str:
    """Where customers perceive less than they expect, the widest gap first."""
    gaps = [(row.gap.change.delta or 0, row.name) for row in rows if row.gap and row.falls_short]
    return ngettext(
        "At one touchpoint customers get less than they expect: %(names)s.",
        "At %(count)s touchpoints customers get less than they expect: %(names)s.",
        len(gaps),
    ) % {"count": len(gaps), "names": listed([name for _delta, name in sorted(gaps)])}


def silent(rows: Rows) -> str:
    """Which have fallen silent, the longest silence first."""
    quiet = [(-row.silence.days, row.name) for row in rows if row.silence and row.is_silent]
    return ngettext(
        "One touchpoint has fallen silent: %(names)s.",
        "%(count)s touchpoints have fallen silent: %(names)s.",
        len(quiet),
    ) % {"count": counted(len(quiet)), "names": listed([name for _days, name in sorted(quiet)])}


def few(rows: Rows) -> str:
    """That nobody can tell."""
    return _("There are too few answers to tell whether any touchpoint has moved.")


def never_heard(rows: Rows) -> str:
    """About which nobody has said anything."""
    names = [row.name for row in rows if unheard(row)]
    return ngettext(
        "About one touchpoint nobody has said anything yet: %(names)s.",
        "About %(count)s touchpoints nobody has said anything yet: %(names)s.",
        len(names),
    ) % {"count": len(names), "names": listed(names)}


SENTENCES: Mapping[Kind, Callable[[Rows], str]] = {
    Kind.POOR: poor,
    Kind.SOUND: sound,
    Kind.DROPS: drops,
    Kind.TRUTH_MISSED: truths_missed,
    Kind.RISES: rises,
    Kind.STILL: still,
    Kind.WORSE_SERVED: worse_served,
    Kind.FALLS_SHORT: falls_short,
    Kind.SILENT: silent,
    Kind.FEW: few,
    Kind.NEVER_HEARD: never_heard,
}
