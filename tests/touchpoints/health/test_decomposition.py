"""Why a health changed: by scores and by the mix, adding up to the change, also as shown."""

from decimal import Decimal
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchpoints.health.bands import shown_number
from touchpoints.health.combine import weigh
from touchpoints.health.decomposition import ShownShift, decompose, shown_shifts
from touchpoints.health.estimate import Estimate
from touchpoints.health.usual import Component


def estimate(component, score, n, mass=10):
    return Estimate(
        component=component,
        answers=n,
        n_eff=n,
        raw=score,
        score=score,
        sd=4,
        credibility=n / (n + mass),
        prior_mean=70,
        prior_mass=mass,
    )


def health(estimates):
    return weigh(estimates)


@st.composite
def healths(draw):
    components = draw(st.lists(st.sampled_from(Component), min_size=1, unique=True))
    return health([estimate(one, draw(st.floats(0, 100)), draw(st.integers(1, 500))) for one in components])


def test_a_change_as_worked_by_hand():
    before = health([estimate(Component.CSAT, 66, 30), estimate(Component.NPS, 45, 5, 15)])  # shares 7/8 and 1/8
    after = health([estimate(Component.CSAT, 70, 30), estimate(Component.NPS, 41, 45, 15)])  # 7/10 and 3/10
    assert (before.score, after.score) == pytest.approx((63.375, 61.3))
    csat, nps = decompose(before, after)
    assert (csat.component, nps.component) == (Component.CSAT, Component.NPS)
    middle = (63.375 + 61.3) / 2
    assert (csat.score, nps.score) == pytest.approx((0.7875 * 4, 0.2125 * -4))
    assert (csat.mix, nps.mix) == pytest.approx((-0.175 * (68 - middle), 0.175 * (43 - middle)))
    assert shown_shifts(before, after, 1) == (  # -2.1 in all: 63.4 to 61.3
        ShownShift(Component.CSAT, Decimal("3.2"), Decimal("-1.0")),
        ShownShift(Component.NPS, Decimal("-0.9"), Decimal("-3.4")),
    )


def test_a_component_that_comes_or_goes_changes_the_mix_only():
    alone = health([estimate(Component.CSAT, 80, 30)])
    both = health([estimate(Component.CSAT, 80, 30), estimate(Component.CES, 40, 90)])
    csat, ces = decompose(alone, both)
    assert (csat.score, ces.score) == (0, 0)
    assert csat.mix + ces.mix == pytest.approx(both.score - alone.score)
    assert ces.mix < 0
    assert [(shift.score, shift.mix) for shift in decompose(both, alone)] == [(0, -csat.mix), (0, -ces.mix)]


def test_components_that_change_places_entirely_are_mix_alone():
    before, after = health([estimate(Component.NPS, 30, 9)]), health([estimate(Component.CSAT, 75, 9)])
    assert [(shift.component, shift.score, shift.mix) for shift in decompose(before, after)] == [
        (Component.CSAT, 0, 75 - 52.5),
        (Component.NPS, 0, 52.5 - 30),
    ]


@given(healths(), healths())
def test_the_shifts_add_up_to_the_change(before, after):
    shifts = decompose(before, after)
    assert fsum(shift.score + shift.mix for shift in shifts) == pytest.approx(after.score - before.score, abs=1e-9)
    back = decompose(after, before)
    assert [(-shift.score, -shift.mix) for shift in back] == [(shift.score, shift.mix) for shift in shifts]


@given(healths(), healths())
def test_as_shown_they_add_up_to_the_difference_of_the_scores_as_shown(before, after):
    shown = shown_shifts(before, after)
    change = shown_number(after.score) - shown_number(before.score)
    assert sum(shift.score + shift.mix for shift in shown) == change
    for exact, rounded in zip(decompose(before, after), shown, strict=True):
        assert abs(rounded.score - Decimal(exact.score)) < 1
        assert abs(rounded.mix - Decimal(exact.mix)) < 1


@given(healths())
def test_nothing_changed_is_shown_as_nothing(health):
    for shift in shown_shifts(health, health, 1):
        assert (str(shift.score), str(shift.mix)) == ("0.0", "0.0")
