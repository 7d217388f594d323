"""A touchpoint that cannot be folded or closed holds up no other, is tried again ever more rarely, and is seen.

The controls fold and close as if nobody were ever set aside, and everybody waits for the one.
"""

import datetime
from collections.abc import Callable

import pytest
from django.db.models import QuerySet
from django.test import Client
from structlog.testing import capture_logs

from feedback.actions.recount import differences
from feedback.models import Response
from tests.answering import TODAY, Clock, Given, health, new_touchpoint
from touchpoints.actions import close_days, days, fold, fold_all
from touchpoints.actions.apart import FIRST_PAUSE, LONGEST_PAUSE
from touchpoints.models import HealthScore, Observation, StuckSubject, Subject, Touchpoint, Window
from workspaces.models import Workspace

Poisoned = Callable[[Touchpoint], None]


@pytest.fixture
def ill(at: Clock, workspace: Workspace, given: Given) -> Touchpoint:
    """The first touchpoint of all: every batch begins with it."""
    touchpoint = new_touchpoint(workspace, "Kiosk")
    given(touchpoint, 4)
    return touchpoint


def poison(touchpoint: Touchpoint) -> None:
    """Let its answers be on a scale that nobody has declared, as from a newer version of Etappe."""
    for model in (Observation, Response):
        model.objects.filter(subject=touchpoint.subject_id).update(scale="1-9")


def heal(touchpoint: Touchpoint) -> None:
    """Let the scale be one that is known."""
    for model in (Observation, Response):
        model.objects.filter(subject=touchpoint.subject_id).update(scale="1-5")


def scored() -> set[int]:
    """The subjects that have a score."""
    return set(HealthScore.objects.filter(persona=None).values_list("subject_id", flat=True))


def test_one_that_cannot_be_folded_holds_up_no_other(workspace: Workspace, given: Given, ill: Touchpoint) -> None:
    others = [new_touchpoint(workspace, f"Stop {number}") for number in range(70)]  # more than one batch
    for other in others:
        given(other, *[4] * 5)
    poison(ill)
    fold_all()
    assert scored() == {other.subject_id for other in others}
    assert set(Observation.objects.values_list("subject_id", flat=True)) == {ill.subject_id}
    assert not list(differences(workspace))


def test_without_setting_it_aside_the_others_wait(workspace: Workspace, given: Given, ill: Touchpoint) -> None:
    given(new_touchpoint(workspace, "Stop"), 4)
    poison(ill)
    for _ in range(3):
        with pytest.raises(ValueError, match="declared"):
            fold()
    assert not scored()


def test_two_that_cannot_be_folded_hold_up_no_other(
    workspace: Workspace, given: Given, ill: Touchpoint, delays: Touchpoint, counter: Touchpoint
) -> None:
    given(delays, 4)
    given(counter, 4)
    poison(ill)
    poison(delays)
    fold_all()
    assert scored() == {counter.subject_id}
    assert StuckSubject.objects.count() == 2


def test_others_do_not_even_meet_one_that_was_set_aside(
    workspace: Workspace, given: Given, ill: Touchpoint, delays: Touchpoint
) -> None:
    poison(ill)
    fold_all()
    given(delays, 4)
    with capture_logs() as log:
        fold_all([ill.subject_id, delays.subject_id])
        fold_all()
    assert log == []
    assert scored() == {delays.subject_id}


def test_it_is_tried_again_ever_more_rarely(at: Clock, ill: Touchpoint) -> None:
    poison(ill)
    pauses = []
    for _ in range(9):
        fold_all()
        pauses.append(StuckSubject.objects.get().again_at - at.now)
        at.now += pauses[-1]
    assert pauses == [min(2**number * FIRST_PAUSE, LONGEST_PAUSE) for number in range(9)]


def test_once_it_can_be_folded_it_is_and_is_like_any_other(
    at: Clock, workspace: Workspace, given: Given, ill: Touchpoint
) -> None:
    poison(ill)
    fold_all()
    heal(ill)
    fold_all()
    assert not scored()  # its pause is not over yet
    at.now += FIRST_PAUSE
    assert health(ill).answers == 1
    assert not StuckSubject.objects.exists()
    given(ill, 5)
    assert health(ill).answers == 2
    assert not list(differences(workspace))


def test_one_whose_answers_went_is_free_again(at: Clock, ill: Touchpoint) -> None:
    poison(ill)
    fold_all()
    Observation.objects.all().delete()
    at.now += FIRST_PAUSE
    fold_all()
    assert not StuckSubject.objects.exists()


def test_it_is_seen(client: Client, at: Clock, ill: Touchpoint, delays: Touchpoint, given: Given) -> None:
    given(delays, 4)
    assert (told(client)["stuck_subjects"], told(client)["pending_observations"]) == (0, 2)
    poison(ill)
    with capture_logs() as log:
        fold_all()
    assert {"event": "subject_stuck", "subject": ill.subject_id, "log_level": "error", "exc_info": True} in log
    at.now += datetime.timedelta(minutes=2)
    state = told(client)
    assert (state["stuck_subjects"], state["pending_observations"]) == (1, 1)
    metrics = client.get("/metrics").content.decode()
    assert "\netappe_stuck_subjects 1.0\n" in metrics
    assert "\netappe_pending_observations 1.0\n" in metrics
    assert StuckSubject.objects.get().error == "ValueError"


def told(client: Client) -> dict[str, float]:
    """What /readyz says; the page works whatever is stuck."""
    answer = client.get("/readyz")
    assert answer.status_code == 200
    state: dict[str, float] = answer.json()
    return state


def unclosable(touchpoint: Touchpoint) -> None:
    """Let its window be one that nobody knows."""
    Window.objects.create(workspace=touchpoint.workspace, subject=touchpoint.subject, metric="csat", table="flat-0")


def test_one_whose_day_cannot_be_closed_holds_up_no_other(
    at: Clock, workspace: Workspace, given: Given, ill: Touchpoint
) -> None:
    others = [new_touchpoint(workspace, f"Stop {number}") for number in range(20)]
    for other in others:
        given(other, 4)
    fold_all()
    unclosable(ill)
    at.pass_days(1)
    assert close_days() >= 20
    closed = HealthScore.objects.filter(persona=None, day=TODAY + datetime.timedelta(days=1))
    assert set(closed.values_list("subject_id", flat=True)) == {other.subject_id for other in others}
    assert StuckSubject.objects.get().subject_id == ill.subject_id
    Window.objects.all().delete()
    at.now += FIRST_PAUSE
    fold_all()
    assert health(ill).day == TODAY + datetime.timedelta(days=1)
    assert not StuckSubject.objects.exists()


def test_without_setting_it_aside_no_day_is_closed(
    at: Clock, workspace: Workspace, given: Given, ill: Touchpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    def until_none_is_left(work: Callable[[QuerySet[Subject]], int], subjects: QuerySet[Subject], until: float) -> int:
        return work(subjects)

    given(new_touchpoint(workspace, "Stop"), 4)
    fold_all()
    unclosable(ill)
    at.pass_days(1)
    monkeypatch.setattr(days, "work_off", until_none_is_left)
    for _ in range(3):
        with pytest.raises(ValueError, match="table"):
            close_days()
    assert set(HealthScore.objects.values_list("day", flat=True)) == {TODAY}
