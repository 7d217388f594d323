"""Whatever customers say, change, move to another day and take back, in any order and on any day of the calendar: after
every single step, what is stored equals a count from scratch, bit for bit.

The controls fold wrongly in one small way, and such a history finds it.
"""

import datetime
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as some

from feedback.actions import Answer, Used, record_responses, record_usage, remove_responses, undo_import
from feedback.actions.recount import differences
from feedback.models import Response
from feedback.tasks import move_answers
from personas.models import Persona
from tests.answering import Clock, an_answer
from touchpoints.actions import change_rule, close_days, fold, fold_all, ledger, rule_of
from touchpoints.actions.rules import APPLY
from touchpoints.health.decay import Tally, changed
from touchpoints.models import DailyCell, HealthDay, Observation, Touchpoint
from touchpoints.tasks import apply_rule
from workspaces import clock
from workspaces.actions import MOVE_DAYS, edit_workspace
from workspaces.models import Job, JobState, Membership, Role, Workspace

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
SETTINGS = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@dataclass(frozen=True)
class Time:
    """A zone, the local day on which a history begins there, and how many hours the next three days have."""

    zone: str
    begins: datetime.date
    hours: tuple[int, int, int]

    def local(self, days: int) -> datetime.datetime:
        """The first moment of the day so many days after."""
        workspace = Workspace(time_zone=self.zone)
        midnight = datetime.datetime.combine(self.begins + days * DAY, datetime.time(), workspace.zone)
        return midnight.astimezone(datetime.UTC)


TIMES = {
    "a day of 23 hours": Time("Europe/Berlin", datetime.date(2026, 3, 28), (24, 23, 24)),
    "a day of 25 hours": Time("Europe/Berlin", datetime.date(2026, 10, 24), (24, 25, 24)),
    "a day without a midnight": Time("Africa/Cairo", datetime.date(2027, 4, 29), (24, 23, 24)),
    "a leap day": Time("Europe/Berlin", datetime.date(2028, 2, 28), (24, 24, 24)),
    "the end of a month and a year": Time("Pacific/Auckland", datetime.date(2026, 12, 30), (24, 24, 24)),
}
at_any_time = pytest.mark.parametrize("time", TIMES.values(), ids=TIMES)


@dataclass(frozen=True)
class Said:
    """A customer says something, or says anew what was said: so many days and hours ago, or tomorrow."""

    sheet: int
    question: int
    version: int
    about: int
    persona: int
    kind: tuple[str, str, int]
    ago: datetime.timedelta
    as_date: bool
    times: int


KINDS = some.sampled_from(
    [("csat", "1-5", 1), ("csat", "1-5", 5), ("csat", "1-7", 4), ("ces", "1-7", 6), ("ces", "1-5r", 2)]
    + [("nps", "0-10", value) for value in (0, 6, 7, 10)]
    + [("rating", "1-5", 2), ("emotion", "-2-2", -2), ("expectation", "-2-2", 1), ("complaint", "1-3", 3)]
)
BORDERS = [0, 0, 0, 1, 1, 2, 30, 89, 90, 91, 364, 365, 366, 500]  # days: of today, of windows, of a year
HOURS = [-24, -13, -1, 0, 1, 13]
AGES = some.builds(lambda days, hours: days * DAY + hours * HOUR, some.sampled_from(BORDERS), some.sampled_from(HOURS))
SAID = some.builds(
    Said,
    sheet=some.integers(0, 2),
    question=some.integers(0, 1),
    version=some.integers(1, 4),
    about=some.integers(0, 1),
    persona=some.integers(0, 2),
    kind=KINDS,
    ago=AGES,
    as_date=some.booleans(),
    times=some.sampled_from([1, 1, 3, 30]),  # a crowd decides windows anew
)
COUNTS = some.sampled_from([(0, 0, 0, 0), (50, 0, 0, 3), (400, 30, 12, 7), (0, 9, 9, 0)])  # in the order of Used
STEPS = some.one_of(
    some.tuples(some.just("say"), some.lists(SAID, min_size=1, max_size=5)),
    some.tuples(some.just("import "), some.lists(SAID, min_size=1, max_size=5)),
    some.tuples(some.just("say again"), some.integers(0, 10)),
    some.tuples(some.just("take back"), some.integers(0, 10)),
    some.tuples(some.just("undo an import"), some.integers(0, 10)),
    some.tuples(some.just("fold"), some.sampled_from([1, 2, 5, 1000])),
    some.tuples(some.just("let hours pass"), some.sampled_from([1, 11, 23, 24, 25, 48, 40 * 24])),
    some.tuples(some.just("close"), some.just(0)),
    some.tuples(some.just("move to"), some.sampled_from(["Pacific/Honolulu", "Asia/Tokyo", "Europe/Berlin"])),
    some.tuples(some.just("choose"), some.sampled_from([{"decay": True}, {"decay": False}, {"csat": 0}, {"csat": 50}])),
    some.tuples(some.just("count"), some.tuples(some.integers(0, 1), some.sampled_from([0, 1, 89, 400]), COUNTS)),
)
HISTORIES = some.lists(STEPS, min_size=12, max_size=24)
Step = tuple[str, Any]


