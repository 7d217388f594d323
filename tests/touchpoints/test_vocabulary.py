"""Facts and arithmetic speak of the same things."""

from touchpoints import models
from touchpoints.health import metrics


def test_models_and_arithmetic_know_the_same_metrics():
    assert {*models.Metric.values, *models.Usage.values} == {metric.value for metric in metrics.Metric}


def test_every_scale_fits_its_columns():
    for scale in metrics.SCALES:
        assert len(scale.metric) <= models.DailyCell._meta.get_field("metric").max_length
        assert len(scale.code) <= models.DailyCell._meta.get_field("scale").max_length
