"""What many customers say in the same words: pure arithmetic over their comments (SCORING §10)."""

from feedback.themes.groups import FEWEST, Found, find, named_by
from feedback.themes.odds import standing_out
from feedback.themes.said import Commenter, Kind, Side, commenter, labels
from feedback.themes.words import LONGEST_TERM, fold, may_name, terms_of

__all__ = [
    "FEWEST",
    "LONGEST_TERM",
    "Commenter",
    "Found",
    "Kind",
    "Side",
    "commenter",
    "find",
    "fold",
    "labels",
    "may_name",
    "named_by",
    "standing_out",
    "terms_of",
]
