"""A signed-in editor and a map of any length, for the benchmarks of the map, and requests as a server makes them."""

import datetime
import itertools
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.middleware.csrf import _get_new_csrf_string
from django.urls import reverse

from bench.frame import Answer, ask
from feedback.models import Insight
from journeys.actions.journeys import create_journey
from journeys.models import Journey, Placement
from touchpoints.health.combine import DEFAULT_MODEL
from touchpoints.health.shrink import PRIOR_VERSION
from touchpoints.models import Channel, HealthScore, Subject, Touchpoint
from workspaces.actions import add_member, create_workspace
from workspaces.models import Membership, Role, User, Workspace

NUMBER = itertools.count(1)


class Editor:
    """A person who is signed in and owns a workspace, or edits in that of `with_`.

    Requests go through every middleware, but no socket.
    """

    def __init__(self, with_: "Editor | None" = None) -> None:
        user = User.objects.create_user(email=f"edda{next(NUMBER)}@example.org", name="Edda")
        workspace: Workspace = with_.workspace if with_ else create_workspace(name="Lindbahn", by=user)
        if with_:
            add_member(workspace, user=user, role=Role.EDITOR, by=with_.user)
        self.enter(user, workspace)

    @classmethod
    def again(cls, workspace: Workspace) -> "Editor":
        """The owner of a workspace that is there already."""
        editor = cls.__new__(cls)
        owner = Membership.objects.of(workspace).filter(role=Role.OWNER).select_related("user").earliest("pk")
        editor.enter(owner.user, workspace)
        return editor

    def enter(self, user: User, workspace: Workspace) -> None:
        """Sign in."""
        self.user, self.workspace = user, workspace
        session = SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(self.user.pk), settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = self.user.get_session_auth_hash()
        session.save()
        self.token = _get_new_csrf_string()
        self.cookies = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={self.token}"

    def ask(self, url: str, body: dict[str, Any] | None = None, **headers: str) -> Answer:
        """GET, or POST with a form, with these headers: `If_None_Match="…"`."""
        method, sent = ("GET", b"") if body is None else ("POST", urlencode(body).encode())
        return ask(
            method, url, sent, "application/x-www-form-urlencoded",
            **{"cookie": self.cookies, "x_csrftoken": self.token, "accept_language": "en", **headers},
        )  # fmt: skip


def drawn(editor: Editor, touchpoints: int) -> Journey:
    """A journey of that many touchpoints in five phases, most of them with a score, some with pain points."""
    workspace = editor.workspace
    journey = create_journey(workspace, name=f"Trip of {touchpoints}", by=editor.user)
    phases = list(journey.phases.all())
    subjects = Subject.objects.bulk_create(Subject(workspace=workspace, kind="touchpoint") for _ in range(touchpoints))
    channels = list(Channel.objects.of(workspace))
    library = Touchpoint.objects.bulk_create(
        Touchpoint(
            workspace=workspace,
            subject=subject,
            name=f"Touchpoint {next(NUMBER)} of the journey",
            channel=channels[number % len(channels)],
            importance=1 + number % 5,
        )
        for number, subject in enumerate(subjects)
    )
    each = -(-touchpoints // len(phases))
    Placement.objects.bulk_create(
        Placement(
            workspace=workspace,
            journey=journey,
            phase=phases[number // each],
            touchpoint=touchpoint,
            position=number % each,
            moment_of_truth=number % 8 == 0,
            share=100 - number % 50,
        )
        for number, touchpoint in enumerate(library)
    )
    heard(journey, library)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself within a minute
    return journey


def heard(journey: Journey, library: Sequence[Touchpoint]) -> None:
    """Scores of most of these touchpoints, and pain points of some."""
    workspace = journey.workspace
    HealthScore.objects.bulk_create(
        HealthScore(
            workspace=workspace,
            subject_id=touchpoint.subject_id,
            day=datetime.date(2026, 3, 1),
            score=20 + (number * 37 % 700) / 10,
            sd=2 + number % 7,
            evidence=0.7,
            answers=10 + number % 90,
            observations=10 + number % 90,
            known=True,
            model_version=DEFAULT_MODEL.version,
            prior_version=PRIOR_VERSION,
        )
        for number, touchpoint in enumerate(library)
        if number % 9
    )
    Insight.objects.bulk_create(
        Insight(workspace=workspace, touchpoint=touchpoint, kind="pain", text=f"Pain {number}", mentions=number)
        for number, touchpoint in enumerate(library)
        if number % 4 == 0
    )


def address(name: str, journey: Journey, **more: int) -> str:
    """The address of a route about a journey."""
    return reverse(name, kwargs={"slug": journey.workspace.slug, "journey_id": journey.pk, **more})
