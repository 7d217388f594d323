"""How a finding reads: both languages, one and several, to the last letter."""

from typing import Any

import pytest
from django.utils import translation

from scorecards.finding import table
from scorecards.finding.facts import Facts, Gap, Silence
from scorecards.finding.kinds import OF_TABLE, Kind
from tests.scorecards.finding.facts import FELL, FEW, ROSE, STILL, change, known, served, unheard
from touchpoints.health.changes import Verdict

DEEPER = change(Verdict.DOWN, -12.3)
TRUTH: dict[str, Any] = {"moment_of_truth": True}
MANY = [known(name, change=FELL) for name in ("A", "B", "C", "D", "E")]

TABLES: list[tuple[Kind, list[Facts], str, str]] = [
    (
        Kind.POOR,
        [known(number=30), known()],
        "1 of 2 touchpoints is weak or critical.",
        "1 von 2 Touchpoints ist schwach oder kritisch.",
    ),
    (
        Kind.POOR,
        [known(number=30), known(number=50), known()],
        "2 of 3 touchpoints are weak or critical.",
        "2 von 3 Touchpoints sind schwach oder kritisch.",
    ),
    (
        Kind.SOUND,
        [known(), unheard()],
        "The one touchpoint whose health is known is neither weak nor critical.",
        "Der eine Touchpoint, dessen Gesundheit bekannt ist, ist weder schwach noch kritisch.",
    ),
    (
        Kind.SOUND,
        [known(), known(), unheard()],
        "None of the 2 touchpoints whose health is known is weak or critical.",
        "Von den 2 Touchpoints, deren Gesundheit bekannt ist, ist keiner schwach oder kritisch.",
    ),
    (
        Kind.DROPS,
        [known("Kasse", change=FELL), known("App")],
        "One fell more than chance explains: Kasse.",
        "Einer ist stärker gefallen, als Zufall erklärt: Kasse.",
    ),
    (
        Kind.DROPS,
        [known("Kasse", change=FELL, **TRUTH)],
        "One fell more than chance explains: Kasse, a moment of truth.",
        "Einer ist stärker gefallen, als Zufall erklärt: Kasse, ein Moment der Wahrheit.",
    ),
    (
        Kind.DROPS,
        [known("Verspätungsinfo", change=FELL), known("Kasse", change=DEEPER)],
        "Two fell more than chance explains: Kasse and Verspätungsinfo.",
        "Zwei sind stärker gefallen, als Zufall erklärt: Kasse und Verspätungsinfo.",
    ),
    (
        Kind.DROPS,
        [known("Verspätungsinfo", change=FELL, **TRUTH), known("Kasse", change=DEEPER, **TRUTH)],
        "Two fell more than chance explains: Kasse and Verspätungsinfo, both moments of truth.",
        "Zwei sind stärker gefallen, als Zufall erklärt: Kasse und Verspätungsinfo, beides Momente der Wahrheit.",
    ),
    (
        Kind.DROPS,
        [known("Verspätungsinfo", change=FELL), known("Kasse", change=DEEPER, **TRUTH)],
        "Two fell more than chance explains: Kasse (moment of truth) and Verspätungsinfo.",
        "Zwei sind stärker gefallen, als Zufall erklärt: Kasse (Moment der Wahrheit) und Verspätungsinfo.",
    ),
    (
        Kind.DROPS,
        MANY,
        "Five fell more than chance explains: A, B, C and 2 more.",
        "Fünf sind stärker gefallen, als Zufall erklärt: A, B, C und 2 weitere.",
    ),
    (
        Kind.RISES,
        [known("Kasse", change=ROSE)],
        "One rose more than chance explains: Kasse.",
        "Einer ist stärker gestiegen, als Zufall erklärt: Kasse.",
    ),
    (
        Kind.RISES,
        [known(name, change=ROSE, **TRUTH) for name in "ABC"],
        "Three rose more than chance explains: A, B and C, all moments of truth.",
        "Drei sind stärker gestiegen, als Zufall erklärt: A, B und C, allesamt Momente der Wahrheit.",
    ),
    (
        Kind.TRUTH_MISSED,
        [known("Kasse", 54, **TRUTH), known("App", 10)],
        "One moment of truth misses its target: Kasse (54, target 70).",
        "Ein Moment der Wahrheit verfehlt sein Ziel: Kasse (54, Ziel 70).",
    ),
    (
        Kind.TRUTH_MISSED,
        [known("Kasse", 54, **TRUTH), known("App", 10, **TRUTH)],
        "Two moments of truth miss their targets: App (10, target 70) and Kasse (54, target 70).",
        "Zwei Momente der Wahrheit verfehlen ihr Ziel: App (10, Ziel 70) und Kasse (54, Ziel 70).",
    ),
    (
        Kind.STILL,
        [known(), known()],
        "No touchpoint has moved more than chance explains.",
        "Kein Touchpoint hat sich stärker bewegt, als Zufall erklärt.",
    ),
    (
        Kind.STILL,
        [known(), known(change=FEW)],
        "The one touchpoint with enough answers has not moved more than chance explains.",
        "Der eine Touchpoint mit genug Antworten hat sich nicht stärker bewegt, als Zufall erklärt.",
    ),
    (
        Kind.STILL,
        [known(), known(), known(change=FEW)],
        "None of the 2 touchpoints with enough answers has moved more than chance explains.",
        "Von den 2 Touchpoints mit genug Antworten hat sich keiner stärker bewegt, als Zufall erklärt.",
    ),
    (
        Kind.WORSE_SERVED,
        [known("Kasse", served=[served("Tourist", FELL), served("Pendler", FEW)])],
        "At one touchpoint a persona is served worse than the others: Kasse (Tourist).",
        "An einem Touchpoint wird eine Persona schlechter bedient als die anderen: Kasse (Tourist).",
    ),
    (
        Kind.WORSE_SERVED,
        [known("Kasse", served=[served("Tourist", FELL)]), known("App", served=[served("Mara", DEEPER)])],
        "At 2 touchpoints a persona is served worse than the others: App (Mara) and Kasse (Tourist).",
        "An 2 Touchpoints wird eine Persona schlechter bedient als die anderen: App (Mara) und Kasse (Tourist).",
    ),
    (
        Kind.FALLS_SHORT,
        [known("Kasse", gap=Gap(1, 0, FELL)), known("App", gap=Gap(1, 0, STILL))],
        "At one touchpoint customers get less than they expect: Kasse.",
        "An einem Touchpoint bekommen Kunden weniger, als sie erwarten: Kasse.",
    ),
    (
        Kind.FALLS_SHORT,
        [known("Kasse", gap=Gap(1, 0, FELL)), known("App", gap=Gap(1, 0, DEEPER))],
        "At 2 touchpoints customers get less than they expect: App and Kasse.",
        "An 2 Touchpoints bekommen Kunden weniger, als sie erwarten: App und Kasse.",
    ),
    (
        Kind.SILENT,
        [known("Kasse", silence=Silence(40, 2)), known("App", silence=Silence(4, 2))],
        "One touchpoint has fallen silent: Kasse.",
        "Ein Touchpoint ist verstummt: Kasse.",
    ),
    (
        Kind.SILENT,
        [known("Kasse", silence=Silence(40, 2)), known("App", silence=Silence(41, 2))],
        "Two touchpoints have fallen silent: App and Kasse.",
        "Zwei Touchpoints sind verstummt: App und Kasse.",
    ),
    (
        Kind.FEW,
        [known(change=FEW)],
        "There are too few answers to tell whether any touchpoint has moved.",
        "Es gibt zu wenige Antworten, um zu sagen, ob sich ein Touchpoint bewegt hat.",
    ),
    (
        Kind.NEVER_HEARD,
        [unheard("Plakat"), known()],
        "About one touchpoint nobody has said anything yet: Plakat.",
        "Zu einem Touchpoint hat noch niemand etwas gesagt: Plakat.",
    ),
    (
        Kind.NEVER_HEARD,
        [unheard("Plakat"), unheard("Kiosk"), known()],
        "About 2 touchpoints nobody has said anything yet: Plakat and Kiosk.",
        "Zu 2 Touchpoints hat noch niemand etwas gesagt: Plakat und Kiosk.",
    ),
]


@pytest.mark.parametrize(("kind", "rows", "english", "german"), TABLES)
def test_what_is_said_of_a_table(kind: Kind, rows: list[Facts], english: str, german: str) -> None:
    assert OF_TABLE[kind](rows)  # never said where it does not hold
    for language, words in (("en", english), ("de", german)):
        with translation.override(language):
            assert table.SENTENCES[kind](rows) == words


def test_every_kind_has_its_sentence() -> None:
    assert set(table.SENTENCES) == set(OF_TABLE) == {kind for kind, *_ in TABLES}


def test_more_than_twelve_are_counted_in_figures() -> None:
    assert table.drops([known(str(number), change=FELL) for number in range(13)]).startswith("13 fell")
