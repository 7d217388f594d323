"""Two people put A under B and B under A at the same moment. The control takes the lock away, and finds the circle."""

import threading
from functools import partial

import pytest
from django.db import connection, transaction

from journeys.actions.parents import set_parent
from journeys.models import Journey, Placement
from tests.elsewhere import Elsewhere, at_once
from tests.journeys.scene import drawn, placed
from workspaces.errors import Refused
from workspaces.models import User, Workspace

ROUNDS = 3
LOCK = "PERFORM pg_advisory_xact_lock"
BODY = "SELECT pg_get_functiondef('journeys_in_a_tree'::regproc)"


def pair(workspace: Workspace, by: User, round_: int) -> tuple[Journey, Journey]:
    one = drawn(workspace, by, f"One {round_}", purchase=f"A{round_}")
    return one, drawn(workspace, by, f"Two {round_}", purchase=f"B{round_}")


def under(journey: Journey, at: Placement, by: User) -> None:
    set_parent(journey, placement=at, version=journey.edition, by=by)


def is_a_circle(one: Journey, two: Journey) -> bool:
    return set(Journey.objects.filter(pk__in=[one.pk, two.pk], parent_placement=None)) == set()


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_only_one_of_them_gets_below_the_other(
    transactional_db: None, workspace: Workspace, olga: User, round_: int
) -> None:
    one, two = pair(workspace, olga, round_)
    came = at_once(
        partial(under, one, placed(two, f"B{round_}"), olga),
        partial(under, two, placed(one, f"A{round_}"), olga),
    )
    assert [type(what) for what in came if what is not None] == [Refused]
    assert not is_a_circle(one, two)


def both_before_either_commits(one: Journey, two: Journey, wait: float) -> list[object]:
    """Each writes in a transaction of its own and holds it open until the other has written, or has waited so long."""
    written = [threading.Event(), threading.Event()]
    at = [placed(two, "B9"), placed(one, "A9")]

    def write(number: int, journey: Journey) -> None:
        with transaction.atomic():
            Journey.objects.filter(pk=journey.pk).update(parent_placement=at[number])
            written[number].set()
            written[1 - number].wait(wait)

    work = [Elsewhere(partial(write, number, journey)) for number, journey in enumerate((one, two))]
    return [one.done() for one in work]


def test_without_the_lock_a_circle_comes_about(transactional_db: None, workspace: Workspace, olga: User) -> None:
    one, two = pair(workspace, olga, 9)
    with connection.cursor() as cursor:
        cursor.execute(BODY)
        body: str = cursor.fetchone()[0]
        assert LOCK in body
        try:
            cursor.execute("\n".join(line for line in body.splitlines() if LOCK not in line))
            assert both_before_either_commits(one, two, 20) == [None, None]
            assert is_a_circle(one, two)
        finally:
            cursor.execute(body)


def test_with_the_lock_the_same_order_leaves_none(transactional_db: None, workspace: Workspace, olga: User) -> None:
    one, two = pair(workspace, olga, 9)
    came = both_before_either_commits(one, two, 0.5)
    assert [type(what).__name__ for what in came if what is not None] == ["IntegrityError"]
    assert not is_a_circle(one, two)
