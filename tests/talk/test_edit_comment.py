from django.urls import reverse

from tests.cast import SignIn
from touchpoints.actions import comment_on
from touchpoints.models import Touchpoint
from workspaces.models import Comment, Notice, User


def edit(said: Comment) -> str:
    return reverse("comment_edit", args=[said.workspace.slug, said.pk])


def test_author_says_it_otherwise(ride: Touchpoint, vik: User, ada: User, sign_in: SignIn) -> None:
    said = comment_on(ride, text="@Ada, too full", by=vik)
    for _ in range(2):
        assert sign_in(vik).post(edit(said), {"text": "Too full", "version": 1}).status_code == 302
    said.refresh_from_db()
    assert (said.text, said.version) == ("Too full", 2)
    assert not Notice.objects.exists()
    stale = sign_in(vik).post(edit(said), {"text": "Too slow", "version": 1})
    assert stale.status_code == 409
    assert "Too full" in stale.content.decode()
    assert "Too slow" in stale.content.decode()


def test_nobody_else_edits_it_not_even_the_owner(ride: Touchpoint, vik: User, olga: User, sign_in: SignIn) -> None:
    said = comment_on(ride, text="Too full", by=vik)
    assert sign_in(olga).get(edit(said)).status_code == 422
    assert sign_in(olga).post(edit(said), {"text": "Fine", "version": 1}).status_code == 422
    said.refresh_from_db()
    assert said.text == "Too full"


def test_who_is_newly_mentioned_hears_of_it_once(
    ride: Touchpoint, vik: User, ada: User, edda: User, sign_in: SignIn
) -> None:
    said = comment_on(ride, text="@Ada, too full", by=vik)
    sign_in(vik).post(edit(said), {"text": "@Ada, @Edda, too full", "version": 1})
    assert Notice.objects.filter(member__user=ada).count() == 1
    assert Notice.objects.filter(member__user=edda).count() == 1
