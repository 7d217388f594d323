"""Scales, what an answer is worth, and what is no answer."""

from fractions import Fraction
from types import SimpleNamespace

import pytest

from touchpoints.health.metrics import COUNTED, SCALES, Metric, Refusal, scale_of, scales_of, squared_worth, worth

NPS, CSAT5, CSAT7 = scale_of("nps", "0-10"), scale_of("csat", "1-5"), scale_of("csat", "1-7")


def test_every_scale_has_a_short_and_unique_name_by_which_it_is_found():
    assert len({scale.key for scale in SCALES}) == len(SCALES)
    for scale in SCALES:
        assert len(scale.code) <= 8
        assert scale_of(scale.metric.value, scale.code) is scale
        assert scale in scales_of(scale.metric)


@pytest.mark.parametrize(
    ("metric", "key"),
    [("nps", "nps:0-10"), ("csat", "csat:1-5"), ("emotion", "emotion:-2-2"), ("complaint", "complaint:1-3")],
)
def test_names_are_stable(metric, key):
    assert scales_of(metric)[0].key == key


@pytest.mark.parametrize(("metric", "code"), [("csat", "1-6"), ("nps", "1-10"), ("joy", "1-5"), ("nps", "")])
def test_an_undeclared_scale_is_refused(metric, code):
    with pytest.raises(ValueError, match="declared"):
        scale_of(metric, code)


@pytest.mark.parametrize(
    ("metric", "code", "worths"),
    [
        ("nps", "0-10", [0] * 7 + [50, 50, 100, 100]),
        ("csat", "1-5", [0, 25, 50, 75, 100]),
        ("csat", "1-7", [Fraction(100 * i, 6) for i in range(7)]),
        ("ces", "1-7", [Fraction(100 * i, 6) for i in range(7)]),
        ("ces", "1-5", [0, 25, 50, 75, 100]),
        ("ces", "1-5r", [100, 75, 50, 25, 0]),
        ("ces", "1-7r", [Fraction(100 * i, 6) for i in reversed(range(7))]),
        ("rating", "1-5", [0, 25, 50, 75, 100]),
        ("emotion", "-2-2", [0, 25, 50, 75, 100]),
    ],
)
def test_what_an_answer_is_worth(metric, code, worths):
    scale = scale_of(metric, code)
    assert scale.utilities == tuple(worths)
    one_each = [1] * len(scale.values)
    assert worth(scale, one_each) == sum(worths)
    assert squared_worth(scale, one_each) == sum(Fraction(w) ** 2 for w in worths)


def test_the_mean_worth_of_nps_answers_is_nps_moved_to_0_to_100():
    counts = [1, 0, 2, 0, 0, 3, 3, 5, 3, 9, 10]  # 9 detractors, 8 passives, 19 promoters
    assert worth(NPS, counts) / 36 == (Fraction(100 * (19 - 9), 36) + 100) / 2


@pytest.mark.parametrize("scale", [scale for scale in SCALES if scale.metric in COUNTED], ids=lambda scale: scale.key)
def test_what_is_merely_counted_has_no_worth(scale):
    with pytest.raises(ValueError, match="is counted and has no worth"):
        worth(scale, [1] * len(scale.values))


@pytest.mark.parametrize(
    ("metric", "code", "top"),
    [
        ("csat", "1-5", (4, 5)),
        ("csat", "1-7", (6, 7)),
        ("rating", "1-5", (4, 5)),
        ("ces", "1-7", (5, 6, 7)),
        ("ces", "1-5", (4, 5)),
        ("ces", "1-5r", (1, 2)),
        ("ces", "1-7r", (1, 2, 3)),
        ("nps", "0-10", ()),
        ("emotion", "-2-2", ()),
    ],
)
def test_top_answers(metric, code, top):
    assert scale_of(metric, code).top_values == top


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.key)
def test_every_value_of_a_scale_is_read_and_its_neighbours_are_refused(scale):
    for place, value in enumerate(scale.values):
        assert scale.read(value) == value
        assert scale.read(float(value)) == value
        assert scale.read_text(f" {value} ") == value
        assert scale.index(value) == place
    for value in (scale.low - 1, scale.high + 1):
        assert scale.read(value) is Refusal.OUT_OF_RANGE
        assert scale.read_text(str(value)) is Refusal.OUT_OF_RANGE
        with pytest.raises(ValueError, match="range"):
            scale.index(value)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (None, Refusal.EMPTY),
        ("", Refusal.EMPTY),
        (True, Refusal.BOOLEAN),
        (False, Refusal.BOOLEAN),
        ("7", Refusal.NOT_A_NUMBER),
        ("n/a", Refusal.NOT_A_NUMBER),
        ([7], Refusal.NOT_A_NUMBER),
        (SimpleNamespace(), Refusal.NOT_A_NUMBER),
        (float("nan"), Refusal.NOT_A_NUMBER),
        (float("inf"), Refusal.NOT_A_NUMBER),
        (7.5, Refusal.DECIMAL),
        (11.5, Refusal.DECIMAL),
        (11, Refusal.OUT_OF_RANGE),
        (-1, Refusal.OUT_OF_RANGE),
        (10**400, Refusal.OUT_OF_RANGE),
        (1e300, Refusal.OUT_OF_RANGE),
    ],
)
def test_a_value_that_is_no_answer_is_refused_with_its_reason(raw, reason):
    assert NPS.read(raw) is reason


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("7", 7),
        ("07", 7),
        ("+7", 7),
        ("7.0", 7),
        ("7,00", 7),
        ("\t10\n", 10),
        ("", Refusal.EMPTY),
        ("   ", Refusal.EMPTY),
        ("TRUE", Refusal.BOOLEAN),
        ("n/a", Refusal.NOT_A_NUMBER),
        ("seven", Refusal.NOT_A_NUMBER),
        ("=7", Refusal.NOT_A_NUMBER),
        ("7/10", Refusal.NOT_A_NUMBER),
        ("1e1", Refusal.NOT_A_NUMBER),
        ("NaN", Refusal.NOT_A_NUMBER),
        ("-", Refusal.NOT_A_NUMBER),
        ("٧", Refusal.NOT_A_NUMBER),
        ("7.5", Refusal.DECIMAL),
        (",5", Refusal.DECIMAL),
        ("1,000", Refusal.DECIMAL),  # a thousand, not a one
        ("11", Refusal.OUT_OF_RANGE),
        ("-1", Refusal.OUT_OF_RANGE),
        ("9" * 5000, Refusal.OUT_OF_RANGE),
    ],
)
def test_a_text_is_read_as_an_answer_or_refused_with_its_reason(text, answer):
    assert NPS.read_text(text) == answer


def test_a_typographic_minus_is_a_minus():
    assert scale_of("emotion", "-2-2").read_text("−2") == -2


def test_metrics_without_a_scale_have_none():
    assert scales_of("joy") == ()
    assert {scale.metric for scale in SCALES} == set(Metric)
