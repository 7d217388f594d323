"""Notices for tests: alarms to tell of, sentences that say them, and a mail server that can be out of sorts.

`alarm("fell on 3 March")` tells Olga. `post.refusals.append(error)`: the next mail is refused by that.
"""

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from pytest_django import Settings

from tests.cast import member_of
from workspaces.actions import tell
from workspaces.models import User, Workspace

NUMBERS = itertools.count(1)
SENTENCES = {
    ".html": "<p>{{ told.touchpoint }} {{ told.what }}</p>",
    "_subject.txt": "{{ told.touchpoint }} {{ told.what }}",
    ".txt": "{{ told.touchpoint }}, of {{ workspace }}, {{ told.what }}.\n",
}


@pytest.fixture
def sentences(settings: Settings, tmp_path: Path) -> Path:
    """Where templates of the tests' own say alarms, bursts and bands: plainly, from whatever they are told."""
    folder = tmp_path / "touchpoints" / "notices"
    folder.mkdir(parents=True)
    for reason in ("alarm", "burst", "band"):
        for ending, text in SENTENCES.items():
            (folder / f"{reason}{ending}").write_text(text)
    ours, *others = settings.TEMPLATES
    settings.TEMPLATES = [{**ours, "DIRS": [tmp_path, *ours["DIRS"]]}, *others]
    return tmp_path


Alarm = Callable[..., int]


@pytest.fixture
def alarm(workspace: Workspace, olga: User, sentences: Path) -> Alarm:
    """`alarm("fell", edda, vik, key="alarm:7")`: tell these people, Olga if nobody is named, each time of another."""

    def tell_of(what: str, *people: User, **more: Any) -> int:
        members = [member_of(workspace, person) for person in people or (olga,)]
        told = {"touchpoint": "R&D <info>", "what": what}
        usual = {"reason": "alarm", "key": f"alarm:{next(NUMBERS)}", "path": f"/w/{workspace.slug}/scorecards/"}
        return tell(workspace, members, **(usual | {"told": told} | more))

    return tell_of


class Post(EmailBackend):
    """A mail server that takes mail into `django.core.mail.outbox`, unless it is to refuse or is out of reach."""

    refusals: list[Exception] = []  # one for each mail that comes next
    losses: list[Exception] = []  # or this happens once the server has taken it
    out_of_reach: list[Exception] = []  # one for each time that somebody calls
    calls = 0

    def open(self) -> None:
        type(self).calls += 1
        if self.out_of_reach:
            raise self.out_of_reach.pop(0)

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if self.refusals:
            raise self.refusals.pop(0)
        taken = super().send_messages(messages)
        if self.losses:
            raise self.losses.pop(0)
        return taken


@pytest.fixture
def post(settings: Settings) -> type[Post]:
    """The mail server, in a good mood."""
    Post.refusals, Post.losses, Post.out_of_reach, Post.calls = [], [], [], 0
    settings.EMAIL_BACKEND = "tests.telling.Post"
    return Post


def subjects() -> list[str]:
    """Of all mails that were taken, oldest first."""
    return [str(letter.subject) for letter in mail.outbox]
