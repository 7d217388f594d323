"""Which words the unhappy use more than the others: arithmetic over counts of commenters (SCORING §10)."""

from collections.abc import Mapping
from math import log, sqrt


def standing_out(commenters: Mapping[str, tuple[int, int]], *, background: float) -> dict[str, float]:
    """How far each word stands out among the unhappy: z of its log-odds with informative Dirichlet prior [26].

    `commenters`: by word, how many unhappy ones and how many others use it. `background`: words that the prior is
    worth (> 0), shared out as both together use them. A word that nobody uses, or the only one, does not stand out: 0.
    """
    unhappy, others = (sum(side) for side in zip(*commenters.values(), strict=True)) if commenters else (0, 0)
    found = {}
    for word, (here, there) in commenters.items():
        if not 0 < here + there < unhappy + others:
            found[word] = 0.0
            continue
        prior = background * (here + there) / (unhappy + others)
        odds = log((here + prior) / (unhappy + background - here - prior))
        other_odds = log((there + prior) / (others + background - there - prior))
        found[word] = (odds - other_odds) / sqrt(1 / (here + prior) + 1 / (there + prior))
    return found
