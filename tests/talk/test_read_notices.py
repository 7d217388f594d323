from django.test import Client
from django.urls import reverse

from tests.cast import SignIn
from tests.journeys.scene import HTMX
from touchpoints.actions import comment_on
from touchpoints.models import Touchpoint
from workspaces.actions import archive_comment
from workspaces.models import Comment, Notice, User


def unread(client: Client, touchpoint: Touchpoint) -> str:
    """What the bell says."""
    bell = client.get(reverse("notices", args=[touchpoint.workspace.slug]), headers=HTMX).content.decode()
    return bell.split('aria-label="')[1].split('"')[0]


def read(person: User, said: Comment) -> str:
    """Where this person reads what they are told of a comment."""
    notice = Notice.objects.get(member__user=person, comment=said)
    return reverse("notice_read", args=[said.workspace.slug, notice.pk])


def test_bell_counts_what_is_unread_and_the_page_lists_it(
    ride: Touchpoint, vik: User, ada: User, sign_in: SignIn
) -> None:
    client, page = sign_in(ada), reverse("notices", args=[ride.workspace.slug])
    assert "whoever writes @ and your name in a comment reaches you" in client.get(page).content.decode()
    said = [comment_on(ride, text=f"@Ada, {text}", by=vik) for text in ("look", "see", "hear")]
    assert unread(client, ride) == "Notices, 3 unread"
    assert "@Ada, look" in client.get(page).content.decode()

    there = reverse("comment", args=[ride.workspace.slug, said[0].pk])
    assert client.post(read(ada, said[0])).headers["Location"] == there
    assert unread(client, ride) == "Notices, 2 unread"
    archive_comment(said[1], by=vik)
    assert unread(client, ride) == "Notices, 1 unread"
    for _ in range(2):
        client.post(page)
        assert unread(client, ride) == "Notices"


def test_reading_is_everyone_s_own(ride: Touchpoint, vik: User, ada: User, edda: User, sign_in: SignIn) -> None:
    said = comment_on(ride, text="@Ada @Edda", by=vik)
    assert sign_in(ada).post(read(edda, said)).status_code == 404
    sign_in(ada).post(read(ada, said))
    sign_in(ada).post(reverse("notices", args=[ride.workspace.slug]))
    assert unread(sign_in(edda), ride) == "Notices, 1 unread"
