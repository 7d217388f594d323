"""What a comment is about: its words and pairs of words, as they are compared."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from feedback.themes.stopwords import SILENT, TURNING

LONGEST = 40  # letters of a word; what is longer was not written by hand
SHORTEST = 3
LONGEST_TERM = 2 * LONGEST + 1  # a pair
ROOT = 5  # letters from which on a word is looked for within longer ones
HEAD = 3  # letters at least that stand before it there: „Schalter“ in „Kartenschalter“, not „warten“ in „erwarten“

_SPELLING = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "’": "", "'": "", "\N{SOFT HYPHEN}": ""})
_SENTENCES = re.compile(r"[.!?…;\n•]+")
_BREAKS = re.compile(r"[,:()\[\]„“”\"«»/–—]+|\s-\s")
_WORDS = re.compile(r"\w+(?:['’-]\w+)*")
_TITLES = re.compile(r"\b(?:[Hh]err[n]?|[Ff]rau|[Mm]rs?|[Mm]s|[Mm]iss|[Dd]r)\b\.?\s+(?:Dr\.\s+)?\w+(?:-\w+)*")


def fold(text: str) -> str:
    """The text as it is compared: NFC, casefolded, ä as ae, ß as ss, without apostrophes."""
    return unicodedata.normalize("NFC", text).casefold().translate(_SPELLING)


def sentences(text: str) -> list[str]:
    """The sentences of a text. People who are named by their title, and what was masked, are taken out."""
    return [one for one in _SENTENCES.split(_TITLES.sub(" • ", text)) if one.strip()]


def terms_of(text: str, *, names: Collection[str] = ()) -> frozenset[str]:
    """The words and pairs of neighbouring words of a text, folded. `names`: folded words that are never among them.

    A word has letters only, three at least, and is none that says nothing. A pair may begin with a word that turns the
    other into its opposite.
    """
    return frozenset(term for term, _ in _terms(text, frozenset(names)))


def may_name(terms: Iterable[str], text: str) -> bool:
    """Whether a text may name one of these terms: false only where it certainly does not. Quick."""
    folded = fold(text).replace("-", "")
    return any(all(word in folded for word in term.split()) for term in terms)


def roots_of(word: str, known: Collection[str]) -> list[str]:
    """The `known` words of which this one is a form or a compound: they begin it, or end it after three letters.

    So Verspätungen and Zugverspätung are about Verspätung. A root has five letters at least.
    """
    size = len(word)
    beginnings = (word[:end] for end in range(ROOT, size))
    endings = (word[start:] for start in range(HEAD, size - ROOT + 1))
    return sorted({root for root in (*beginnings, *endings) if root in known})


def worded(texts: Iterable[str], terms: Collection[str]) -> dict[str, str]:
    """How people write these terms: for each the spelling that most of the texts use."""
    seen: dict[str, Counter[str]] = {term: Counter() for term in terms}
    for text in texts:
        for term, written in dict(_terms(text, frozenset())).items():
            if term in seen:
                seen[term][written] += 1
    return {
        term: max(counted, key=lambda one: (counted[one], one), default=term)  # of equals always the same
        for term, counted in seen.items()
    }


def _terms(text: str, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    # Each term with its spelling here
    for sentence in sentences(text):
        for clause in _BREAKS.split(sentence):
            before = None
            for written in _words(clause):
                word = fold(written).replace("-", "")
                says = _says(word) and word not in names
                if says:
                    yield word, written
                    if before:
                        yield f"{before[0]} {word}", f"{before[1]} {written}"
                before = (word, written) if says or word in TURNING else None


def _words(clause: str) -> Iterator[str]:
    """Words; those with a hyphen apart, but for Wi-Fi, E-Mail and check-in, of which a part is no word by itself."""
    for found in _WORDS.findall(clause):
        parts = found.split("-")
        if len(parts) > 1 and min(map(len, parts)) < SHORTEST:
            yield found
        else:
            yield from parts


def _says(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and word.isalpha() and word not in SILENT
