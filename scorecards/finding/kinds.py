"""Which kinds of finding hold, each by its condition alone; the most important first."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from scorecards.finding.facts import Facts
from touchpoints.health.changes import Verdict

MOST = 3  # sentences of a finding


class Kind(StrEnum):
    """What there is to say."""

    POOR = "weak or critical"
    SOUND = "none weak or critical"
    DROPS = "really fallen"
    TRUTH_MISSED = "moment of truth below target"
    RISES = "really risen"
    STILL = "nothing moved beyond chance"
    WORSE_SERVED = "a persona served worse"
    FALLS_SHORT = "less than expected"
    SILENT = "fallen silent"
    FEW = "too few answers to tell"
    LAPSED = "nothing heard of late"
    NEVER_HEARD = "never heard"


def dropped(facts: Facts) -> bool:
    """Its health has really fallen since the period before."""
    return facts.change.verdict is Verdict.DOWN


def rose(facts: Facts) -> bool:
    """Its health has really risen."""
    return facts.change.verdict is Verdict.UP


def compared(facts: Facts) -> bool:
    """There are enough answers in both periods to compare them."""
    return facts.change.verdict is not Verdict.FEW


def misses_truth(facts: Facts) -> bool:
    """It is a moment of truth, and the health shown misses its target."""
    return facts.moment_of_truth and facts.short > 0


def unheard(facts: Facts) -> bool:
    """Nobody was ever heard about it."""
    return facts.last_heard is None and not facts.answers


# Of a table, in the order of importance
OF_TABLE: Mapping[Kind, Callable[[Sequence[Facts]], bool]] = {
    Kind.POOR: lambda rows: any(row.poor for row in rows),
    Kind.SOUND: lambda rows: any(row.number is not None for row in rows) and not any(row.poor for row in rows),
    Kind.DROPS: lambda rows: any(map(dropped, rows)),
    Kind.TRUTH_MISSED: lambda rows: any(map(misses_truth, rows)),
    Kind.RISES: lambda rows: any(map(rose, rows)),
    Kind.STILL: lambda rows: any(map(compared, rows)) and not any(dropped(row) or rose(row) for row in rows),
    Kind.WORSE_SERVED: lambda rows: any(row.worse for row in rows),
    Kind.FALLS_SHORT: lambda rows: any(row.falls_short for row in rows),
    Kind.SILENT: lambda rows: any(row.is_silent for row in rows),
    Kind.FEW: lambda rows: any(row.answers for row in rows) and not any(map(compared, rows)),
    Kind.NEVER_HEARD: lambda rows: any(map(unheard, rows)) and not all(map(unheard, rows)),
}

# Of one touchpoint, likewise
OF_TOUCHPOINT: Mapping[Kind, Callable[[Facts], bool]] = {
    Kind.POOR: lambda facts: facts.poor,
    Kind.DROPS: dropped,
    Kind.TRUTH_MISSED: misses_truth,
    Kind.RISES: rose,
    Kind.WORSE_SERVED: lambda facts: bool(facts.worse),
    Kind.FALLS_SHORT: lambda facts: facts.falls_short,
    Kind.SILENT: lambda facts: facts.is_silent,
    Kind.STILL: lambda facts: compared(facts) and not dropped(facts) and not rose(facts),
    Kind.FEW: lambda facts: bool(facts.answers) and (facts.number is None or not compared(facts)),
    Kind.LAPSED: lambda facts: facts.number is None and not facts.answers and facts.last_heard is not None,
    Kind.NEVER_HEARD: lambda facts: facts.number is None and unheard(facts),
}


def kinds_of_table(rows: Sequence[Facts]) -> list[Kind]:
    """What is worth saying of a table, at most three; nothing where nobody was ever heard."""
    return [kind for kind, holds in OF_TABLE.items() if holds(rows)][:MOST]


def kinds_of_touchpoint(facts: Facts) -> list[Kind]:
    """What is worth saying of one touchpoint, at most three."""
    return [kind for kind, holds in OF_TOUCHPOINT.items() if holds(facts)][:MOST]
