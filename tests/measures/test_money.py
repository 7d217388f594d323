"""What later money is worth today."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.money import net_present_value, payback, present_values
from personas.worth import lifetime_value

INVESTED = [-1000, 500, 500, 500]
FLOWS = st.lists(st.integers(-1000, 1000).map(float), min_size=1, max_size=12)


def test_the_worked_examples() -> None:
    assert round(net_present_value(INVESTED, 0.10), 4) == 243.4260
    assert payback(INVESTED) == 2
    assert round(payback(INVESTED, 0.10) or 0, 4) == 2.3520
    assert round(lifetime_value(100, 0.85, 0.10), 4) == 340.0000


@pytest.mark.parametrize(
    ("flows", "years"), [([0], 0), ([], None), ([-1], None), ([-100, 50, 49], None), ([-100, 0, 400], 1.25)]
)
def test_what_never_pays_back_has_no_payback(flows: list[float], years: float | None) -> None:
    assert payback(flows) == years


@given(FLOWS, st.floats(0, 1))
def test_it_has_paid_back_by_the_end_exactly_where_the_balance_was_once_not_negative(
    flows: list[float], discount: float
) -> None:
    values = present_values(flows, discount)
    balances = [sum(values[:year]) for year in range(1, len(values) + 1)]
    years = payback(flows, discount)
    if any(balance > 1e-6 for balance in balances):
        assert years is not None
        assert 0 <= years <= len(flows) - 1
    if all(balance < -1e-6 for balance in balances):
        assert years is None


@given(st.floats(1, 1000), st.floats(0, 0.95), st.floats(0, 1))
def test_a_customers_value_is_that_of_the_margins_of_all_years(margin: float, stays: float, discount: float) -> None:
    margins = [0.0, *(margin * stays**year for year in range(1, 500))]
    assert lifetime_value(margin, stays, discount) == pytest.approx(net_present_value(margins, discount), rel=1e-6)


@pytest.mark.parametrize(("stays", "discount"), [(1, 0.1), (-0.1, 0.1), (0.5, -0.1)])
def test_an_impossible_rate_is_refused(stays: float, discount: float) -> None:
    with pytest.raises(ValueError, match="Retention"):
        lifetime_value(100, stays, discount)


def test_a_rate_that_takes_all_is_refused() -> None:
    with pytest.raises(ValueError, match="discount"):
        present_values(INVESTED, -1)
