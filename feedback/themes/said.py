"""What one customer wrote about a touchpoint, and where it counts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from feedback.themes.wishes import wishes_in
from feedback.themes.words import terms_of, worded

LABELLED = 3  # terms at most that make a label


class Kind(StrEnum):
    """What a theme is: what the unhappy say, the happy, or those who want something."""

    PAIN = "pain"
    PRAISE = "praise"
    WISH = "wish"


class Side(IntEnum):
    """How somebody who commented had answered."""

    UNHAPPY = -1
    NEITHER = 0
    HAPPY = 1


@dataclass(frozen=True, slots=True)
class Commenter:
    """One who commented: how they had answered, the terms of all that they wrote, and of its sentences with a wish."""

    side: Side
    terms: frozenset[str]
    wished: frozenset[str]

    def terms_for(self, kind: Kind) -> frozenset[str]:
        """The terms that count for themes of that kind; those of others are what they are compared with."""
        if kind is Kind.WISH:
            return self.wished
        return self.terms if self.side == (Side.UNHAPPY if kind is Kind.PAIN else Side.HAPPY) else frozenset()


def commenter(side: Side, text: str, *, names: Collection[str] = ()) -> Commenter:
    """The commenter who wrote this. `names`: folded words that never become a theme."""
    return Commenter(side, terms_of(text, names=names), terms_of(wishes_in(text), names=names))


def labels(groups: Iterable[Collection[str]], texts: Collection[str]) -> list[str]:
    """What each group of terms is called: its first terms as people write them, none of them within another."""
    shown = [_shortest(list(group)) for group in groups]
    written = worded(texts, {term for group in shown for term in group})
    joined = (", ".join(written[term] for term in group) for group in shown)
    return [label[:1].upper() + label[1:] for label in joined]


def _shortest(terms: list[str]) -> list[str]:
    """The first terms that say it; a pair stands for its words."""
    pairs = [term for term in terms if " " in term]
    within = {word for pair in pairs for word in pair.split()}
    return [term for term in terms if term not in within][:LABELLED]
