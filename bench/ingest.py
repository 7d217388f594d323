"""Storing answers in bulk, against COPY of the same rows into the same tables, and with the fold behind it."""

import datetime
import itertools
import random
from collections.abc import Sequence

import psycopg
from celery import current_app

from bench.frame import arguments, figure, floor, interleaved
from feedback.actions import Answer, record_responses
from personas.models import Persona
from touchpoints.actions import create_touchpoint, fold_all
from workspaces import clock
from workspaces.actions import create_workspace
from workspaces.models import User, Workspace

COMMENT = "The train was late again, and nobody on the platform knew why. The app said nothing at all."
NUMBERS = itertools.count()


class Bells:
    """Counts the tasks that are rung, and rings them."""

    def __init__(self) -> None:
        self.rung = 0
        self.send = current_app.send_task
        current_app.send_task = self.count

    def count(self, *args: object, **options: object) -> object:
        self.rung += 1
        return self.send(*args, **options)


class Crowd:
    """Customers of a workspace, who answer about its touchpoints."""

    def __init__(self, workspace: Workspace, touchpoints: int, by: User) -> None:
        self.workspace, self.random = workspace, random.Random(1)
        names = [f"{workspace.name} {number}" for number in range(touchpoints)]
        self.subjects = [create_touchpoint(workspace, name=name, by=by).subject_id for name in names]
        self.personas = [Persona.objects.create(workspace=workspace, name=name).pk for name in ("A", "B", "C")]

    def answers(self, many: int) -> list[Answer]:
        """So many new questionnaires with one answer each, from the last 300 days; every fourth with a comment."""
        return [
            Answer(
                source="bench",
                external_id=f"{next(NUMBERS)}",
                subject=self.random.choice(self.subjects),
                metric="nps",
                value=self.random.randrange(11),
                occurred_at=clock.now() - datetime.timedelta(minutes=self.random.randrange(300 * 24 * 60)),
                text="" if number % 4 else COMMENT,
                persona=self.random.choice(self.personas),
            )
            for number in range(many)
        ]


def main(words: list[str]) -> None:
    """Figures of `ingest`."""
    sizes = arguments(words, touchpoints=24, batch=1_000, rounds=20)
    by = User.objects.create_user(email="bench@example.org")
    raw, stored, folded = (
        Crowd(create_workspace(name=name, by=by), sizes.touchpoints, by) for name in ("Raw", "Stored", "Folded")
    )
    copy, bells = Copy(floor(), raw.workspace), Bells()

    def store_and_fold() -> None:
        record_responses(folded.workspace, folded.answers(sizes.batch))
        fold_all(folded.subjects)

    seconds = interleaved(
        {
            "answers": lambda: stored.answers(sizes.batch),
            "copy": lambda: copy.store(raw.answers(sizes.batch)),
            "stored": lambda: record_responses(stored.workspace, stored.answers(sizes.batch)),
            "folded": store_and_fold,
        },
        rounds=sizes.rounds,
    )
    making = seconds.pop("answers")  # the customers' own time is not measured
    took = {job: taken - making for job, taken in seconds.items()}
    figure("ingest.bulk_rate", sizes.batch / took["stored"], "answers/s")
    figure("ingest.bulk_vs_copy", took["copy"] / took["stored"], "of COPY's speed")
    figure("ingest.with_fold_vs_without", took["folded"] / took["stored"], "times")
    batches = 2 * (sizes.rounds + 3)
    figure("ingest.tasks_per_answer", bells.rung / (batches * sizes.batch), "tasks")
    singly = interleaved({"one": lambda: record_responses(stored.workspace, stored.answers(1))}, rounds=100)
    figure("ingest.single_p50_ms", singly["one"] * 1000, "ms")


class Copy:
    """The floor: the rows as they are, by COPY into the three tables, in one transaction."""

    def __init__(self, connection: psycopg.Connection, workspace: Workspace) -> None:
        self.connection, self.workspace, self.zone = connection, workspace.pk, workspace.zone
        self.ids = itertools.count(10**12)

    def store(self, answers: Sequence[Answer]) -> None:
        """Store them, unread."""
        now = clock.now()
        rows = [(next(self.ids), answer, answer.occurred_at.astimezone(self.zone).date()) for answer in answers]
        with self.connection.transaction(), self.connection.cursor() as cursor:
            with cursor.copy(
                "COPY feedback_submission (id, workspace_id, source, external_id, occurred_at, day, persona_id, device,"
                " segment, created_at) FROM STDIN"
            ) as copy:
                for pk, a, day in rows:
                    copy.write_row(
                        (pk, self.workspace, a.source, a.external_id, a.occurred_at, day, a.persona, "", "", now)
                    )
            with cursor.copy(
                "COPY feedback_response (workspace_id, submission_id, question, version, subject_id, metric, scale,"
                " value, text) FROM STDIN"
            ) as copy:
                for pk, a, _ in rows:
                    copy.write_row(
                        (self.workspace, pk, f"nps:{a.subject}", 1, a.subject, "nps", "0-10", a.value, a.text)
                    )
            with cursor.copy(
                "COPY touchpoints_observation (workspace_id, subject_id, persona_id, metric, scale, day, value, sign,"
                " created_at) FROM STDIN"
            ) as copy:
                for _, a, day in rows:
                    copy.write_row((self.workspace, a.subject, a.persona, "nps", "0-10", day, a.value, 1, now))
