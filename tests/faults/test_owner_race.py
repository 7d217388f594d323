"""A workspace keeps an owner, also when two owners let go of it at the same moment."""

import threading
from collections.abc import Callable
from functools import partial
from unittest import mock

import pytest

from tests.cast import joined, member_of
from tests.elsewhere import at_once
from workspaces.actions import change_role, members, remove_member
from workspaces.errors import Refused
from workspaces.models import Membership, Role, User, Workspace

ROUNDS = 3


@pytest.fixture
def both(transactional_db: None, workspace: Workspace, olga: User) -> list[User]:
    """Two owners and nobody else who could be one."""
    return [olga, joined("Otmar", workspace, Role.OWNER, by=olga)]


def demote(member: Membership, *, by: User) -> None:
    change_role(member, to=Role.VIEWER, version=member.version, by=by)


def allowed(verb: Callable[..., None], pairs: list[tuple[Membership, User]]) -> list[bool]:
    """Do it for all pairs at the same moment; whether each was allowed."""
    outcomes = at_once(*[partial(verb, member, by=by) for member, by in pairs])
    assert all(outcome is None or isinstance(outcome, Refused) for outcome in outcomes)
    return [outcome is None for outcome in outcomes]


def owners(workspace: Workspace) -> int:
    return Membership.objects.of(workspace).filter(role=Role.OWNER).count()


@pytest.mark.parametrize("verb", [demote, remove_member])
@pytest.mark.parametrize("whom", ["each other", "themselves"])
@pytest.mark.parametrize("_round", range(ROUNDS))
def test_one_of_two_owners_stays(
    workspace: Workspace, both: list[User], verb: Callable[..., None], whom: str, _round: int
) -> None:
    first, second = (member_of(workspace, person) for person in both)
    pairs = [(first, both[1]), (second, both[0])] if whom == "each other" else [(first, both[0]), (second, both[1])]
    assert sorted(allowed(verb, pairs)) == [False, True]
    assert owners(workspace) == 1


def test_without_the_lock_both_would_go(workspace: Workspace, both: list[User]) -> None:
    """The control: the fault is real, and it is the lock on the workspace that prevents it."""
    first, second = (member_of(workspace, person) for person in both)
    seen_by_both = threading.Barrier(2)
    check = members.keep_an_owner

    def check_then_wait(*args: object, **kwargs: object) -> None:
        check(*args, **kwargs)  # type: ignore[arg-type]
        seen_by_both.wait(5)

    with (
        mock.patch.object(members, "lock", lambda pk: Workspace.objects.get(pk=pk)),
        mock.patch.object(members, "keep_an_owner", check_then_wait),
    ):
        assert allowed(demote, [(first, both[0]), (second, both[1])]) == [True, True]
    assert owners(workspace) == 0
