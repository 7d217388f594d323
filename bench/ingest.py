"""Storing answers in bulk, against COPY of the same rows into the same tables, and with the fold behind it.

The same through REST, JSON in; and one answer a request, against a bare DRF view and against itself among a million.
And with the real worker: until all scores stand.
"""

import datetime
import itertools
import random
import statistics
import time
from argparse import Namespace
from collections.abc import Sequence

import psycopg
from celery import current_app
from django.db import connection
from django.test import override_settings

from bench.frame import Job, arguments, figure, floor, interleaved
from bench.frame_house import workers
from bench.frame_push import SETTINGS, STILL, PlainView, Program, create_plainly, post
from config.processes import wait_until
from feedback.actions import Answer, record_responses
from personas.models import Persona
from touchpoints.actions import create_touchpoint, fold_all
from touchpoints.models import Observation
from workspaces import clock
from workspaces.actions import create_workspace
from workspaces.models import User, Workspace

# A year of answers, made by the database itself: how they came is not measured.
FILL_SUBMISSIONS = """
INSERT INTO feedback_submission
    (workspace_id, source, external_id, occurred_at, day, persona_id, device, segment, created_at)
SELECT %(workspace)s, 'past', number, now() - number %% 364 * interval '1 day', current_date - (number %% 364)::int,
    (%(personas)s::bigint[])[1 + number %% cardinality(%(personas)s::bigint[])], '', '', now()
FROM generate_series(1, %(many)s) AS number
"""
FILL_RESPONSES = """
INSERT INTO feedback_response (workspace_id, submission_id, question, version, subject_id, metric, scale, value, text)
SELECT workspace_id, id, 'nps', 1, (%(subjects)s::bigint[])[1 + id %% cardinality(%(subjects)s::bigint[])],
    'nps', '0-10', id %% 11, ''
FROM feedback_submission
WHERE source = 'past' AND workspace_id = %(workspace)s
"""
COMMENT = "The train was late again, and nobody on the platform knew why. The app said nothing at all."
NUMBERS = itertools.count()
AT_ONCE = 1_000  # answers a call of those who push many
PATIENCE = 300.0  # seconds


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
        made = [create_touchpoint(workspace, name=name, by=by) for name in names]
        self.touchpoints = {touchpoint.subject_id: touchpoint.pk for touchpoint in made}
        self.subjects = list(self.touchpoints)
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
    sizes = arguments(
        words, touchpoints=24, batch=1_000, large=10_000, rounds=20, singly=300, stored=1_000_000, through=30_000
    )
    by = User.objects.create_user(email="bench@example.org")
    raw, stored, folded, pushed, plain = (
        Crowd(create_workspace(name=name, by=by), sizes.touchpoints, by)
        for name in ("Raw", "Stored", "Folded", "Pushed", "Plain")
    )
    bells, copy, program = Bells(), Copy(floor(), raw.workspace), Program(pushed.workspace, pushed.touchpoints)
    PlainView.workspace = plain.workspace

    def push(batch: int) -> None:
        program.push(pushed.answers(batch))

    copied = {
        "answers": lambda: raw.answers(sizes.batch),
        "copy": lambda: copy.store(raw.answers(sizes.batch)),
        "pushed": lambda: push(sizes.batch),
    }
    singly = {
        "one": lambda: record_responses(stored.workspace, stored.answers(1)),
        "still": lambda: post(STILL, {}),
        "plain": lambda: create_plainly(plain.answers(1)[0]),
        "pushed": lambda: push(1),
    }
    with override_settings(**SETTINGS):
        _bulk(sizes, stored, folded, bells, copied)
        _folded(sizes, stored, folded)
        _end_to_end(sizes, folded)
        _empty()
        few = interleaved(singly, rounds=sizes.singly)
        _fill(pushed, sizes.stored)
        many = interleaved(singly, rounds=sizes.singly)
    _told(few, many, sizes.stored)


