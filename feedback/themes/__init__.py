"""What many customers say in the same words: pure arithmetic over their comments (SCORING §10)."""

from feedback.themes.groups import FEWEST, MOST, Found, find
from feedback.themes.odds import standing_out
from feedback.themes.said import Commenter, Kind, Side, commenter, labels
from feedback.themes.words import fold, is_named, terms_of, worded

__all__ = [
    "FEWEST",
    "MOST",
    "Commenter",
    "Found",
    "Kind",
    "Side",
    "commenter",
    "find",
    "fold",
    "is_named",
    "labels",
    "standing_out",
    "terms_of",
    "worded",
]
