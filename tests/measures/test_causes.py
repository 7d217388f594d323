"""To which cause what customers name belongs: by a table of words, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures import cause_words
from measures.causes import Causes, forms_of, named_twice, words_of

TABLE = {
    "people": ["unfreundlich", "rude", "keine Ahnung", "Personal"],
    "process": ["Verspätung", "wait", "sign up", "Formular"],
    "technical": ["Automat", "signal", "App"],
    "communication": ["Durchsage", "sign", "told", "nobody told"],
}
WORDS = st.sampled_from([word for words in TABLE.values() for word in words])


def sorted_to(*texts: str) -> str:
    found = Causes(TABLE).of(texts)
    return found.cause if found else ""


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Rude!", "people"),
        ("RUDE staff", "people"),
        ("unfreundliches Verhalten", "people"),
        ("Verspaetung", "process"),
        ("viele Verspätungen", "process"),
        ("Zugverspätungen", "process"),
        ("waiting, waited", "process"),
        ("Kartenautomaten", "technical"),
        ("hat keine Ahnung davon", "people"),
        ("Durchsagen", "communication"),
        ("the app", "technical"),
        ("the signals", "technical"),  # the longest word that it may be a form of, not „sign“
        ("no signs", "communication"),
        ("sign up again", "process"),  # several words go before one of them
    ],
)
def test_words_are_found_as_people_write_them(text: str, cause: str) -> None:
    assert sorted_to(text) == cause


@pytest.mark.parametrize(
    "text",
    [
        "",
        "…",
        "crude oil",  # no German compound: too few letters stand before it
        "apparently",  # short words have no endings
        "personalisiert",  # longer than an ending
        "keine gute Ahnung",  # not one behind the other
        "freundlich",
        "Wartung",
    ],
)
def test_what_is_not_in_the_table_is_not_guessed(text: str) -> None:
    assert sorted_to(text) == ""


def test_the_cause_with_most_words_counts_and_each_counts_once() -> None:
    found = Causes(TABLE).of(["told, told, told and told", "rude Personal"])
    assert found
    assert found == ("people", ["rude", "Personal"], [])


def test_of_equals_the_first_of_the_table_counts_and_the_others_are_named() -> None:
    for texts in (["signal and rude"], ["rude", "signal"], ["rude signal", "told"]):
        found = Causes(TABLE).of(texts)
        assert found
        assert found.cause == "people"
        assert found.tied == (["technical", "communication"] if "told" in texts else ["technical"])


def test_a_word_under_two_causes_is_found_however_it_is_written() -> None:
    assert named_twice(TABLE) == ""
    assert named_twice({**TABLE, "technical": ["keine  ahnung"]}) == "keine  ahnung"
    assert named_twice({"people": ["Verspätung"], "process": ["VERSPAETUNG"]}) == "VERSPAETUNG"
    assert named_twice({"people": ["rude", "Rude"]}) == ""


def test_the_words_to_begin_with_go_together() -> None:
    table = {
        one.__name__: one()
        for one in (cause_words.people, cause_words.process, cause_words.technical, cause_words.communication)
    }
    assert named_twice(table) == ""
    assert all(words_of(word) and len(word) <= 60 for words in table.values() for word in words)
    for cause, words in table.items():
        for word in words:
            found = Causes(table).of([word])
            assert found
            assert found.cause == cause, word


@given(st.lists(WORDS, min_size=1), st.randoms())
def test_neither_order_nor_capitals_matter(words: list[str], chance: object) -> None:
    texts = list(words)
    chance.shuffle(texts)  # type: ignore[attr-defined]
    one, other = Causes(TABLE).of(words), Causes(TABLE).of([text.upper() for text in texts])
    assert one
    assert other
    assert (one.cause, sorted(one.words), one.tied) == (other.cause, sorted(other.words), other.tied)


@given(st.lists(st.text()))
def test_whatever_is_found_is_in_the_table(texts: list[str]) -> None:
    found = Causes(TABLE).of(texts)
    if found:
        assert set(found.words) <= set(TABLE[found.cause])
        assert found.cause not in found.tied


@given(st.text())
def test_a_word_is_a_form_of_itself_and_forms_are_parts_of_it(text: str) -> None:
    for word in words_of(text):
        forms = list(forms_of(word))
        assert forms[0] == word
        assert all(form in word for form in forms)
        assert len(set(forms)) == len(forms) or len(set(word)) < len(word)
