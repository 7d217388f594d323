"""Names of employees, as a workspace lists them, taken out of what customers write. No database.

An entry that is one word (Müller) is found where it is written with a capital, unless the list itself writes it in
small letters (müller): then in any case. Of one that is several words (Anna Müller) the whole name is found in any case
and order, and behind a title (Frau Müller) its last name alone. All of them with an s at the end, and with ae or
a for ä.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from feedback.masking import EMAIL, MASK, masked

WORD = re.compile(r"[^\W\d_]+")
BETWEEN = re.compile(r"[ \t\n.,'’-]{1,3}")  # the words of one name
TITLES = frozenset(WORD.findall("frau fr herr herrn hr kollege kollegen kollegin mr mrs ms miss mister dr prof"))
PARTICLES = frozenset(WORD.findall("von van vom zu zum der de den di da del la ten ter el al"))
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_VOWELS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})

Words = tuple[str, ...]


class Where(Enum):
    """Where a name counts as one: anywhere, written with a capital, or behind a title."""

    ANYWHERE = 1
    CAPITAL = 2
    TITLED = 3


class Sought(NamedTuple):
    """A name by its words as they are compared."""

    words: Words
    where: Where


class Token(NamedTuple):
    """A word of a text, as it is compared, and where it stands."""

    word: str
    start: int
    end: int


class Names:
    """The names of a list, one a line, ready to be found. Without any it is false."""

    def __init__(self, lines: str) -> None:
        self.by_first: dict[str, set[Sought]] = defaultdict(set)
        self.whole: set[Words] = set()
        for line in unicodedata.normalize("NFC", lines).splitlines():
            for sought in _sought(line):
                self.by_first[sought.words[0]].add(sought)
                if sought.where is not Where.ANYWHERE or len(sought.words) == 1:
                    self.whole.add(sought.words)

    def __bool__(self) -> bool:
        return bool(self.by_first)

    def out_of(self, text: str) -> str:
        """The text without these names. Quick where it has none of their words."""
        if self.by_first.keys().isdisjoint(WORD.findall(_folded(text))):
            return text
        text = unicodedata.normalize("NFC", text)
        kept, reached = [], 0
        for start, end in self._spans(text):
            kept += [text[reached:start], MASK]
            reached = end
        return "".join([*kept, text[reached:]])

    def is_one(self, text: str) -> bool:
        """Whether the text is nothing but a last name, with or without title, initials and numbers, in any case."""
        words = tuple(word for word in WORD.findall(_folded(text)) if len(word) > 1 and word not in TITLES)
        return words in self.whole

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        tokens = [Token(_folded(found.group()), *found.span()) for found in WORD.finditer(text)]
        place = 0
        while place < len(tokens):
            size = max((len(s.words) for s in self._at(text, tokens, place)), default=0)
            if size:
                yield tokens[place].start, tokens[place + size - 1].end
            place += size or 1

    def _at(self, text: str, tokens: list[Token], place: int) -> Iterator[Sought]:
        """The names that begin with this word."""
        for sought in self.by_first.get(tokens[place].word, ()):
            some = tokens[place : place + len(sought.words)]
            if tuple(token.word for token in some) != sought.words or not _stands_alone(text, some):
                continue
            if sought.where is Where.CAPITAL and not text[some[0].start].isupper():
                continue
            if sought.where is Where.TITLED and not _is_titled(text, tokens, place):
                continue
            yield sought


class Masker:
    """Takes out of what customers say what could tell who they are, and whom they met. `names`: a workspace's."""

    def __init__(self, names: str) -> None:
        self.names = Names(names)

    def comment(self, text: str) -> str:
        """A comment without either."""
        text = masked(text)
        return self.names.out_of(text) if self.names and text else text

    def value(self, text: str) -> str:
        """What answers are cut by, without names and e-mail addresses; codes in it mean something."""
        if "@" in text:
            text = EMAIL.sub(MASK, text)
        if not self.names or not text:
            return text
        return MASK if self.names.is_one(text) else self.names.out_of(text)


@lru_cache(maxsize=64)
def masker_of(names: str) -> Masker:
    """The masker for a list, one name a line; made once a process, for most lists stay as they are."""
    return Masker(names)


def _folded(text: str) -> str:
    text = text.lower()
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text).translate(_UMLAUTS)
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def _sought(line: str) -> Iterator[Sought]:
    last, _comma, first = line.partition(",")
    spelled = [words for piece in f"{first} {last}".split() if (words := WORD.findall(piece))]
    parts = [words for words in spelled if words[0].lower() not in TITLES]
    if not parts:
        return
    titled = len(parts) < len(spelled)
    for fold in (_folded, _plain):
        folded = [tuple(map(fold, words)) for words in parts]
        family = _family(folded)
        name: Words = tuple(chain.from_iterable(family))
        given: Words = tuple(chain.from_iterable(folded[: len(folded) - len(family)]))
        if given:
            for whole in ((*given, *name), (*name, *given), (given[0], *name), (*name, given[0])):
                yield from _inflected(whole, Where.ANYWHERE)
        elif not titled:
            yield from _inflected(name, Where.ANYWHERE if line == line.lower() else Where.CAPITAL)
        yield from _inflected(name, Where.TITLED)
        yield from _inflected(family[-1], Where.TITLED)


def _family(parts: list[Words]) -> list[Words]:
    """The last name: with what stands before it, as in von der Leyen."""
    start = len(parts) - 1
    while start > 0 and parts[start - 1][0] in PARTICLES:
        start -= 1
    return parts[start:]


def _inflected(words: Words, where: Where) -> Iterator[Sought]:
    yield Sought(words, where)
    yield Sought((*words[:-1], f"{words[-1]}s"), where)


def _plain(word: str) -> str:
    return _folded(word.lower().translate(_VOWELS))


def _stands_alone(text: str, some: list[Token]) -> bool:
    """Whether its words belong together, and are not a part of another word such as Müller-Straße."""
    start, end = some[0].start, some[-1].end
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    if re.search(r"[\d_]$|\w-$", before) or re.match(r"[\d_]|-\w", after):
        return False
    return all(BETWEEN.fullmatch(text, one.end, two.start) for one, two in pairwise(some))


def _is_titled(text: str, tokens: list[Token], place: int) -> bool:
    """Whether a title stands before it, with or without an initial between them."""
    before = place - 1
    if before > 0 and tokens[before].end - tokens[before].start == 1:
        before -= 1
    if before < 0 or tokens[before].word not in TITLES:
        return False
    between = text[tokens[before].end : tokens[place].start]
    return len(between) <= 5 and not re.search(r"[!?;:\n]", between)
