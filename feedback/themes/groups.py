"""Which terms make a theme: those that stand out on one side, and are used by the same people."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from feedback.themes.odds import standing_out
from feedback.themes.said import Commenter, Kind
from feedback.themes.words import roots_of

FEWEST = 3  # commenters: below that there is no theme
CLEARLY = 1.96  # standard deviations above the rest
MOST = 12  # themes of a kind at a touchpoint; the strongest
MOST_TERMS = 12  # of a theme
WITHIN = 0.6  # of a term's users who named a theme already: then it is one of the theme's terms
ALIKE = 0.5  # of all who use either of two terms and use both: then they are of one theme
PRIOR = 0.1  # of all tokens, as background

Used = tuple[frozenset[str], frozenset[str]]
Users = Mapping[str, frozenset[int]]  # by term, the places of those who use it


@dataclass(frozen=True)
class Found:
    """A theme: its terms, the strongest first, how far that stands out (z), and the places of who named it."""

    terms: tuple[str, ...]
    z: float
    named_by: frozenset[int]


def find(commenters: Sequence[Commenter]) -> dict[Kind, list[Found]]:
    """The themes of each kind, the strongest first: of terms with z > 1.96 that at least three commenters use.

    A commenter counts once a term, however often they use it. Words are weighed against words and pairs against pairs,
    the commenters of one side against all others. The order of the commenters does not matter.
    """
    known = {word for one in commenters for word in one.terms if " " not in word}
    roots = {word: found for word in known if (found := roots_of(word, known))}
    return {kind: _find(_used(commenters, kind, roots)) for kind in Kind}


def named_by(commenters: Sequence[Commenter], kind: Kind, themes: Sequence[Collection[str]]) -> list[frozenset[int]]:
    """For each of these themes of a kind, given by its terms, the places of the commenters who named one of them."""
    wanted = {term for terms in themes for term in terms}
    words = {word for one in commenters for word in one.terms_for(kind) if " " not in word}
    roots = {word: found for word in words if (found := roots_of(word, wanted))}
    used = [one & wanted for one, _ in _used(commenters, kind, roots)]
    return [frozenset(place for place, terms in enumerate(used) if not terms.isdisjoint(theme)) for theme in themes]


def _find(used: Sequence[Used]) -> list[Found]:
    standing: dict[str, float] = {}
    for are_pairs in (False, True):
        here: Counter[str] = Counter()
        there: Counter[str] = Counter()
        for on_side, elsewhere in used:
            here.update(term for term in on_side if (" " in term) == are_pairs)
            there.update(term for term in elsewhere if (" " in term) == are_pairs)
        counts = {term: (here[term], there[term]) for term in here.keys() | there.keys()}
        if background := PRIOR * (here.total() + there.total()):
            found = standing_out(counts, background=background)
            standing |= {term: z for term, z in found.items() if z > CLEARLY and here[term] >= FEWEST}
    return _grouped(standing, _users([on_side for on_side, _ in used], standing))


def _used(commenters: Sequence[Commenter], kind: Kind, roots: Mapping[str, Sequence[str]]) -> list[Used]:
    """By commenter the terms that count on this kind's side, and those that they use only elsewhere."""

    def whole(terms: frozenset[str]) -> frozenset[str]:
        return terms.union(*(roots.get(term, ()) for term in terms))

    sides = ((whole(one.terms_for(kind)), whole(one.terms)) for one in commenters)
    return [(on_side, all_terms - on_side) for on_side, all_terms in sides]


def _users(used: Sequence[frozenset[str]], terms: Mapping[str, float]) -> Users:
    users: dict[str, set[int]] = defaultdict(set)
    for place, on_side in enumerate(used):
        for term in on_side & terms.keys():
            users[term].add(place)
    return {term: frozenset(places) for term, places in users.items()}


def _grouped(standing: Mapping[str, float], users: Users) -> list[Found]:
    """Terms of the same people together, the strongest one first."""
    groups: list[_Group] = []
    for term in sorted(standing, key=lambda one: (-standing[one], -len(one), one)):
        group = next((group for group in groups if group.is_of(users[term])), None)
        if group is not None:
            group.add(term, users[term])
        elif len(groups) < MOST:
            groups.append(_Group([term], users[term], users[term]))
    return [Found(tuple(group.terms), standing[group.terms[0]], group.named_by) for group in groups]


@dataclass
class _Group:
    terms: list[str]
    leading: frozenset[int]  # who use the first of them
    named_by: frozenset[int]

    def is_of(self, users: frozenset[int]) -> bool:
        """Whether the users of another term are mostly of this group, or about those of its first term."""
        shared = len(users & self.leading)
        same = shared >= ALIKE * (len(users) + len(self.leading) - shared)
        return same or len(users & self.named_by) >= WITHIN * len(users)

    def add(self, term: str, users: frozenset[int]) -> None:
        if len(self.terms) < MOST_TERMS:
            self.terms.append(term)
            self.named_by |= users
