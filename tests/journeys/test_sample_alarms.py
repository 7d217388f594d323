"""The year of the sample has a deterioration that is found, complaints that are looked after, and reviewed measures.

Nobody is told of it.
"""

import pytest

from feedback.actions import tell_cases
from feedback.models import Case
from journeys.sample.load import load_sample
from measures.actions import remind_of_reviews
from measures.models import Review
from tests.answering import Clock
from touchpoints.models import Alarm, Chart
from workspaces.models import User


@pytest.mark.usefixtures("no_doorbell")
def test_the_sample_shows_what_got_worse_cases_and_what_measures_did(
    at: Clock, olga: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr("touchpoints.actions.alarms.tell", lambda *who, **what: told.append(what))
    sample = load_sample(language="en", by=olga)
    assert Chart.objects.of(sample).count() > 20
    alarms = Alarm.objects.of(sample).filter(kind="deterioration", state="open")
    found = set(alarms.values_list("subject__touchpoint__name", "metric"))
    assert ("Delay information", "csat") in found
    assert len(found) <= 3
    assert told == []
    cases = Case.objects.of(sample).order_by("-opened_at")
    stand = [(case.state, case.is_overdue, case.outcome) for case in cases]
    assert stand == [("open", False, ""), ("in_hand", True, ""), ("closed", False, "recovered")]
    assert tell_cases() == 0
    verdicts = Review.objects.of(sample).order_by("measure__title").values_list("measure__title", "verdict")
    assert dict(verdicts) == {
        "Wallet pass in two taps": "works",
        "Coach number in the push alert": "partly",
        "Offers by home station": "no_effect",
        "Keep the basket on a bank redirect": "too_early",
    }
    assert remind_of_reviews() == 0