class Life:
    """A history as it is lived on a workspace. A step is a method of its name, with underscores."""

    def __init__(self, workspace: Workspace, at: Clock, touchpoints: list[Touchpoint], personas: list[Persona]) -> None:
        self.workspace, self.at = workspace, at
        self.touchpoints, self.personas = touchpoints, [None, *personas]
        self.heard: list[list[Answer]] = []
        self.jobs: list[Job] = []
        self.numbers = itertools.count()
        self.olga = Membership.objects.of(workspace).get(role=Role.OWNER).user

    def step(self, step: Step) -> None:
        """Do it."""
        name, how = step
        getattr(self, name.replace(" ", "_"))(how)

    def is_exact(self) -> bool:
        """Whether everything stored is what the answers say."""
        return not list(differences(self.workspace))

    def answers(self, all_said: Sequence[Said]) -> list[Answer]:
        """As they come in."""
        rows = []
        for said, number in [(one, number) for one in all_said for number in range(one.times)]:
            moment = self.at.now - said.ago
            metric, scale, value = said.kind
            row = an_answer(
                self.touchpoints[said.about],
                value,
                metric=metric,
                scale=scale,
                persona=self.personas[said.persona],
                external_id=f"{said.sheet} {number}",
                question=str(said.question),
                version=said.version,
                occurred_at=moment.astimezone(self.workspace.zone).date() if said.as_date else moment,
            )
            rows.append(row)
        self.heard.append(rows)
        return rows

    def say(self, all_said: Sequence[Said]) -> None:
        record_responses(self.workspace, self.answers(all_said))

    def say_again(self, which: int) -> None:
        if self.heard:
            record_responses(self.workspace, self.heard[which % len(self.heard)])

    def take_back(self, which: int) -> None:
        ids = list(Response.objects.order_by("pk").values_list("pk", flat=True))
        remove_responses(self.workspace, ids[which::11], by=None)

    def import_(self, all_said: Sequence[Said]) -> None:
        self.jobs.append(Job.objects.create(workspace=self.workspace, kind="test", key=str(next(self.numbers))))
        record_responses(self.workspace, self.answers(all_said), job=self.jobs[-1])

    def undo_an_import(self, which: int) -> None:
        if self.jobs:
            undo_import(self.jobs[which % len(self.jobs)], by=None)

    def fold(self, at_most: int) -> None:
        fold(at_most=at_most)

    def let_hours_pass(self, hours: int) -> None:
        self.at.now += hours * HOUR

    def close(self, _: int) -> None:
        close_days()

    def move_to(self, zone: str) -> None:
        self.workspace.refresh_from_db()
        self.workspace = edit_workspace(self.workspace, version=self.workspace.version, by=self.olga, time_zone=zone)
        for job in Job.objects.filter(kind=MOVE_DAYS, state=JobState.WAITING).order_by("pk"):
            move_answers(job.pk)
            assert Job.objects.get(pk=job.pk).state == JobState.DONE

    def choose(self, choices: dict[str, Any]) -> None:
        change_rule(self.workspace, number=rule_of(self.workspace).number, by=self.olga, **choices)
        for job in Job.objects.filter(kind=APPLY, state=JobState.WAITING).order_by("pk"):
            apply_rule(job.pk)
            assert Job.objects.get(pk=job.pk).state == JobState.DONE

    def count(self, what: tuple[int, int, tuple[int, int, int, int]]) -> None:
        about, days, counts = what
        day = self.at.now.astimezone(self.workspace.zone).date() - days * DAY
        record_usage(self.workspace, [Used("gate", self.touchpoints[about].subject_id, day, *counts)])


