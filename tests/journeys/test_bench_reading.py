"""What the storm of `bench` reads of a page is the map: its figures stand on that."""

from django.test import Client

from bench.frame_page import read, rows_of
from journeys.models import Journey
from tests.cast import SignIn
from tests.journeys.scene import HTMX, address, phase, placed, post_move
from workspaces.models import User


def test_the_storm_reads_where_everything_stands(commute: Journey, edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    seen = read(shown(client, commute))
    standing = commute.placements.filter(archived_at=None).order_by("phase__position", "position")
    assert [row for row in seen.rows if row[1]] == list(standing.values_list("phase_id", "pk", "version"))
    assert list(seen.phases) == list(commute.phases.values_list("pk", flat=True))
    assert seen.revision == commute.revision


def test_the_storm_reads_the_answer_of_a_move_as_the_page_then_stands(
    commute: Journey, edda: User, sign_in: SignIn
) -> None:
    client, there = sign_in(edda), phase(commute, "retention")
    answer = post_move(client, placed(commute, "Shop"), there).content.decode()
    assert [row for row in rows_of(answer) if row[0] == there.pk] == read(shown(client, commute)).of(there.pk)


def shown(client: Client, journey: Journey) -> str:
    """The map as its page has it."""
    return client.get(address("journey", journey), headers=HTMX).content.decode()
