"""Words that the unhappy use more than the others."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.themes import (
    Commenter,
    Found,
    Kind,
    Side,
    commenter,
    find,
    fold,
    labels,
    named_by,
    standing_out,
    terms_of,
)
from feedback.themes.groups import CLEARLY

COUNTS = st.dictionaries(st.text(min_size=1), st.tuples(st.integers(0, 500), st.integers(0, 500)), max_size=8)
WORDS = st.sampled_from(["Aufzug", "Verspätung", "Zugverspätung", "Ticket", "Zug", "Preis", "Toilette", "kein", "App"])
COMMENTS = st.lists(
    st.tuples(st.sampled_from(Side), st.lists(WORDS, min_size=1, max_size=6).map(" ".join)), min_size=1, max_size=40
)
Comment = tuple[Side, str]


def commented(*comments: Comment) -> list[Commenter]:
    return [commenter(side, text) for side, text in comments]


def found(comments: list[Comment], kind: Kind) -> dict[tuple[str, ...], int]:
    """How many named each theme of that kind."""
    return {theme.terms: len(theme.named_by) for theme in find(commented(*comments))[kind]}


def several(side: Side, *texts: str) -> list[Comment]:
    return [(side, text) for text in texts]


UNHAPPY = several(
    Side.UNHAPPY,
    "Der Aufzug war kaputt.",
    "Aufzug schon wieder außer Betrieb!",
    "Ohne AUFZUG komme ich nicht hoch",
    "Zu teuer.",
    "Laut und voll.",
)
HAPPY = several(
    Side.HAPPY,
    "Freundliches Personal",
    "Sauber und pünktlich",
    "Das Personal hat geholfen",
    "Personal war nett",
    "Ruhig",
)
OTHERS = several(Side.NEITHER, *["Mit der Bahn zur Arbeit, im Wagen mit Fahrrad und Laptop"] * 8)


def test_the_worked_example() -> None:
    found = standing_out({"warten": (8, 2), "hotline": (5, 6), "gut": (1, 20)}, background=20)
    assert {word: round(z, 4) for word, z in found.items()} == {"warten": 2.7304, "hotline": 0.7943, "gut": -3.5418}


@settings(deadline=None)
@given(COUNTS, st.floats(0.1, 1000))
def test_seen_from_the_other_side_a_word_stands_out_as_far_below(
    counts: dict[str, tuple[int, int]], background: float
) -> None:
    found = standing_out(counts, background=background)
    turned = standing_out({word: (there, here) for word, (here, there) in counts.items()}, background=background)
    assert found.keys() == counts.keys()
    assert turned == pytest.approx({word: -z for word, z in found.items()}, abs=1e-9)


@pytest.mark.parametrize("counts", [{}, {"warten": (0, 0)}, {"warten": (7, 3)}, {"warten": (7, 3), "gut": (0, 0)}])
def test_with_nothing_to_compare_no_word_stands_out(counts: dict[str, tuple[int, int]]) -> None:
    assert not any(standing_out(counts, background=1).values())


def test_what_the_unhappy_say_is_a_pain_and_what_the_happy_say_is_praise() -> None:
    comments = UNHAPPY + HAPPY + OTHERS
    assert found(comments, Kind.PAIN) == {("aufzug",): 3}
    assert found(comments, Kind.PRAISE) == {("personal",): 3}
    turned = [(Side(-side), text) for side, text in comments]
    assert found(turned, Kind.PRAISE) == {("aufzug",): 3}


def test_two_customers_are_no_theme_however_clearly_they_say_it() -> None:
    assert ("aufzug",) in found(UNHAPPY[:3] + OTHERS * 9, Kind.PAIN)
    assert found(UNHAPPY[1:3] + OTHERS * 9, Kind.PAIN) == {}


@settings(deadline=None)
@given(COMMENTS, st.randoms(use_true_random=False))
def test_the_order_of_the_comments_does_not_matter(comments: list[Comment], chance: random.Random) -> None:
    shuffled = chance.sample(comments, len(comments))
    for kind in Kind:
        assert found(shuffled, kind) == found(comments, kind)


@settings(deadline=None)
@given(COMMENTS, st.data())
def test_who_repeats_a_word_counts_once(comments: list[Comment], data: st.DataObject) -> None:
    repeated = [(side, f"{text}. {data.draw(st.sampled_from(text.split()))}") for side, text in comments]
    for kind in Kind:
        assert found(repeated, kind) == found(comments, kind)


@settings(deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=12), st.integers(1, 9))
def test_what_both_sides_say_as_often_is_no_theme(texts: list[str], times: int) -> None:
    comments = several(Side.UNHAPPY, *texts) + several(Side.HAPPY, *texts) * times
    assert found(comments, Kind.PAIN) == {}
    assert found(comments, Kind.PRAISE) == {}


@settings(deadline=None)
@given(COMMENTS)
def test_every_theme_stands_out_and_has_three_customers(comments: list[Comment]) -> None:
    told = commented(*comments)
    for kind, themes in find(told).items():
        assert named_by(told, kind, [theme.terms for theme in themes]) == [theme.named_by for theme in themes]
        for theme in themes:
            assert theme.z > CLEARLY
            assert len(theme.named_by) >= 3
            assert all(told[place].terms_for(kind) for place in theme.named_by)


def test_compounds_and_forms_of_a_word_count_for_it() -> None:
    said = several(Side.UNHAPPY, "Diese Verspätung!", "Ständig Verspätungen", "Wieder eine Zugverspätung")
    assert found(said + UNHAPPY[3:] + HAPPY + OTHERS, Kind.PAIN) == {("verspaetung",): 3}


def test_words_only_begin_alike() -> None:
    said = several(Side.UNHAPPY, "Lange warten", "Das war zu erwarten", "Der Wart kam nie")
    assert found(said + UNHAPPY[3:] + HAPPY + OTHERS, Kind.PAIN) == {}


def test_words_of_the_same_customers_are_one_theme() -> None:
    said = several(Side.UNHAPPY, *["Der Aufzug ist außer Betrieb"] * 4, *["Das Netz war gestört"] * 4)
    themes = found(said + HAPPY + OTHERS, Kind.PAIN)
    assert len(themes) == 2
    assert {frozenset(terms) for terms in themes} == {
        frozenset({"aufzug", "ausser", "betrieb", "ausser betrieb"}),
        frozenset({"netz", "gestoert"}),
    }


@pytest.mark.parametrize(
    "wish",
    [
        "Bitte mehr Steckdosen",
        "Es sollte Steckdosen geben",
        "Ich wünsche mir Steckdosen",
        "Steckdosen wären sehr schön",
        "Hätte gerne Steckdosen",
        "Please add steckdosen",
        "There should be steckdosen",
        "Would be nice to have steckdosen",
        "I would love some steckdosen",
        "I wish there were steckdosen",
    ],
)
def test_a_wish_is_known_by_how_it_is_said(wish: str) -> None:
    assert commenter(Side.HAPPY, f"{wish}. Personal nett.").wished >= {"steckdosen"}
    assert "personal" not in commenter(Side.HAPPY, f"{wish}. Personal nett.").wished


@pytest.mark.parametrize(
    "text", ["Es gab Steckdosen. Personal nett.", "The coach stood where it should.", "Er stand, wo er stehen sollte."]
)
def test_what_is_as_it_should_be_is_no_wish(text: str) -> None:
    assert commenter(Side.HAPPY, text).wished == frozenset()


def test_what_many_wish_is_a_wish_whatever_they_answered() -> None:
    wishes = [
        (Side.HAPPY, "Bitte mehr Steckdosen."),
        (Side.UNHAPPY, "Steckdosen wären schön"),
        (Side.NEITHER, "Es sollte Steckdosen geben"),
    ]
    assert found(wishes + UNHAPPY + HAPPY + OTHERS, Kind.WISH) == {("steckdosen",): 3}


def test_neither_names_nor_numbers_nor_masks_become_a_theme() -> None:
    text = "Frau Schmidt in Wagen 23, ICE1703, war mit Edda Klein am Schalter, Buchung ••• am 3. März"
    assert terms_of(text, names={"edda", "klein"}) == {"wagen", "schalter", "buchung"}


def test_spellings_are_one() -> None:
    assert fold("Verspa\u0308tung STRASSE") == fold("Verspaetung Straße")
    assert terms_of("Wi-Fi") == terms_of("WiFi") == {"wifi"}
    assert terms_of("Don’t wait") == terms_of("Don't wait") == {"wait", "dont wait"}
    assert terms_of("WLAN-Passwort") == {"wlan", "passwort", "wlan passwort"}


def test_what_turns_a_word_stays_with_it() -> None:
    assert terms_of("Kein Netz, nie pünktlich.") == {"netz", "kein netz", "puenktlich", "nie puenktlich"}
    assert terms_of("There was no receipt") == {"receipt", "no receipt"}


def test_a_theme_is_called_as_people_write_it() -> None:
    texts = ["Der Aufzug ist außer Betrieb", "aufzug AUSSER BETRIEB", "Aufzug außer Betrieb."]
    assert labels([("aufzug", "ausser", "ausser betrieb", "betrieb")], texts) == ["Aufzug, außer Betrieb"]
    assert labels([("kein netz", "netz")], ["kein Netz", "kein Netz"]) == ["Kein Netz"]


def test_the_strongest_come_first() -> None:
    said = several(Side.UNHAPPY, *["Aufzug kaputt"] * 9, *["Netz weg"] * 5)
    themes: list[Found] = find(commented(*said, *HAPPY, *OTHERS))[Kind.PAIN]
    assert [len(theme.named_by) for theme in themes] == [9, 5]
