"""Five workers mail at once, and workers are killed while they do. The controls mail without noting it first."""

import contextlib
import datetime
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone

from config import household
from config.supervisor import Running
from personas.actions import create_persona
from scorecards.tasks import digests_by_mail
from tests.answering import Clock
from tests.cast import joined
from tests.elsewhere import failures
from tests.processes import House
from tests.telling import Alarm
from workspaces.actions import change_preferences, mail_notices, mailing, outbox, say
from workspaces.actions.mailing import Post, ring_for_mail
from workspaces.models import Digest, MailAbout, Mailing, Notice, Role, Thread, User, Workspace

ROUNDS = 3
WORKERS = 5
DIES_AFTER_SENDING = """
import contextlib, os, signal, django
from django.conf import settings
django.setup()
settings.TEMPLATES[0]["DIRS"].insert(0, {sentences!r})
from django.core.mail.backends import filebased
from django.db import transaction
from workspaces.actions import mail_notices
write = filebased.EmailBackend.send_messages
def write_and_die(self, messages):
    write(self, messages)
    os.kill(os.getpid(), signal.SIGKILL)
filebased.EmailBackend.send_messages = write_and_die
with contextlib.nullcontext() if {guarded} else transaction.atomic():
    mail_notices()
"""


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """What processes are told so that their mails are found here, and only theirs."""
    return {"ETAPPE_VAR": str(tmp_path)}


@pytest.fixture
def mailman(house: House, settled: None, env: dict[str, str]) -> Iterator[Running]:
    """The Celery worker."""
    yield from house.during_this_test(household.worker({**house.env, **env}, processes=1))


def letters(env: dict[str, str]) -> Counter[str]:
    """Of each mail that processes have sent, how often."""
    texts = [path.read_text() for path in Path(env["ETAPPE_VAR"], "mail").glob("*.log")]
    return Counter(re.findall(r"^Message-ID: (.+)$", "\n".join(texts), re.MULTILINE))


def killed_after_sending(sentences: Path, env: dict[str, str], *, guarded: bool) -> None:
    """A worker that has given a mail to the mail server and dies by kill -9 before it notes that."""
    words = [sys.executable, "-c", DIES_AFTER_SENDING.format(sentences=str(sentences), guarded=guarded)]
    done = subprocess.run(words, env={**os.environ, **env}, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.mark.parametrize("number", range(ROUNDS))
def test_five_workers_at_once_send_each_mail_once(
    transactional_db: None, alarm: Alarm, olga: User, workspace: Workspace, number: int
) -> None:
    edda = joined("Edda", workspace, Role.EDITOR, by=olga)
    for which in range(4):
        alarm(f"fell {which}", olga, edda)
    assert failures(*[mail_notices] * WORKERS) == []
    sent = Counter((letter.to[0], letter.subject) for letter in mail.outbox)
    assert len(sent) == 8
    assert set(sent.values()) == {1}
    assert set(Notice.objects.values_list("mail", flat=True)) == {Mailing.SENT}


@pytest.mark.parametrize("number", range(ROUNDS))
def test_five_workers_at_once_send_each_digest_once(
    transactional_db: None, at: Clock, olga: User, workspace: Workspace, number: int
) -> None:
    people = [joined(name, workspace, Role.EDITOR, by=olga) for name in ("Edda", "Ada", "Vik", "Nora")]
    create_persona(workspace, name="Mara", by=olga)
    at.now += datetime.timedelta(hours=20)  # a Monday
    assert failures(*[digests_by_mail] * WORKERS) == []
    assert Counter(letter.to[0] for letter in mail.outbox) == {person.email: 1 for person in people}
    assert Counter(Digest.objects.values_list("mail", flat=True)) == {Mailing.SENT: 4, Mailing.NONE: 1}


def test_without_the_claim_several_send_it(
    transactional_db: None, alarm: Alarm, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen_by_all = threading.Barrier(WORKERS)

    def unclaimed(post: Post) -> Notice | None:
        notice: Notice | None = mailing._due(post).select_related("workspace", "member__user").first()
        with contextlib.suppress(threading.BrokenBarrierError):
            seen_by_all.wait(5)
        return notice

    alarm("fell")
    monkeypatch.setattr(mailing, "_claim", unclaimed)
    monkeypatch.setattr(mailing, "_hand_over", lambda notice, post: post.letter(notice).send() and False)
    assert failures(*[mail_notices] * WORKERS) == []
    assert len(mail.outbox) == WORKERS


@pytest.mark.parametrize("number", range(ROUNDS))
def test_five_who_tell_the_same_at_once_tell_it_once(
    transactional_db: None, alarm: Alarm, olga: User, workspace: Workspace, number: int
) -> None:
    edda = joined("Edda", workspace, Role.EDITOR, by=olga)
    people = [(olga, edda), (edda, olga)]
    told: list[int] = []

    def tell() -> None:
        told.append(alarm("fell", *people[len(told) % 2], key="alarm:7"))

    assert failures(*[tell] * WORKERS) == []
    assert sum(told) == Notice.objects.count() == 2
    mail_notices()
    assert sorted(letter.to[0] for letter in mail.outbox) == ["edda@example.org", "olga@example.org"]


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_worker_killed_before_it_notes_what_it_sent_sends_nothing_twice(
    transactional_db: None, alarm: Alarm, sentences: Path, env: dict[str, str], number: int
) -> None:
    alarm("fell")
    killed_after_sending(sentences, env, guarded=True)
    assert list(letters(env).values()) == [1]
    Notice.objects.update(mail_at=timezone.now() - datetime.timedelta(days=1))
    for _ in range(3):
        mail_notices()
    assert mail.outbox == []
    assert outbox() == (0, 1, 0)


def test_without_noting_it_first_the_next_worker_sends_it_again(
    transactional_db: None, alarm: Alarm, sentences: Path, env: dict[str, str]
) -> None:
    alarm("fell")
    for _ in range(2):
        killed_after_sending(sentences, env, guarded=False)
    assert list(letters(env).values()) == [2]


@pytest.mark.parametrize("number", range(ROUNDS))
def test_killing_the_real_worker_at_any_moment_sends_nothing_twice(
    house: House, mailman: Running, workspace: Workspace, olga: User, env: dict[str, str], number: int
) -> None:
    edda = change_preferences(joined("Edda", workspace, Role.EDITOR, by=olga), mail_about=MailAbout.ALL)
    thread = Thread.objects.create(workspace=workspace)
    for kill in range(3):
        for which in range(20):
            say(thread, text=f"@{edda}, see {kill}.{which}", by=olga)
        time.sleep(0.15 * number)
        house.kill(mailman)
        mailman = house.ensure(mailman.child)
    ring_for_mail(Notice)
    deadline = time.monotonic() + 60
    while Notice.objects.filter(mail=Mailing.WAITING).exists() and time.monotonic() < deadline:
        time.sleep(0.2)
    house.kill(mailman)
    stands = Counter(Notice.objects.values_list("mail", flat=True))
    assert stands[Mailing.SENT] + stands[Mailing.SENDING] == 60
    assert stands[Mailing.SENDING] <= 4
    assert set(letters(env).values()) == {1}
    assert stands[Mailing.SENT] <= len(letters(env)) <= 60
