"""What is usual among peers, learnt from the peers themselves: Bühlmann and Straub's credibility (SCORING §2 [7]).

How far touchpoints of one phase (or workspace) differ, against how far the answers of one touchpoint do, says how many
answers what is usual is worth. Every sum is correctly rounded, so that the order of the peers changes no bit.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import fsum
from typing import NamedTuple

from touchpoints.health.decay import Tally, effective_n
from touchpoints.health.estimate import Exposure
from touchpoints.health.metrics import Metric, Scale, scales_of, squared_worth, worth
from touchpoints.health.shrink import tilted

FEWEST_PEERS = 8
FEWEST_ANSWERS = 5  # of one peer, effectively

ANSWER_MASS = (2.0, 100.0)
RATE_MASS = (20.0, 2000.0)


@dataclass(frozen=True, kw_only=True)
class Credibility:
    """What was learnt from so many `peers`: the collective `mean`, worth as much as `mass` answers (or cases).

    `sigma2`: variance of one answer within a touchpoint; `tau2`: variance of the touchpoints' true means, 0 where they
    differ no more than chance would have it. Both in squared units of the mean; mass = sigma2 / tau2, within limits.
    """

    mass: float
    mean: float
    peers: int
    sigma2: float
    tau2: float


@dataclass(frozen=True, kw_only=True)
class Fit(Credibility):
    """For the answers to a metric: the mean is a utility, 0-100. `shares`: of the values of each declared scale."""

    shares: Mapping[Scale, tuple[float, ...]]


@dataclass(frozen=True, kw_only=True)
class RateFit(Credibility):
    """For a rate of bad events: the mean is a share of cases, strictly between 0 and 1."""


class _Peer(NamedTuple):
    n: float  # effective answers or cases
    mean: float
    variance: float  # mean squared deviation from the mean


def fit(metrics: Sequence[Metric], peers: Iterable[Mapping[Scale, Tally]]) -> Fit | None:
    """What is usual for these metrics, pooled through their utilities, among peers given by their tallies.

    None with fewer than 8 peers of 5 effective answers; others do not count. The shares of a scale are the mean of
    the peers', each weighed by its credibility on that scale; where fewer than 8 peers have 5 answers on it, they are
    the uniform ones tilted to the collective mean. The shares of several scales so need not have the same mean.
    Raises ValueError for counts below zero.
    """
    told = [{scale: tally for scale, tally in peer.items() if scale.metric in metrics} for peer in peers]
    counted = [(peer, tallies) for tallies in told if (peer := _peer(tallies))]
    found = _credibility([peer for peer, _ in counted], ANSWER_MASS)
    if found is None:
        return None
    shares = {
        scale: _shares(scale, [tallies[scale] for _, tallies in counted if scale in tallies], found)
        for metric in metrics
        for scale in scales_of(metric)
    }
    return Fit(**vars(found), shares=shares)


def fit_rate(exposures: Iterable[Exposure]) -> RateFit | None:
    """What is usual for a rate among peers; None with fewer than 8 of 5 effective cases.

    The variance within is p(1 - p). Peers with more bad events than cases do not count, for their cases are not all
    known. Where no case was bad, or every one, half of one more case is taken as bad, since nothing is certain.
    Raises ValueError for counts below zero.
    """
    peers = []
    for exposure in exposures:
        if min(exposure.bad, exposure.cases) < 0:
            raise ValueError("Some counts of a peer are below zero.")
        n = effective_n(exposure.cases, exposure.squares)
        if n >= FEWEST_ANSWERS and exposure.bad <= exposure.cases:
            share = Fraction(exposure.bad, exposure.cases)
            peers.append(_Peer(n, float(share), float(share * (1 - share))))
    found = _credibility(peers, RATE_MASS)
    if found is None:
        return None
    mean = found.mean
    if mean in {0, 1}:
        cases = fsum(peer.n for peer in peers)
        mean = (cases * mean + 0.5) / (cases + 1)
    return RateFit(**vars(replace(found, mean=mean)))


def _credibility(peers: Sequence[_Peer], limits: tuple[float, float]) -> Credibility | None:
    """The estimates of Bühlmann and Straub from the peers' effective numbers; `limits` are those of the mass.

    With weighted answers each peer has n - 1 degrees of freedom, n effective: what makes its own variance unbiased.
    """
    if len(peers) < FEWEST_PEERS:
        return None
    least, most = limits
    total = fsum(peer.n for peer in peers)
    sigma2 = fsum(peer.n * peer.variance for peer in peers) / (total - len(peers))
    centre = _mean([(peer.n, peer.mean) for peer in peers])
    spread = fsum(peer.n * (peer.mean - centre) ** 2 for peer in peers) - (len(peers) - 1) * sigma2
    tau2 = max(0.0, total * spread / (total * total - fsum(peer.n * peer.n for peer in peers)))
    mass = min(most, max(least, sigma2 / tau2)) if tau2 else most
    mean = _mean([(peer.n / (peer.n + mass), peer.mean) for peer in peers])
    return Credibility(mass=mass, mean=mean, peers=len(peers), sigma2=sigma2, tau2=tau2)


def _mean(weighed: Sequence[tuple[float, float]]) -> float:
    # Between the smallest and the largest to the last bit: equal values have exactly their own mean.
    values = [value for _, value in weighed]
    mean = fsum(weight * value for weight, value in weighed) / fsum(weight for weight, _ in weighed)
    return min(max(values), max(min(values), mean))


def _peer(tallies: Mapping[Scale, Tally]) -> _Peer | None:
    """One touchpoint by itself, exact until the last divisions; None where it has too few answers to count."""
    if any(count < 0 for tally in tallies.values() for count in tally.sums):
        raise ValueError("Some counts of a peer are below zero.")
    total = sum(sum(tally.sums) for tally in tallies.values())
    n = effective_n(total, sum(tally.squares for tally in tallies.values()))
    if n < FEWEST_ANSWERS:
        return None
    mean = sum((worth(scale, tally.sums) for scale, tally in tallies.items()), Fraction()) / total
    square = sum((squared_worth(scale, tally.sums) for scale, tally in tallies.items()), Fraction()) / total
    return _Peer(n, float(mean), float(square - mean * mean))


def _shares(scale: Scale, tallies: Iterable[Tally], found: Credibility) -> tuple[float, ...]:
    """What is usual on one scale. Answers of equal worth everywhere leave room for one more, spread evenly over it."""
    told = [(effective_n(sum(tally.sums), tally.squares), tally.sums) for tally in tallies]
    told = [(n, sums) for n, sums in told if n >= FEWEST_ANSWERS]
    if len(told) < FEWEST_PEERS:
        return tuple(float(share) for share in tilted(scale, found.mean))
    weighed = [(n / (n + found.mass), sums) for n, sums in told]
    places = range(len(scale.values))
    shares = [_mean([(weight, sums[place] / sum(sums)) for weight, sums in weighed]) for place in places]
    if len({utility for utility, share in zip(scale.utilities, shares, strict=True) if share}) > 1:
        return tuple(shares)
    answers = fsum(n for n, _ in told)
    return tuple((answers * share + 1 / len(shares)) / (answers + 1) for share in shares)
