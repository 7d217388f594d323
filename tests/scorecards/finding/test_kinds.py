"""Each kind of finding holds by its condition, and not by its counter-example."""

import datetime

import pytest

from scorecards.finding.facts import Facts, Gap, Silence, silence_of
from scorecards.finding.kinds import MOST, OF_TABLE, OF_TOUCHPOINT, Kind, kinds_of_table, kinds_of_touchpoint
from tests.scorecards.finding.facts import FELL, FEW, ROSE, STILL, TODAY, known, served, unheard

DAY = datetime.timedelta(days=1)
LESS, SAME = Gap(1.2, -0.3, FELL), Gap(1.2, -0.3, STILL)

# Kind: rows for which it holds, and rows that differ in what matters, for which it does not
TABLES: dict[Kind, tuple[list[Facts], list[Facts]]] = {
    Kind.POOR: ([known(), known(number=59)], [known(), known(number=60)]),
    Kind.SOUND: ([known(number=60), unheard()], [unheard(), known(number=None, answers=3, change=FEW)]),
    Kind.DROPS: ([known(change=FELL)], [known(change=STILL), known(change=FEW), known(change=ROSE)]),
    Kind.RISES: ([known(change=ROSE)], [known(change=STILL), known(change=FEW), known(change=FELL)]),
    Kind.TRUTH_MISSED: (
        [known(number=69, moment_of_truth=True)],
        [known(number=69), known(number=70, moment_of_truth=True), unheard(moment_of_truth=True)],
    ),
    Kind.STILL: ([known(change=STILL), known(change=FEW)], [known(change=STILL), known(change=FELL)]),
    Kind.WORSE_SERVED: (
        [known(served=[served("Tourist", FELL)])],
        [known(served=[served("Tourist", STILL), served("Commuter", ROSE), served("Child", FEW)])],
    ),
    Kind.FALLS_SHORT: ([known(gap=LESS)], [known(gap=SAME), known(gap=Gap(-0.3, 1.2, ROSE)), known()]),
    Kind.SILENT: ([known(silence=Silence(11, 2))], [known(silence=Silence(10, 2)), known(silence=Silence(7, 1))]),
    Kind.FEW: ([known(change=FEW), unheard()], [known(change=FEW), known(change=STILL)]),
    Kind.NEVER_HEARD: ([unheard(), known()], [known(), known(number=None, answers=0, change=FEW)]),
}

TOUCHPOINTS: dict[Kind, tuple[Facts, Facts]] = {
    Kind.POOR: (known(number=39), known(number=60)),
    Kind.DROPS: (known(change=FELL), known(change=STILL)),
    Kind.RISES: (known(change=ROSE), known(change=FEW)),
    Kind.TRUTH_MISSED: (known(number=69, moment_of_truth=True), known(number=70, moment_of_truth=True)),
    Kind.STILL: (known(change=STILL), known(change=FELL)),
    Kind.WORSE_SERVED: (known(served=[served("Tourist", FELL)]), known(served=[served("Tourist", STILL)])),
    Kind.FALLS_SHORT: (known(gap=LESS), known(gap=SAME)),
    Kind.SILENT: (known(silence=Silence(8, 1)), known(silence=Silence(8, 2))),
    Kind.FEW: (known(number=None, answers=3, change=FEW), unheard()),
    Kind.LAPSED: (known(number=None, answers=0, change=FEW), unheard()),
    Kind.NEVER_HEARD: (unheard(), known(number=None, answers=0, change=FEW)),
}


@pytest.mark.parametrize("kind", OF_TABLE)
def test_a_kind_holds_of_a_table_by_its_condition_alone(kind: Kind) -> None:
    rows, counter_example = TABLES[kind]
    assert OF_TABLE[kind](rows)
    assert not OF_TABLE[kind](counter_example)


@pytest.mark.parametrize("kind", OF_TOUCHPOINT)
def test_a_kind_holds_of_a_touchpoint_by_its_condition_alone(kind: Kind) -> None:
    facts, counter_example = TOUCHPOINTS[kind]
    assert OF_TOUCHPOINT[kind](facts)
    assert not OF_TOUCHPOINT[kind](counter_example)


@pytest.mark.parametrize("rows", [[], [unheard()], [unheard("Poster"), unheard("Kiosk")]])
def test_nothing_is_said_where_nothing_is_known(rows: list[Facts]) -> None:
    assert kinds_of_table(rows) == []


def test_the_most_important_are_said_and_no_more_than_three() -> None:
    truth = known("Checkout", 45, moment_of_truth=True, change=FELL, served=[served("Tourist", FELL)])
    rows = [truth, known("App", change=ROSE), unheard()]
    assert kinds_of_table(rows) == [Kind.POOR, Kind.DROPS, Kind.TRUTH_MISSED]
    assert kinds_of_touchpoint(truth) == [Kind.POOR, Kind.DROPS, Kind.TRUTH_MISSED]
    assert len(kinds_of_table(rows)) == MOST


def test_of_an_unknown_touchpoint_only_what_is_known_is_said() -> None:
    assert kinds_of_touchpoint(unheard()) == [Kind.NEVER_HEARD]
    assert kinds_of_touchpoint(known(number=None, answers=4, change=FEW)) == [Kind.FEW]


def test_silence_is_measured_against_the_usual_pause() -> None:
    days = [TODAY - number * DAY for number in (60, 57, 54, 40, 37, 34)]  # a fortnight's pause is not the rule
    assert silence_of(days[-1], days, TODAY) == Silence(34, 3)
    assert silence_of(days[-1], days[1:], TODAY) is None  # four pauses make no rhythm