@pytest.fixture
def begin(
    workspace: Workspace, at: Clock, delays: Touchpoint, counter: Touchpoint, commuter: Persona, tourist: Persona
) -> Callable[[Time], Life]:
    """`begin(time)`: a life that begins then, an hour before midnight."""

    def life(time: Time) -> Life:
        Workspace.objects.filter(pk=workspace.pk).update(time_zone=time.zone)
        workspace.refresh_from_db()
        at.now = time.local(1) - HOUR
        return Life(workspace, at, [delays, counter], [commuter, tourist])

    return life


@at_any_time
@SETTINGS
@given(history=HISTORIES)
def test_after_every_step_it_equals_a_count_from_scratch(
    begin: Callable[[Time], Life], time: Time, history: list[Step]
) -> None:
    with transaction.atomic():
        life = begin(time)
        for number, step in enumerate(history):
            life.step(step)
            assert life.is_exact(), f"after step {number}, {step}"
            if number % 2:
                fold_all()
                assert not Observation.objects.exists()
                assert life.is_exact(), f"folded after step {number}, {step}"
        fold_all()
        assert life.is_exact()
        transaction.set_rollback(True)


def forget_what_went(tally: Tally, table: str, age: int, delta: Sequence[int]) -> Tally:
    return changed(tally, table, age, [max(0, change) for change in delta])


def forget_what_is_late(tally: Tally, table: str, age: int, delta: Sequence[int]) -> Tally:
    return changed(tally, table, age, delta) if age < 30 else tally


def count_tomorrow(tally: Tally, table: str, age: int, delta: Sequence[int]) -> Tally:
    return changed(tally, table, max(age, 0), delta)


def forget_the_last_day_of_the_window(tally: Tally, table: str, age: int, delta: Sequence[int]) -> Tally:
    return tally if age == 364 else changed(tally, table, age, delta)


@pytest.mark.parametrize(
    "wrong", [forget_what_went, forget_what_is_late, count_tomorrow, forget_the_last_day_of_the_window]
)
def test_a_fold_that_is_wrong_in_one_small_way_is_found(
    begin: Callable[[Time], Life], wrong: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "changed", wrong)

    def differs(history: list[Step]) -> bool:
        with transaction.atomic():
            life = begin(TIMES["a day of 23 hours"])
            exact = True
            for step in history:
                life.step(step)
                fold_all()
                exact = exact and life.is_exact()
            transaction.set_rollback(True)
        return not exact

    find(HISTORIES, differs, settings=settings(SETTINGS, max_examples=200, derandomize=True, phases=(Phase.generate,)))


@at_any_time
def test_every_hour_of_three_days_belongs_to_its_local_day(begin: Callable[[Time], Life], time: Time) -> None:
    life = begin(time)
    life.at.now = time.local(0)
    for _ in range(sum(time.hours)):
        about = life.touchpoints[0]
        record_responses(life.workspace, [an_answer(about, 4, occurred_at=life.at.now)])
        fold_all()
        close_days()
        assert life.is_exact()
        life.at.now += HOUR
    close_days()
    three = [time.begins + number * DAY for number in range(3)]
    cells = DailyCell.objects.order_by("day").values_list("day", "counts")
    assert list(cells) == [(day, [0, 0, 0, hours, 0]) for day, hours in zip(three, time.hours, strict=True)]
    closed = HealthDay.objects.filter(persona=None).order_by("day").values_list("day", "answers")
    assert list(closed) == list(zip(three, itertools.accumulate(time.hours), strict=True))
    assert clock.today(life.workspace.zone) == time.begins + 3 * DAY
