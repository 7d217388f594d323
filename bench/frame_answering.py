"""Customers who answer one by one at a steady rate, in a process of their own.

`python -m bench frame_answering WORKSPACE RATE SUBJECT…`: so many answers a second about these, until it is ended.
"""

import itertools
import os
import random
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from config import household
from config.supervisor import python
from feedback.actions import Answer, record_responses
from workspaces import clock
from workspaces.models import Workspace


@contextmanager
def answering(workspace: Workspace, subjects: Sequence[int], rate: int) -> Iterator[None]:
    """They answer while the block runs."""
    words = ["frame_answering", str(workspace.pk), str(rate), *map(str, subjects)]
    with subprocess.Popen(
        python("-m", "bench", *words), env=dict(os.environ), cwd=household.ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        process.stdout.readline()  # they have begun
        yield
        process.kill()


def main(words: list[str]) -> None:
    """Answer until killed."""
    workspace, pause, subjects = Workspace.objects.get(pk=int(words[0])), 1 / int(words[1]), list(map(int, words[2:]))
    chance, due = random.Random(1), time.monotonic()
    for number in itertools.count():
        record_responses(workspace, [one_answer(f"steady {number}", chance.choice(subjects), chance.randint(1, 5))])
        if not number:
            print("answering", flush=True)
        due += pause
        time.sleep(max(0.0, due - time.monotonic()))


def one_answer(name: str, subject: int, value: int) -> Answer:
    """A customer of that name is more or less satisfied, now."""
    return Answer(
        source="bench", external_id=name, subject=subject, metric="csat", value=value, occurred_at=clock.now()
    )
