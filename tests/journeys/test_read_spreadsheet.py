"""What a spreadsheet is understood to say, without a database: lists and grids as people have them."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from feedback.files import Settings, read_table
from feedback.files.sniff import sniff
from journeys.exchange.blank import COLUMNS, blank, header_of
from journeys.exchange.reading import Reading, understand
from journeys.exchange.sheet import Layout, Plan, guess
from journeys.exchange.values import Unread, read
from journeys.exchange.words import Meaning, meaning_of, phase_of
from tests.journeys.sheets import LIST, workbook
from touchpoints.models import PhaseKind


def opened(content: bytes) -> tuple[Plan, Any]:
    settings = sniff(content)
    rows = read_table(content, Settings.from_json({**settings.as_json(), "header": 0, "first": 1})).rows
    return guess(rows), rows


def understood(content: bytes, **owners: Any) -> Reading:
    plan, rows = opened(content)
    return understand(rows, plan, owners=owners)


def told(reading: Reading) -> dict[str, str]:
    return {kind: " ".join(one.name for one in reading.stations if one.phase == kind) for kind in PhaseKind.values}


def test_a_list_in_german_with_merged_phases() -> None:
    plan, rows = opened(workbook(LIST))
    assert (plan.layout, plan.header) == (Layout.LIST, 1)
    reading = understand(rows, plan, owners={"leitstelle": "the team"})
    assert told(reading) == {
        "awareness": "Plakat",
        "consideration": "Fahrplan Tarife",
        "purchase": "Automat",
        "retention": "",
        "advocacy": "",
    }
    first, second = reading.stations[:2]
    assert (first.channel, first.placed["assumed_emotion"]) == (("Werbung",), Decimal("0.5"))
    assert (second.pains, second.facts["owner"], second.placed["moment_of_truth"]) == (
        ("zu klein", "veraltet"),
        "the team",
        True,
    )
    assert [one.lanes for one in reading.stations] == [{"Wetter": "heiter"}, {}, {}, {}]
    assert reading.stations[3].placed["customer_action"] == "=SUMME(A1)", "a text that looks like a formula is a text"
    assert reading.labels["consideration"] == "Erwägung"
    assert [(one.cell, one.why) for one in reading.problems] == [
        ("G4", "There is no team or member “Niemand”."),
        ("H4", "“vielleicht” is neither yes nor no."),
        ("E5", "7 does not lie between -2 and 2."),
        ("B6", "Nobody has said which phase “Nachher” is."),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_list_as_text_in_any_encoding(encoding: str, delimiter: str) -> None:
    lines = ["Phase", "Touchpoint", "Gefühl"], ["Befürwortung", "Erzählung", "−1" if encoding != "cp1252" else "-1"]
    text = "\r\n".join(delimiter.join(line) for line in lines)
    reading = understood(text.encode(encoding))
    assert [(one.phase, one.name) for one in reading.stations] == [("advocacy", "Erzählung")]
    assert reading.stations[0].placed == {"assumed_emotion": Decimal(-1)}
    assert not reading.problems


def test_a_grid_with_lines_in_cells() -> None:
    grid = [
        ["", "Aufmerksamkeit", "Kauf"],
        ["Touchpoints", "• Plakat\n• Anzeige", "Automat"],
        ["Handlungen", "1. sieht\n2. tippt", "wartet\nund zahlt"],
        ["Emotion", "1\n-2", "0"],
        ["Probleme", "zu klein", "Schlange\nkein Wechselgeld"],
        ["Vision", "mehr", "weniger"],
    ]
    plan, rows = opened(workbook(grid))
    reading = understand(rows, plan, owners={})
    assert plan.layout == Layout.GRID
    assert told(reading)["awareness"] == "Plakat Anzeige"
    assert [one.placed.get("customer_action") for one in reading.stations] == ["sieht", "tippt", "wartet und zahlt"]
    assert [one.placed["assumed_emotion"] for one in reading.stations] == [1, -2, 0]
    assert reading.stations[2].pains == ("Schlange", "kein Wechselgeld")
    assert reading.stations[2].lanes == {"Vision": "weniger"}
    assert [(one.cell, one.why) for one in reading.problems] == [
        ("B5", "As many lines as touchpoints are needed, or none: here 1 for 2."),
        ("B6", "As many lines as touchpoints are needed, or none: here 1 for 2."),
    ]


def test_a_grid_with_a_phase_merged_over_columns_and_a_lane_over_rows() -> None:
    grid = [
        ["Our journey", "", "", ""],
        ["", "Awareness", "", "Purchase"],
        ["Touchpoint", "Poster", "Advert", "Machine"],
        ["Pain points", "small", "", "queue"],
        ["", "wet", "", ""],
    ]
    reading = understood(workbook(grid, merged=["B2:C2"]))
    assert told(reading)["awareness"] == "Poster Advert"
    assert told(reading)["purchase"] == "Machine"
    assert [one.pains for one in reading.stations] == [("small", "wet"), (), ("queue",)]
    assert not reading.problems


def test_what_stands_twice_or_is_too_long_is_named() -> None:
    rows = [
        ["Phase", "Touchpoint", "Quote"],
        ["Kauf", "Kiosk", "x" * 501],
        ["Kauf", "KIOSK", ""],
        ["Kauf", "y" * 201, ""],
    ]
    reading = understood(workbook(rows))
    assert [one.name for one in reading.stations] == ["Kiosk"]
    assert [(one.cell, one.why.partition(".")[0].partition(";")[0]) for one in reading.problems] == [
        ("C2", "501 characters are too many"),
        ("B3", "It stands on the map already, from B2"),
        ("B4", "201 characters are too many"),
    ]


def test_500_rows_and_no_more_than_a_map_holds() -> None:
    rows: list[list[str]] = [["Phase", "Touchpoint"], *(["Purchase", f"Kiosk {number}"] for number in range(500))]
    assert len(understood(workbook(rows)).stations) == 500
    rows += [["Purchase", f"Stall {number}"] for number in range(501)]
    reading = understood(workbook(rows))
    assert len(reading.stations) == 1000
    assert "More than 1000 touchpoints" in reading.problems[-1].why


def test_what_cannot_be_stored_is_left_out() -> None:
    reading = understood("Phase\tTouchpoint\nPurchase\tKi\x00osk\u202e".encode())
    assert reading.stations[0].name == "Kiosk"


@pytest.mark.parametrize(
    ("text", "feeling"),
    [("2", "2"), ("-0,5", "-0.5"), ("−1", "-1"), ("+1", "1"), ("😡", "-2"), (":-)", "1"), ("sehr positiv", "2")],
)
def test_feelings_are_numbers_faces_or_words(text: str, feeling: str) -> None:
    assert read(Meaning.EMOTION, text, scale="-2..2", owners={}) == Decimal(feeling)


@pytest.mark.parametrize(("text", "feeling"), [("1", "-2"), ("3", "0"), ("4", "1"), ("5", "2")])
def test_feelings_from_one_to_five(text: str, feeling: str) -> None:
    assert read(Meaning.EMOTION, text, scale="1..5", owners={}) == Decimal(feeling)


def test_the_scale_is_that_of_all_numbers() -> None:
    rows: list[list[object]] = [["Phase", "Touchpoint", "Emotion"], ["Kauf", "A", 4], ["Kauf", "B", 1.5]]
    plan, _rows = opened(workbook(rows))
    assert plan.scale == "1..5"


@pytest.mark.parametrize(
    ("meaning", "text", "value"),
    [
        (Meaning.SHARE, "60 %", 60),
        (Meaning.SHARE, 0.35, 35),
        (Meaning.IMPORTANCE, "hoch", 5),
        (Meaning.IMPORTANCE, 3, 3),
        (Meaning.MOMENT, "nein", False),
        (Meaning.DEVICE, "Smartphone", "phone"),
        (Meaning.CONTACT, "persönlich", "personal"),
    ],
)
def test_other_values(meaning: Meaning, text: object, value: object) -> None:
    assert read(meaning, text, scale="-2..2", owners={}) == value


@pytest.mark.parametrize(
    ("meaning", "text"),
    [
        (Meaning.EMOTION, "3"),
        (Meaning.EMOTION, "so-so la la"),
        (Meaning.SHARE, "101"),
        (Meaning.IMPORTANCE, "2.5"),
        (Meaning.IMPORTANCE, "9"),
        (Meaning.EMOTION, "NaN"),
        (Meaning.DEVICE, "toaster"),
    ],
)
def test_nothing_is_guessed(meaning: Meaning, text: str) -> None:
    with pytest.raises(Unread):
        read(meaning, text, scale="-2..2", owners={})


@pytest.mark.parametrize("word", ["1. Awareness", "Phase 1: Aufmerksamkeit", "AWARENESS", "awareness "])
def test_phases_by_name(word: str) -> None:
    assert phase_of(word) == PhaseKind.AWARENESS


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Erwägung", "consideration"),
        ("Weiterempfehlung", "advocacy"),
        ("Fürsprache", "advocacy"),
        ("Erhalt", "retention"),
    ],
)
def test_synonyms_of_phases(word: str, kind: str) -> None:
    assert phase_of(word) == kind


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_empty_template_is_understood(language: str) -> None:
    with translation.override(language):
        assert [meaning_of(header_of(meaning)) for meaning, _width in COLUMNS] == [one for one, _width in COLUMNS]
        plan, _rows = opened(blank())
        assert list(plan.meanings.values()) == [meaning for meaning, _width in COLUMNS]
        assert [phase_of(kind.label) for kind in PhaseKind] == list(PhaseKind)
