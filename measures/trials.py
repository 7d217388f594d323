"""Whether one of two groups did better: the tests of an A/B experiment (SCORING §8), without a database.

Groups are (hits, customers); the interval of their difference is `touchpoints.health.changes.share_difference`.
"""

from math import erfc, exp, sqrt

Group = tuple[int, int]


def pooled_p(one: Group, other: Group) -> float:
    """How often chance alone would show as large a difference, when looked at once, at the planned size; 0-1."""
    (hits, n), (other_hits, other_n) = one, other
    together = (hits + other_hits) / (n + other_n)
    variance = together * (1 - together) * (1 / n + 1 / other_n)
    return erfc(abs(hits / n - other_hits / other_n) / sqrt(2 * variance)) if variance else 1.0


def always_valid_p(one: Group, other: Group, *, expected: float) -> float:
    """The same where one may look at any time and stop: of all looks until now the least holds; 0-1 [23].

    By the mixture sequential probability ratio test. `expected`: how large a difference is thought likely, as a
    standard deviation above 0 of a normal law around none.
    """
    (hits, n), (other_hits, other_n) = one, other
    share, other_share = hits / n, other_hits / other_n
    variance, mixed = share * (1 - share) / n + other_share * (1 - other_share) / other_n, expected * expected
    if not variance:
        return 1.0  # nobody, or everybody: nothing is known yet of how it varies
    squared = (share - other_share) ** 2
    exponent = squared * mixed / (2 * variance * (variance + mixed))
    return min(1.0, sqrt((variance + mixed) / variance) * exp(-exponent))
