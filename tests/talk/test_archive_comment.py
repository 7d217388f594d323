from django.urls import reverse

from tests.cast import SignIn
from tests.journeys.scene import HTMX
from touchpoints.actions import comment_on
from touchpoints.models import Touchpoint
from workspaces.models import Comment, Thread, User


def at(name: str, said: Comment) -> str:
    return reverse(name, args=[said.workspace.slug, said.pk])


def test_author_takes_it_away_and_back(ride: Touchpoint, vik: User, ada: User, sign_in: SignIn) -> None:
    said = comment_on(ride, text="Too full", by=vik)
    comment_on(ride, text="Since May", by=ada, answers=said)
    client = sign_in(vik)
    for _ in range(2):
        gone = client.post(at("comment_archive", said), headers=HTMX).content.decode()
        assert "Since May" not in gone
        assert at("comment_restore", said) in gone
    assert Thread.objects.get().comments == 0
    for _ in range(2):
        assert "Since May" in client.post(at("comment_restore", said), headers=HTMX).content.decode()
    assert Thread.objects.get().comments == 2


def test_admin_may_and_an_editor_may_not(ride: Touchpoint, vik: User, ada: User, edda: User, sign_in: SignIn) -> None:
    said = comment_on(ride, text="Too full", by=vik)
    refused = sign_in(edda).post(at("comment_archive", said))
    assert refused.status_code == 422
    assert "Only who wrote this comment" in refused.content.decode()
    assert sign_in(ada).post(at("comment_archive", said)).status_code == 302
    assert Thread.objects.get().comments == 0


def test_outsider_finds_no_comment(ride: Touchpoint, vik: User, otto: User, sign_in: SignIn) -> None:
    said = comment_on(ride, text="Too full", by=vik)
    assert sign_in(otto).post(at("comment_archive", said)).status_code == 404
