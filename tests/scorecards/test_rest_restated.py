"""GET scores/?restated=true: each day as it is known today, beside what was known then."""

import pytest
from django.test import Client

from personas.models import Persona
from tests.answering import TODAY, Clock, Given
from tests.scorecards.pulling import scores, sent, table, told
from touchpoints.actions import close_days, fold_all
from touchpoints.models import Touchpoint


def test_each_day_may_be_told_as_it_is_known_today(
    tess: Client, delays: Touchpoint, commuter: Persona, at: Clock, given: Given
) -> None:
    given(delays, *[5] * 10, persona=commuter)
    fold_all()
    at.pass_days(2)
    close_days()
    given(delays, *[1] * 10, occurred_at=TODAY, persona=commuter)
    fold_all()
    for series in ("totals=true", f"persona={commuter.pk}"):
        path = f"?touchpoint={delays.pk}&{series}"
        first, _second, today = scores(tess, f"{path}&restated=true")
        assert first["restated"] + 15 < first["score"]
        assert (today["restated"], today["restated_exact"]) == (today["score"], today["exact"])
        assert first["restated_exact"] == pytest.approx(today["exact"], abs=1)  # the same answers in its window
        assert set(told(scores(tess, path), "restated", "restated_exact")) == {(None, None)}
        rows = table(tess, f"{path}&restated=true", Accept="text/csv")
        assert rows[0]["restated"] == str(first["restated"])
        assert sent(tess, f"scores/{path}&restated=true") == sent(tess, f"scores/{path}") + 3


def test_what_was_not_known_on_a_day_is_not_restated_as_a_number(
    tess: Client, delays: Touchpoint, at: Clock, given: Given
) -> None:
    given(delays, 5)
    fold_all()
    (row,) = scores(tess, f"?touchpoint={delays.pk}&totals=true&restated=true")
    assert (row["score"], row["restated"], row["restated_exact"]) == (None, None, None)
