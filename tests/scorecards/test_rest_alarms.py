"""Alarms for programs: listed, followed and acknowledged."""

import pytest

from tests.rest import Rest
from tests.touchpoints.watching import begin, worsen
from touchpoints.models import Alarm

pytestmark = pytest.mark.usefixtures("no_doorbell")


@pytest.fixture
def alarm(at, workspace, delays):
    """CSAT of the delay information got worse."""
    begin(at, delays)
    return worsen(at, delays)


def test_a_program_reads_what_was_raised(alarm, delays, tess):
    [told] = [one for one in Rest(tess).get("alarms/").json()["results"] if one["kind"] == "deterioration"]
    assert (told["subject"], told["touchpoint"], told["journey"]) == ("touchpoint", delays.pk, None)
    assert (told["metric"], told["scale"], told["since"]) == ("csat", "1-5", alarm.since.isoformat())
    assert (told["before"], told["before_answers"], told["after"]) == (81.25, 720, alarm.after)
    assert (told["state"], told["acknowledged_by"]) == ("open", None)


def test_below_five_answers_no_number_is_told(alarm, tess):
    Alarm.objects.update(after_answers=4)
    told = Rest(tess).get(f"alarms/{alarm.pk}/").json()
    assert (told["after"], told["after_answers"]) == (None, 4)


def test_it_asks_for_some_only(alarm, delays, counter, tess):
    rest = Rest(tess)

    def found(query):
        return [one["id"] for one in rest.get(f"alarms/?kind=deterioration&{query}").json()["results"]]

    assert found("state=open") == found(f"touchpoint={delays.pk}") == [alarm.pk]
    assert found("state=acknowledged") == found(f"touchpoint={counter.pk}") == []
    assert found("updated_since=2026-01-01T00:00:00Z") == [alarm.pk]
    assert rest.get("alarms/?state=closed").status_code == 400


def test_a_program_acknowledges_once(alarm, tess):
    rest = Rest(tess)
    for note in ("Seen", "Again"):
        answer = rest.post(f"alarms/{alarm.pk}/acknowledge/", {"note": note})
        assert answer.status_code == 200
        assert answer.json()["state"] == "acknowledged"
        assert (answer.json()["acknowledged_by"], answer.json()["note"]) == ("Tess", "Seen")


def test_a_stale_version_is_refused(alarm, tess):
    Alarm.objects.update(version=3)
    answer = Rest(tess).post(f"alarms/{alarm.pk}/acknowledge/", {"version": 2})
    assert answer.status_code == 412
    assert answer.json()["current"]["version"] == 3


def test_what_late_answers_took_back_is_refused(at, alarm, tess):
    Alarm.objects.update(state="restated", restated_at=at.now)
    assert Rest(tess).post(f"alarms/{alarm.pk}/acknowledge/", {}).status_code == 422


def test_nothing_but_the_note_is_set(alarm, tess):
    rest = Rest(tess)
    assert rest.post(f"alarms/{alarm.pk}/acknowledge/", {"state": "open", "since": "2020-01-01"}).status_code == 200
    told = rest.get(f"alarms/{alarm.pk}/").json()
    assert (told["state"], told["since"]) == ("acknowledged", alarm.since.isoformat())
    assert rest.post(f"alarms/{alarm.pk}/acknowledge/", {"mood": "bad"}).status_code == 400
