"""To which cause what customers name belongs, by a table of words that the team edits: without a database.

A word of the table is found in what customers name where it stands by itself, in capitals or not and with ae for ä;
from four letters on also with an ending (Verspätungen, delayed), and from five on at the end of a longer word
(Zugpersonal). Several words are found one behind the other.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from feedback.themes import fold

Words = tuple[str, ...]

BENDS = 4  # letters from which on a word may have an ending
ENDING = 3  # letters of the longest
ROOT = 5  # letters from which on a word may end a longer one
HEAD = 3  # letters at least that stand before it there: „Kartenautomat“

_WORDS = re.compile(r"[^\W_]+")


class Found(NamedTuple):
    """The cause of which most words were found, these words as the table has them, and others with as many."""

    cause: str
    words: Sequence[str]
    tied: Sequence[str]


class _Entry(NamedTuple):
    cause: str
    written: str


class Causes:
    """A table, ready to sort by. `table`: by cause its words; of equals the cause that stands first in it counts."""

    def __init__(self, table: Mapping[str, Iterable[str]]) -> None:
        self.order = list(table)
        self.entries: dict[Words, _Entry] = {}
        for cause, lines in table.items():
            for written in lines:
                if words := words_of(written):
                    self.entries.setdefault(words, _Entry(cause, written))
        self.lengths = sorted({len(words) for words in self.entries}, reverse=True)

    def of(self, texts: Iterable[str]) -> Found | None:
        """The cause of what is named in these words; None where the table has none of them.

        Each word of the table counts once, however often it is found.
        """
        found: dict[str, dict[str, None]] = defaultdict(dict)  # ordered, each once
        for text in texts:
            for entry in self._found(words_of(text)):
                found[entry.cause].setdefault(entry.written)
        if not found:
            return None
        first, *others = sorted(found, key=lambda cause: (-len(found[cause]), self.order.index(cause)))
        return Found(first, list(found[first]), [one for one in others if len(found[one]) == len(found[first])])

    def _found(self, said: Words) -> Iterator[_Entry]:
        """What stands there, the longest first: a word that is part of several counts as part of that."""
        place = 0
        while place < len(said):
            size, entry = self._at(said, place)
            if entry:
                yield entry
            place += size

    def _at(self, said: Words, place: int) -> tuple[int, _Entry | None]:
        for size in self.lengths:
            words = said[place : place + size]
            if len(words) == size and (entry := self._entry(words)):
                return size, entry
        return 1, None

    def _entry(self, words: Words) -> _Entry | None:
        """The one that these words are; of several the longest, and the one that stands at the beginning."""
        if len(words) > 1:
            forms = [frozenset(forms_of(word)) for word in words]
            known = [entry for entry in self.entries if _are(entry, forms)]
            return self.entries[max(known, key=lambda entry: (sum(map(len, entry)), entry))] if known else None
        roots = [root for root in forms_of(words[0]) if (root,) in self.entries]
        return self.entries[(max(roots, key=len),)] if roots else None  # of equals the first: from the beginning


def words_of(text: str) -> Words:
    """The words of a text as they are compared."""
    return tuple(_WORDS.findall(fold(text)))


def forms_of(word: str) -> Iterator[str]:
    """All that a folded word may be a form or a compound of, itself first."""
    size = len(word)
    for start in (0, *range(HEAD, size - ROOT + 1)):
        shortest = ROOT if start else BENDS
        yield from (
            word[start:end] for end in range(size, size - ENDING - 1, -1) if end == size or end - start >= shortest
        )


def named_twice(table: Mapping[str, Iterable[str]]) -> str:
    """A word that stands under two causes, however it is written there; empty where none does."""
    under: dict[Words, str] = {}
    for cause, lines in table.items():
        for written in lines:
            if under.setdefault(words_of(written), cause) != cause:
                return written
    return ""


def _are(entry: Words, forms: Sequence[Collection[str]]) -> bool:
    return len(entry) == len(forms) and all(word in of for word, of in zip(entry, forms, strict=True))
