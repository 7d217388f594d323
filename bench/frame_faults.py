"""A worker, beat and a broker that may be killed at any moment while customers answer, and what came of it.

`python -m bench frame_faults WORKSPACE SECONDS SEED` is the customers: a process that nobody kills.
"""

import datetime
import itertools
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from config import household
from config.processes import Child, free_port, kill_group, wait_until
from config.services import broker
from config.supervisor import Supervisor, python
from feedback.actions import Answer, record_responses, remove_responses
from feedback.actions.recount import differences
from feedback.models import Response, Submission
from touchpoints.models import Observation, Touchpoint
from workspaces import clock
from workspaces.models import Workspace

PATIENCE = 120.0  # seconds in which everything has to be folded once all run again; what is not by then never will be
LONGEST_GONE = 1.0  # seconds until what was killed is started again
AT_ONCE = 10  # answers in one go
REMOVED = 0.2  # the chance of an answer that is taken back with them
PAUSE = 0.01  # seconds between two


class Fragile:
    """The processes by their names, "broker", "worker" and "beat", each of which can be killed and started again."""

    def __init__(self, supervisor: Supervisor) -> None:
        self.supervisor = supervisor
        self.folder = supervisor.var / "valkey"
        server = broker.prepare(self.folder, port=free_port())
        self.configuration = (self.folder / "valkey.conf").read_text()
        self.env: Mapping[str, str] = {"REDIS_URL": server.url, "DATABASE_URL": settings.DATABASE_URL}
        self.children: dict[str, Child] = {
            "broker": server.child,
            "worker": household.worker(self.env),
            "beat": household.beat(self.env, supervisor.var),
        }

    def start(self, *names: str) -> None:
        """Start these. A broker finds an empty disk."""
        for name in names:
            if name == "broker":
                shutil.rmtree(self.folder)
                self.folder.mkdir(mode=0o700)
                (self.folder / "valkey.conf").write_text(self.configuration)
            self.supervisor.start(self.children[name])

    def looked_after(self) -> bool:
        """As `up` does it: what died by itself, as a worker may whose broker goes while it acknowledges, runs again."""
        self.supervisor.look_after_all()
        return True

    def kill(self, name: str) -> None:
        """By kill -9, and all that it started; when this returns, it is gone."""
        child = self.children[name]
        (entry,) = [entry for entry in self.supervisor.running if entry.child is child]
        kill_group(entry.process)
        self.supervisor.running.remove(entry)


@contextmanager
def fragile(var: Path) -> Iterator[Fragile]:
    """The processes, none of them started yet. Whatever runs when the block ends is killed: nobody waits for it."""
    with Supervisor(var, lambda line: print(line, file=sys.stderr)) as supervisor:
        house = Fragile(supervisor)
        yield house
        for name, child in house.children.items():
            if any(entry.child is child for entry in supervisor.running):
                house.kill(name)


class Outcome(NamedTuple):
    """What one round did.

    `missing`: answers that were taken and are not there. `wrong`: touchpoints whose health is not what the answers
    say. `pending`: answers that waited to be folded at the moments of the kills. `settled`: seconds after the last
    answer until all was folded.
    """

    missing: int
    wrong: int
    pending: int
    settled: float


def one_round(house: Fragile, workspace: Workspace, victims: list[str], *, seconds: float, seed: int) -> Outcome:
    """Kill each of these at a random moment while customers answer for so long, and start it again soon after."""
    chance = random.Random(seed)
    before = present(workspace)
    answering = customers(house.env, workspace, seconds, seed)
    assert answering.stdout
    answering.stdout.readline()  # they have begun
    pending = 0
    for victim in chance.sample(victims, len(victims)):
        time.sleep(chance.uniform(0.2, 0.8) * seconds / len(victims))
        pending += Observation.objects.of(workspace).count()
        house.kill(victim)
        time.sleep(chance.uniform(0, LONGEST_GONE))
        house.start(victim)
    taken = int(answering.communicate()[0])
    ended = time.monotonic()
    wait_until(lambda: house.looked_after() and waits_for_nothing(workspace), PATIENCE)
    settled = time.monotonic() - ended
    return Outcome(before + taken - present(workspace), len(wrong(workspace)), pending, settled)


def waits_for_nothing(workspace: Workspace) -> bool:
    """Whether everything is folded."""
    return not Observation.objects.of(workspace).exists()


def wrong(workspace: Workspace) -> set[int]:
    """The subjects whose health is not what all answers say, those that are still to be folded included."""
    pending = Observation.objects.of(workspace).values_list("subject_id", flat=True)
    return {difference.subject for difference in differences(workspace)} | set(pending)


def present(workspace: Workspace) -> int:
    """How many answers there are."""
    return Response.objects.of(workspace).filter(removed_at=None).count()


def customers(env: Mapping[str, str], workspace: Workspace, seconds: float, seed: int) -> subprocess.Popen[str]:
    """Customers who answer for so long. They say when they begin, and at the end how many answers have to be there."""
    words = ["frame_faults", str(workspace.pk), str(seconds), str(seed)]
    return subprocess.Popen(
        python("-m", "bench", *words),
        env={**os.environ, **env},
        cwd=household.ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def main(words: list[str]) -> None:
    """Answer, change what was answered, and have answers removed, whatever has been killed."""
    crowd = Crowd(Workspace.objects.get(pk=int(words[0])), seed=int(words[2]))
    print("answering", flush=True)
    until = time.monotonic() + float(words[1])
    while time.monotonic() < until:
        crowd.answer()
        time.sleep(PAUSE)
    print(len(crowd.given), flush=True)


class Crowd:
    """Customers of a workspace; what they have said and not taken back, by questionnaire."""

    def __init__(self, workspace: Workspace, seed: int) -> None:
        self.workspace, self.chance, self.source = workspace, random.Random(seed), f"round {seed}"
        self.subjects = list(Touchpoint.objects.of(workspace).values_list("subject_id", flat=True))
        self.given: dict[str, Answer] = {}
        self.numbers = itertools.count()

    def answer(self) -> None:
        """Some new answers, one that replaces an earlier one, and now and then one is taken back."""
        answers = [self.new(str(next(self.numbers)), 1) for _ in range(AT_ONCE)]
        if self.given:
            earlier = self.chance.choice(list(self.given.values()))
            answers.append(self.new(earlier.external_id, earlier.version + 1))
        record_responses(self.workspace, answers)
        self.given |= {answer.external_id: answer for answer in answers}
        if self.chance.random() < REMOVED:
            gone = self.chance.choice(list(self.given))
            sheet = Submission.objects.of(self.workspace).get(source=self.source, external_id=gone)
            remove_responses(self.workspace, [sheet.responses.get().pk], by=None)
            del self.given[gone]

    def new(self, external_id: str, version: int) -> Answer:
        """Any answer about any touchpoint, of one of the last days."""
        return Answer(
            source=self.source,
            external_id=external_id,
            question="the only one",
            version=version,
            subject=self.chance.choice(self.subjects),
            metric=self.chance.choice(["csat", "nps", "ces"]),
            value=self.chance.randint(1, 5),
            occurred_at=clock.now() - datetime.timedelta(days=self.chance.randrange(5)),
        )
