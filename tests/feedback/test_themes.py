"""Words that the unhappy use more than the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.themes import standing_out

COUNTS = st.dictionaries(st.text(min_size=1), st.tuples(st.integers(0, 500), st.integers(0, 500)), max_size=8)


def test_the_worked_example() -> None:
    found = standing_out({"warten": (8, 2), "hotline": (5, 6), "gut": (1, 20)}, background=20)
    assert {word: round(z, 4) for word, z in found.items()} == {"warten": 2.7304, "hotline": 0.7943, "gut": -3.5418}


@given(COUNTS, st.floats(0.1, 1000))
def test_seen_from_the_other_side_a_word_stands_out_as_far_below(
    counts: dict[str, tuple[int, int]], background: float
) -> None:
    found = standing_out(counts, background=background)
    turned = standing_out({word: (there, here) for word, (here, there) in counts.items()}, background=background)
    assert found.keys() == counts.keys()
    assert turned == pytest.approx({word: -z for word, z in found.items()}, abs=1e-9)


@pytest.mark.parametrize("counts", [{}, {"warten": (0, 0)}, {"warten": (7, 3)}, {"warten": (7, 3), "gut": (0, 0)}])
def test_with_nothing_to_compare_no_word_stands_out(counts: dict[str, tuple[int, int]]) -> None:
    assert not any(standing_out(counts, background=1).values())
