"""How a finding above a touchpoint reads: both languages, one and several, to the last letter."""

from typing import Any

import pytest
from django.utils import translation

from scorecards.finding import touchpoint
from scorecards.finding.facts import Facts, Gap, Silence
from scorecards.finding.kinds import OF_TOUCHPOINT, Kind
from tests.scorecards.finding.facts import FELL, FEW, ROSE, STILL, change, known, served, unheard
from touchpoints.health.changes import Verdict

DEEPER = change(Verdict.DOWN, -12.3)
TRUTH: dict[str, Any] = {"moment_of_truth": True}
MANY = [known(name, change=FELL) for name in ("A", "B", "C", "D", "E")]

TOUCHPOINTS: list[tuple[Kind, Facts, int, str, str]] = [
    (Kind.POOR, known(number=34), 90, "Health is critical: 34.", "Die Gesundheit ist kritisch: 34."),
    (Kind.POOR, known(number=54), 90, "Health is weak: 54.", "Die Gesundheit ist schwach: 54."),
    (
        Kind.DROPS,
        known(change=FELL),
        90,
        "The drop in health of 9.0 points against the 90 days before is more than chance explains.",
        "Der Rückgang der Gesundheit um 9,0 Punkte gegenüber den 90 Tagen davor ist größer, als Zufall erklärt.",
    ),
    (
        Kind.DROPS,
        known(change=FELL),
        1,
        "The drop in health of 9.0 points against the day before is more than chance explains.",
        "Der Rückgang der Gesundheit um 9,0 Punkte gegenüber dem Tag davor ist größer, als Zufall erklärt.",
    ),
    (
        Kind.RISES,
        known(change=ROSE),
        30,
        "The rise in health of 6.0 points against the 30 days before is more than chance explains.",
        "Der Anstieg der Gesundheit um 6,0 Punkte gegenüber den 30 Tagen davor ist größer, als Zufall erklärt.",
    ),
    (
        Kind.RISES,
        known(change=ROSE),
        1,
        "The rise in health of 6.0 points against the day before is more than chance explains.",
        "Der Anstieg der Gesundheit um 6,0 Punkte gegenüber dem Tag davor ist größer, als Zufall erklärt.",
    ),
    (
        Kind.TRUTH_MISSED,
        known(number=69, **TRUTH),
        90,
        "This moment of truth is 1 point below its target of 70.",
        "Diesem Moment der Wahrheit fehlt 1 Punkt bis zu seinem Ziel von 70.",
    ),
    (
        Kind.TRUTH_MISSED,
        known(number=54, **TRUTH),
        90,
        "This moment of truth is 16 points below its target of 70.",
        "Diesem Moment der Wahrheit fehlen 16 Punkte bis zu seinem Ziel von 70.",
    ),
    (
        Kind.STILL,
        known(),
        90,
        "Against the 90 days before, health has not moved more than chance explains.",
        "Gegenüber den 90 Tagen davor hat sich die Gesundheit nicht stärker bewegt, als Zufall erklärt.",
    ),
    (
        Kind.STILL,
        known(),
        1,
        "Against the day before, health has not moved more than chance explains.",
        "Gegenüber dem Tag davor hat sich die Gesundheit nicht stärker bewegt, als Zufall erklärt.",
    ),
    (
        Kind.WORSE_SERVED,
        known(served=[served("Tourist", DEEPER), served("Mara", STILL)]),
        90,
        "One persona is served worse here than the others: Tourist (−12.3 points).",
        "Eine Persona wird hier schlechter bedient als die anderen: Tourist (−12,3 Punkte).",
    ),
    (
        Kind.WORSE_SERVED,
        known(served=[served("Mara", FELL), served("Tourist", DEEPER)]),
        90,
        "Two personas are served worse here than the others: Tourist (−12.3 points) and Mara (−9.0 points).",
        "Zwei Personas werden hier schlechter bedient als die anderen: Tourist (−12,3 Punkte) und Mara (−9,0 Punkte).",
    ),
    (
        Kind.FALLS_SHORT,
        known(gap=Gap(1.2, -0.34, FELL)),
        90,
        "Customers get less than they expect: +1.2 expected, −0.3 perceived.",
        "Kunden bekommen weniger, als sie erwarten: erwartet +1,2, wahrgenommen −0,3.",
    ),
    (
        Kind.SILENT,
        known(silence=Silence(40, 1)),
        90,
        "Nothing has been heard for 40 days; until then answers usually came every day.",
        "Seit 40 Tagen ist nichts zu hören; bis dahin kamen meist jeden Tag Antworten.",
    ),
    (
        Kind.SILENT,
        known(silence=Silence(40, 3)),
        90,
        "Nothing has been heard for 40 days; until then answers usually came every 3 days.",
        "Seit 40 Tagen ist nichts zu hören; bis dahin kamen meist alle 3 Tage Antworten.",
    ),
    (
        Kind.FEW,
        known(change=FEW),
        90,
        "There are too few answers to tell whether health has moved.",
        "Es gibt zu wenige Antworten, um zu sagen, ob sich die Gesundheit bewegt hat.",
    ),
    (
        Kind.FEW,
        known(number=None, answers=1, change=FEW),
        90,
        "Health is unknown: 1 answer is too little to say more.",
        "Gesundheit unbekannt: 1 Antwort ist zu wenig, um mehr zu sagen.",
    ),
    (
        Kind.FEW,
        known(number=None, answers=3, change=FEW),
        90,
        "Health is unknown: 3 answers are too few to say more.",
        "Gesundheit unbekannt: 3 Antworten sind zu wenig, um mehr zu sagen.",
    ),
    (
        Kind.LAPSED,
        known(number=None, answers=0, change=FEW),
        90,
        "Health is unknown: last heard March 2026.",
        "Gesundheit unbekannt: zuletzt gehört im März 2026.",
    ),
    (
        Kind.NEVER_HEARD,
        unheard(),
        90,
        "Health is unknown: nobody has answered yet.",
        "Gesundheit unbekannt: Noch hat niemand geantwortet.",
    ),
    (
        Kind.NEVER_HEARD,
        unheard(of_persona=True),
        90,
        "Health is unknown: nobody of this persona has answered yet.",
        "Gesundheit unbekannt: Von dieser Persona hat noch niemand geantwortet.",
    ),
]


@pytest.mark.parametrize(("kind", "facts", "days", "english", "german"), TOUCHPOINTS)
def test_what_is_said_of_a_touchpoint(kind: Kind, facts: Facts, days: int, english: str, german: str) -> None:
    assert OF_TOUCHPOINT[kind](facts)
    for language, words in (("en", english), ("de", german)):
        with translation.override(language):
            assert touchpoint.SENTENCES[kind](facts, days) == words


def test_every_kind_has_its_sentence() -> None:
    assert set(touchpoint.SENTENCES) == set(OF_TOUCHPOINT) == {kind for kind, *_ in TOUCHPOINTS}
