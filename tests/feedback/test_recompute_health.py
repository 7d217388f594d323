"""The proof that scores are exact: whatever happened, in any order, they equal a count from scratch, bit for bit."""

import datetime
import math
from dataclasses import dataclass

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.actions import record_responses, remove_responses
from feedback.actions.recount import differences
from feedback.models import Response
from tests.answering import NOON, an_answer, health, new_touchpoint
from touchpoints.actions import close_days, fold, fold_all
from touchpoints.models import DailyCell, HealthScore, Observation, WindowSum

DAY = datetime.timedelta(days=1)


@pytest.fixture
def folded(transactional_db, at, workspace, delays, given, commuter):
    """A touchpoint with a score, and one answer that is still to be folded."""
    given(delays, 1, 2, 3, 4, 5, 5, persona=commuter)
    health(delays)
    given(delays, 1)
    return delays


def test_it_agrees_with_the_fold_and_takes_off_what_is_pending(folded, capsys):
    call_command("recompute_health", "--check")
    assert capsys.readouterr().out == "0 differences at 0 subjects.\n"
    fold_all()
    call_command("recompute_health", "--check")


def by_one_bit():
    score = HealthScore.objects.get(persona=None)
    assert score.score is not None
    HealthScore.objects.filter(pk=score.pk).update(score=math.nextafter(score.score, 100))


def part_by_one_bit():
    score = HealthScore.objects.get(persona=None)
    score.parts[0]["sd"] = math.nextafter(score.parts[0]["sd"], 0)
    score.save()


WRONG = {
    "score by one bit": by_one_bit,
    "part by one bit": part_by_one_bit,
    "known": lambda: HealthScore.objects.filter(persona=None).update(known=False),
    "last heard": lambda: HealthScore.objects.update(last_heard=None),
    "no score": lambda: HealthScore.objects.all().delete(),
    "no score of a persona": lambda: HealthScore.objects.exclude(persona=None).delete(),
    "one more in a cell": lambda: DailyCell.objects.update(counts=[9, 1, 1, 1, 2]),
    "no cell": lambda: DailyCell.objects.all().delete(),
    "a sum": lambda: WindowSum.objects.update(sums=[1, 1, 1, 1, 3]),
    "a sum of squares": lambda: WindowSum.objects.update(squares=7),
    "another window": lambda: WindowSum.objects.update(table="flat-90"),
    "a lost observation": lambda: Observation.objects.all().delete(),
    "an observation twice": lambda: Observation.objects.bulk_create(
        [Observation(**{**row, "id": None}) for row in Observation.objects.values()]
    ),
}


@pytest.mark.parametrize("spoil", WRONG.values(), ids=WRONG)
def test_anything_wrong_is_found_and_repaired(folded, workspace, spoil, capsys):
    spoil()
    with pytest.raises(CommandError, match="at 1 subjects"):
        call_command("recompute_health", "--check")
    assert f"subject {folded.subject_id}, " in capsys.readouterr().out
    call_command("recompute_health")
    call_command("recompute_health", "--check")
    fold_all()
    assert not list(differences(workspace))


def test_a_repair_raises_the_version_so_that_maps_follow(folded):
    before = HealthScore.objects.get(persona=None)
    HealthScore.objects.update(score=1)
    call_command("recompute_health")
    after = HealthScore.objects.get(persona=None)
    assert (after.score, after.version) == (before.score, before.version + 1)


def test_without_differences_nothing_is_written(folded):
    before = list(HealthScore.objects.values())
    call_command("recompute_health")
    assert list(HealthScore.objects.values()) == before


# --- Random histories ----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Said:
    """A customer answers, or a higher version replaces what was answered."""

    sheet: int
    question: int
    version: int
    about: int
    persona: int
    kind: tuple[str, str, int]
    days_ago: int
    times: int


KINDS = st.sampled_from(
    [("csat", "1-5", 1), ("csat", "1-5", 5), ("csat", "1-7", 4), ("ces", "1-7", 6), ("ces", "1-5r", 2)]
    + [("nps", "0-10", value) for value in (0, 6, 7, 9, 10)]
    + [("emotion", "-2-2", -2), ("complaint", "1-3", 3)]
)
AGES = st.sampled_from([-1, 0, 0, 1, 1, 2, 5, 30, 88, 89, 90, 91, 362, 363, 364, 365, 366, 500])  # borders of windows
SAID = st.builds(
    Said,
    sheet=st.integers(0, 3),
    question=st.integers(0, 1),
    version=st.integers(1, 4),
    about=st.integers(0, 2),
    persona=st.integers(0, 2),
    kind=KINDS,
    days_ago=AGES,
    times=st.sampled_from([1, 1, 3, 30]),
)
EVENTS = st.one_of(
    st.lists(SAID, min_size=3, max_size=6),
    st.tuples(st.just("remove"), st.integers(0, 10)),
    st.tuples(st.just("fold"), st.integers(1, 8)),
    st.tuples(st.just("fold one"), st.integers(0, 2)),
    st.tuples(st.just("days pass"), st.sampled_from([1, 1, 2, 40])),
    st.tuples(st.sampled_from(["close", "check"]), st.just(0)),
)


class Play:
    """One random history, played on a workspace."""

    def __init__(self, workspace, at, touchpoints, personas):
        self.workspace, self.at, self.touchpoints, self.personas = workspace, at, touchpoints, [None, *personas]

    def say(self, all_said):
        rows = []
        for said in all_said:
            metric, scale, value = said.kind
            # A crowd answers questionnaires of its own, so that windows come to be decided anew.
            for number in range(said.times):
                row = an_answer(
                    self.touchpoints[said.about],
                    value,
                    metric=metric,
                    scale=scale,
                    persona=self.personas[said.persona],
                    external_id=f"{said.sheet} {number}",
                    question=str(said.question),
                    version=said.version,
                    occurred_at=self.at.today - said.days_ago * DAY,
                )
                rows.append(row)
        record_responses(self.workspace, rows)

    def do(self, event):
        match event:
            case ("remove", which):
                ids = list(Response.objects.order_by("pk").values_list("pk", flat=True))
                remove_responses(self.workspace, ids[which::11], by=None)
            case ("fold", at_most):
                fold(at_most=at_most)
            case ("fold one", which):
                fold([self.touchpoints[which].subject_id], at_most=3)
            case ("days pass", days):
                self.at.pass_days(days)
            case ("close", _):
                close_days()
            case ("check", _):
                assert not list(differences(self.workspace))
            case _:
                self.say(event)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(events=st.lists(EVENTS, min_size=20, max_size=30))
def test_any_history_folded_in_any_bits_equals_a_count_from_scratch(
    workspace, at, delays, counter, commuter, tourist, events
):
    at.now = NOON
    with transaction.atomic():
        play = Play(workspace, at, [delays, counter, new_touchpoint(workspace, "Bench")], [commuter, tourist])
        for event in events:
            play.do(event)
        fold_all()
        assert not Observation.objects.exists()
        assert not list(differences(workspace))
        at.pass_days(1)
        close_days()
        assert not list(differences(workspace))
        transaction.set_rollback(True)
