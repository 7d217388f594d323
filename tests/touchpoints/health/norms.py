"""Norms and charts for tests, of shares that are known."""

from collections.abc import Sequence

from touchpoints.health.alarms import SHIFT, Norm, Weighing, Worths, weighing_of, worths_of

NPS, CSAT, EFFORT = worths_of("nps", "0-10"), worths_of("csat", "1-5"), worths_of("ces", "1-7r")


def shares_of(**by_value: float) -> tuple[float, ...]:
    """Shares of the values 0-10, as in `shares_of(v3=0.2, v10=0.8)`."""
    shares = [0.0] * 11
    for value, share in by_value.items():
        shares[int(value.removeprefix("v"))] = share
    return tuple(shares)


def norm(
    shares: tuple[float, ...] | None = None,
    *,
    worths: Worths = NPS,
    per_day: float = 4.0,
    dispersion: float = 1.0,
    answers: int = 10**15,
) -> Norm:
    """A norm that is as good as certain, so that lowering it by its standard error changes nothing that is seen."""
    shares = shares or shares_of(v3=0.2, v8=0.3, v10=0.5)
    mean = mean_of(worths, shares)
    variance = sum(p * (float(u) - mean) ** 2 for p, u in zip(shares, worths, strict=True))
    return Norm(shares=shares, mean=mean, variance=variance, answers=answers, per_day=per_day, dispersion=dispersion)


def charted(base: Norm, *, worths: Worths = NPS, shift: float = SHIFT) -> Weighing:
    """The weighing of a norm that has one."""
    found = weighing_of(worths, base, shift)
    assert found is not None
    return found


def mean_of(worths: Worths, shares: Sequence[float]) -> float:
    return sum(p * float(u) for p, u in zip(shares, worths, strict=True))