def _bulk(sizes: Namespace, stored: Crowd, folded: Crowd, bells: Bells, jobs: dict[str, Job]) -> None:
    """Batches as they are copied and pushed (`jobs`), and stored without."""
    jobs["stored"] = lambda: record_responses(stored.workspace, stored.answers(sizes.batch))
    rung = bells.rung
    seconds = interleaved(jobs, rounds=sizes.rounds)
    making = seconds.pop("answers")  # the customers' own time is not measured
    took = {job: taken - making for job, taken in seconds.items()}
    figure("ingest.bulk_rate", sizes.batch / took["stored"], "answers/s")
    figure("ingest.bulk_vs_copy", took["copy"] / took["stored"], "of COPY's speed")
    figure("ingest.rest_bulk_rate", sizes.batch / took["pushed"], "answers/s")
    figure("ingest.rest_bulk_vs_copy", took["copy"] / took["pushed"], "of COPY's speed")
    batches = 2 * (sizes.rounds + 3)
    figure("ingest.tasks_per_answer", (bells.rung - rung) / (batches * sizes.batch), "tasks")


def _folded(sizes: Namespace, stored: Crowd, folded: Crowd) -> None:
    """Batches of both sizes, stored with the fold behind it and without."""
    for name, batch, rounds in (("1k", sizes.batch, sizes.rounds), ("10k", sizes.large, max(sizes.rounds // 4, 3))):

        def store_and_fold(batch: int = batch) -> None:
            record_responses(folded.workspace, folded.answers(batch))
            fold_all(folded.subjects)

        jobs: dict[str, Job] = {
            "answers": lambda batch=batch: stored.answers(batch),
            "stored": lambda batch=batch: record_responses(stored.workspace, stored.answers(batch)),
            "folded": store_and_fold,
        }
        seconds = interleaved(jobs, rounds=rounds)
        stored_only, with_fold = (seconds[job] - seconds["answers"] for job in ("stored", "folded"))
        figure(f"ingest.with_fold_vs_without.{name}", with_fold / stored_only, "times")


def _end_to_end(sizes: Namespace, crowd: Crowd) -> None:
    """Answers a second while a worker of one or two processes folds them, until all scores stand."""
    fold_all()
    for processes in (1, 2):
        with workers(processes):
            _seconds_until_scores_stand(crowd, AT_ONCE)  # unmeasured: statements prepared
            rate = sizes.through / _seconds_until_scores_stand(crowd, sizes.through)
            figure(f"ingest.end_to_end_per_s.{processes}_worker{'s' * (processes > 1)}", rate, "answers/s")
            if processes > 1:
                taken = [_seconds_until_scores_stand(crowd, sizes.large) for _ in range(5)]
                figure("ingest.10k_visible_s", statistics.median(taken), f"s for {sizes.large} answers")


def _seconds_until_scores_stand(crowd: Crowd, many: int) -> float:
    answers = crowd.answers(many)
    began = time.perf_counter()
    for start in range(0, many, AT_ONCE):
        record_responses(crowd.workspace, answers[start : start + AT_ONCE])
    pending = Observation.objects.of(crowd.workspace)
    if not wait_until(lambda: not pending.exists(), PATIENCE):
        raise SystemExit("the worker did not fold all answers")
    return time.perf_counter() - began


def _told(few: dict[str, float], many: dict[str, float], stored: int) -> None:
    """What single answers cost while there were few, and many."""
    figure("ingest.single_p50_ms", few["one"] * 1000, "ms")
    figure("ingest.rest_single_p50_ms", few["pushed"] * 1000, "ms")
    figure("ingest.rest_single_vs_plain_drf", few["pushed"] / few["plain"], "times")
    # The machine may be busier now: what no answer touches says by how much.
    flat = few["pushed"] / many["pushed"] * many["still"] / few["still"]
    figure("ingest.rest_single_flat", flat, f"of the rate before {stored} were stored")


def _empty() -> None:
    """No answers at all."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE feedback_submission, touchpoints_observation CASCADE")


def _fill(crowd: Crowd, many: int) -> None:
    """That many answers, stored and folded long ago."""
    facts = {"workspace": crowd.workspace.pk, "subjects": crowd.subjects, "personas": crowd.personas}
    with connection.cursor() as cursor:
        cursor.execute(FILL_SUBMISSIONS, {**facts, "many": many})
        cursor.execute(FILL_RESPONSES, facts)
        cursor.execute("VACUUM ANALYZE feedback_submission, feedback_response")


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
                "COPY touchpoints_observation (workspace_id, subject_id, persona_id, metric, scale, day, value, times,"
                " created_at) FROM STDIN"
            ) as copy:
                for _, a, day in rows:
                    copy.write_row((self.workspace, a.subject, a.persona, "nps", "0-10", day, a.value, 1, now))
