"""Period figures against the worked examples and against scipy and statsmodels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from touchpoints.health.figures import Z95, mean, needed_n, nps, period_figures, proportion
from touchpoints.health.metrics import COUNTED, SCALES, scale_of

CSAT5 = scale_of("csat", "1-5")


def counts_on(scale, most=40):
    size = len(scale.values)
    return st.lists(st.integers(0, most), min_size=size, max_size=size)


def answers(scale, counts):
    return [value for value, count in zip(scale.values, counts, strict=True) for _ in range(count)]


def test_nps_as_worked_by_hand():
    figure = nps(19, 9, 36)
    assert figure.value == pytest.approx(27.7778, abs=5e-5)
    assert (figure.low, figure.high) == pytest.approx((-0.4415, 51.7235), abs=5e-5)


def test_proportion_as_worked_by_hand():
    figure = proportion(23, 60)
    assert (figure.low, figure.high) == pytest.approx((0.2709, 0.5098), abs=5e-5)


@given(st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_proportion_equals_wilson_of_statsmodels(case):
    hits, n = case
    figure = proportion(hits, n)
    assert (figure.low, figure.high) == pytest.approx(proportion_confint(hits, n, method="wilson"), abs=1e-12)
    assert 0 <= figure.low <= figure.value <= figure.high <= 1
    assert figure.low < figure.high


@given(counts_on(CSAT5))
def test_mean_equals_the_t_or_normal_interval_of_scipy(counts):
    given_answers = answers(CSAT5, counts)
    n = len(given_answers)
    if len(set(given_answers)) < 2:
        return
    error = stats.sem(given_answers)
    centre = sum(given_answers) / n
    law = stats.t(n - 1, centre, error) if n < 30 else stats.norm(centre, error)
    figure = mean(CSAT5, counts)
    assert figure.value == pytest.approx(centre)
    assert figure.low == pytest.approx(max(1, law.ppf(0.025)), abs=1e-9)
    assert figure.high == pytest.approx(min(5, law.ppf(0.975)), abs=1e-9)


@pytest.mark.parametrize("n", range(2, 32))
def test_every_quantile_is_that_of_scipy(n):
    scale = scale_of("nps", "0-10")
    counts = [1, 0, 0, 0, 0, n - 1, 0, 0, 0, 0, 0]
    figure = mean(scale, counts)
    law = stats.t(n - 1) if n < 30 else stats.norm()
    margin = law.ppf(0.975) * stats.sem(answers(scale, counts))
    assert figure.high == pytest.approx(min(10, figure.value + margin), abs=1e-9)


@pytest.mark.parametrize("scale", [s for s in SCALES if s.metric not in COUNTED], ids=lambda s: s.key)
@pytest.mark.parametrize("n", [1, 2, 5, 40, 1000])
def test_equal_answers_leave_an_interval_on_the_scale(scale, n):
    for place in range(len(scale.values)):
        counts = [0] * len(scale.values)
        counts[place] = n
        figure = mean(scale, counts)
        assert scale.low <= figure.low <= figure.value <= figure.high <= scale.high
        assert figure.low < figure.high


def test_equal_answers_are_spread_by_one_more_over_the_scale():
    figure = mean(CSAT5, [0, 5, 0, 0, 0])
    spread = sum(weight * value**2 for value, weight in zip(range(1, 6), [0.2, 5.2, 0.2, 0.2, 0.2], strict=True)) / 6
    variance = spread - ((5.2 * 2 + 0.2 * 13) / 6) ** 2
    assert figure.high - figure.value == pytest.approx(2.776445 * (variance / 5) ** 0.5, abs=1e-5)


def test_one_answer_says_nothing_about_the_mean():
    figure = mean(CSAT5, [0, 0, 0, 1, 0])
    assert (figure.value, figure.low, figure.high, figure.n) == (4, 1, 5, 1)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_nps_stays_on_its_scale_and_never_vanishes(promoters, passives, detractors):
    n = promoters + passives + detractors
    figure = nps(promoters, detractors, n)
    if not n:
        assert (figure.value, figure.low, figure.high) == (None, None, None)
        return
    assert -100 <= figure.low < figure.high <= 100
    assert figure.value == 100 * (promoters - detractors) / n
    mirrored = nps(detractors, promoters, n)
    assert (mirrored.low, mirrored.high) == pytest.approx((-figure.high, -figure.low))


def test_adjusted_wald_covers_91_percent_where_plain_wald_covers_40():
    n, p, d = 10, 0.95, 0.01
    truth = 100 * (p - d)
    adjusted = plain = 0.0
    for ups in range(n + 1):
        for downs in range(n + 1 - ups):
            chance = stats.multinomial.pmf([ups, downs, n - ups - downs], n, [p, d, 1 - p - d])
            figure = nps(ups, downs, n)
            adjusted += chance * (figure.low <= truth <= figure.high)
            margin = 100 * Z95 * (((ups + downs) / n - ((ups - downs) / n) ** 2) / n) ** 0.5
            plain += chance * (abs(figure.value - truth) <= margin)
    assert (adjusted, plain) == pytest.approx((0.91, 0.40), abs=0.005)


@pytest.mark.parametrize(
    ("margin", "variance", "needed"), [(10, 1.0, 382), (5, 1.0, 1534), (10, 0.5, 190), (100, 1.0, 1)]
)
def test_needed_answers(margin, variance, needed):
    assert needed_n(margin, variance) == needed


def test_needed_answers_keep_the_promised_margin():
    n = needed_n(10)
    assert n == 382
    half = n // 2
    figure = nps(half, n - half, n)
    assert (figure.high - figure.low) / 2 <= 10


@pytest.mark.parametrize("scale", SCALES, ids=lambda s: s.key)
def test_nothing_is_said_without_answers(scale):
    figures = period_figures(scale, [0] * len(scale.values))
    for figure in (figures.headline, figures.top):
        assert figure is None or (figure.value, figure.low, figure.high, figure.n, figure.shown) == (None,) * 3 + (
            0,
            False,
        )


@pytest.mark.parametrize(("n", "shown"), [(0, False), (4, False), (5, True), (6, True)])
def test_fewer_than_five_are_not_shown(n, shown):
    figures = period_figures(CSAT5, [0, 0, n, 0, 0])
    assert figures.headline.shown is shown
    assert figures.top.shown is shown


@pytest.mark.parametrize(
    ("metric", "code", "counts", "headline", "top"),
    [
        ("nps", "0-10", [0, 0, 0, 0, 0, 0, 3, 1, 1, 2, 3], 20, None),
        ("csat", "1-5", [1, 0, 1, 4, 4], 4.0, 0.8),
        ("csat", "1-7", [0, 0, 0, 0, 6, 2, 2], 5.6, 0.4),
        ("ces", "1-7", [2, 0, 0, 2, 2, 2, 2], 4.6, 0.6),
        ("ces", "1-5r", [2, 2, 2, 2, 2], 3.0, 0.4),
        ("rating", "1-5", [5, 0, 0, 0, 5], 3.0, 0.5),
        ("emotion", "-2-2", [5, 0, 0, 0, 0], -2.0, None),
        ("complaint", "1-3", [3, 1, 1], None, None),
    ],
)
def test_each_metric_has_its_own_figures(metric, code, counts, headline, top):
    figures = period_figures(scale_of(metric, code), counts)
    assert figures.counts == tuple(counts)
    for figure, value in ((figures.headline, headline), (figures.top, top)):
        assert (figure and figure.value) == (None if value is None else pytest.approx(value))
