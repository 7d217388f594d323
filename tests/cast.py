"""The cast. Olga owns, Ada administers, Edda edits, Vik only looks, Otto is an outsider, Tess is a token.

Their workspace is Lindbahn (`workspace`). Otto owns another one (`elsewhere`) with similar rows. In a test:

    def test_viewer_cannot_rename_a_team(workspace, vik, sign_in): ...
        page = sign_in(vik)                      # a django.test.Client, signed in
        page.post(f"/w/{workspace.slug}/…", {…})

    def test_token_reads_the_map(tess): ...
        tess.get("/api/v1/…")                    # a Client that sends the token of a service: read, write, ingest
"""

import hashlib
from collections.abc import Callable

import pytest
from django.test import Client

from workspaces.actions import add_member, create_workspace
from workspaces.models import ApiToken, Membership, Role, Scope, User, Workspace

SignIn = Callable[[User], Client]
PASSWORD = "correct horse battery"


def person(name: str) -> User:
    """Somebody with an address and no password: tests sign people in without one."""
    return User.objects.create_user(email=f"{name.lower()}@example.org", name=name)


def with_password(somebody: User) -> User:
    """The same person, with a password to sign in with."""
    somebody.set_password(PASSWORD)
    somebody.save()
    return somebody


@pytest.fixture
def olga(db: None) -> User:
    """Owns Lindbahn."""
    return person("Olga")


@pytest.fixture
def otto(db: None) -> User:
    """Owns another workspace and nothing here."""
    return person("Otto")


@pytest.fixture
def workspace(olga: User) -> Workspace:
    """Lindbahn, where the play is set."""
    return create_workspace(name="Lindbahn", by=olga)


@pytest.fixture
def elsewhere(otto: User) -> Workspace:
    """Otto's workspace."""
    return create_workspace(name="Otto's Trams", by=otto)


@pytest.fixture
def ada(workspace: Workspace, olga: User) -> User:
    """Administers."""
    return joined("Ada", workspace, Role.ADMIN, by=olga)


@pytest.fixture
def edda(workspace: Workspace, olga: User) -> User:
    """Edits."""
    return joined("Edda", workspace, Role.EDITOR, by=olga)


@pytest.fixture
def vik(workspace: Workspace, olga: User) -> User:
    """Only looks."""
    return joined("Vik", workspace, Role.VIEWER, by=olga)


@pytest.fixture
def tess(workspace: Workspace) -> Client:
    """A service token of Lindbahn with every scope."""
    return token_client(workspace, *Scope.values)


@pytest.fixture
def sign_in() -> SignIn:
    """`sign_in(edda)` is a client that Edda has signed in with; `sign_in()` is nobody's."""

    def client_of(somebody: User | None = None) -> Client:
        client = Client()
        if somebody:
            client.force_login(somebody)
        return client

    return client_of


def joined(name: str, workspace: Workspace, role: Role, *, by: User) -> User:
    """A person who is a member of that workspace."""
    somebody = person(name)
    add_member(workspace, user=somebody, role=role, by=by)
    return somebody


def member_of(workspace: Workspace, somebody: User) -> Membership:
    """Their membership as it is now."""
    member: Membership = Membership.objects.of(workspace).get(user=somebody)
    return member


def token_client(workspace: Workspace, *scopes: str) -> Client:
    """A client that sends a fresh service token with these scopes."""
    secret = f"test-{workspace.slug}-{'-'.join(scopes)}"
    ApiToken.objects.create(
        workspace=workspace,
        name="Tess",
        prefix=secret[:8],
        token_hash=hashlib.sha256(secret.encode()).hexdigest(),
        scopes=list(scopes),
    )
    return Client(headers={"Authorization": f"Bearer {secret}"})
