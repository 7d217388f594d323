"""A worker that is killed midway leaves nothing half stored, and another finishes what it began."""

import datetime
import secrets
import time
from collections.abc import Callable

import pytest
from django.utils import timezone

from config.processes import kill_group
from config.supervisor import Running
from feedback.actions import imports
from feedback.actions.imports import Upload
from feedback.models import Response, Submission
from feedback.tasks import import_answers
from tests.importing import settled
from workspaces import jobs
from workspaces.models import Job, User, Workspace

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 20_000


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Until it holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def stored(job: Job) -> Job:
    """The job as it stands."""
    return Job.objects.get(pk=job.pk)


def begun(workspace: Workspace, edda: User) -> Job:
    """A large import that a worker has begun to store."""
    content = "id,nps\n" + "".join(f"{number},{number % 11}\n" for number in range(ROWS))
    upload = Upload("large.csv", content.encode())
    job = settled(imports.begin_import(workspace, upload, key=secrets.token_hex(8), by=edda))
    imports.check_import(job, by=edda)
    wait_for(lambda: "checked" in stored(job).payload)
    imports.store_import(stored(job), by=edda)
    wait_for(lambda: stored(job).done > 0)
    return stored(job)


@pytest.mark.timeout(300)
def test_killed_worker_leaves_nothing_and_another_finishes(worker: Running, workspace: Workspace, edda: User) -> None:
    job = begun(workspace, edda)
    assert job.state == "running"
    kill_group(worker.process)
    # The control: it did die midway, with the job marked as running.
    assert 0 < job.done < ROWS
    assert stored(job).state == "running"
    assert not Response.objects.exists()
    assert not Submission.objects.exists()
    wait_for(lambda: jobs_are_free(job))
    import_answers(job.pk)
    assert (stored(job).state, stored(job).attempts) == ("done", 2)
    assert Response.objects.count() == ROWS


def jobs_are_free(job: Job) -> bool:
    """Whether the dead worker's connection, and with it its lock, is gone."""
    with jobs.working(job.pk) as free:
        if free:
            Job.objects.filter(pk=job.pk).update(attempts=1)
        return free is not None


def test_the_sweep_rings_for_jobs_without_a_sign_of_life(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[int] = []
    monkeypatch.setattr("workspaces.jobs.ring", lambda _task, pk: rung.append(pk))
    ago = timezone.now() - datetime.timedelta(minutes=1)
    dead = Job.objects.create(workspace=workspace, kind="x", key="dead", state="running", beat_at=ago)
    unheard = Job.objects.create(workspace=workspace, kind="x", key="unheard", state="waiting", beat_at=ago)
    Job.objects.create(workspace=workspace, kind="x", key="alive", state="running", beat_at=timezone.now())
    Job.objects.create(workspace=workspace, kind="x", key="over", state="done", beat_at=ago)
    assert jobs.sweep() == 2
    assert sorted(rung) == [dead.pk, unheard.pk]
