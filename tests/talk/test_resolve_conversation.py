import pytest
from django.urls import reverse

from tests.cast import SignIn
from tests.journeys.scene import HTMX
from touchpoints.actions import comment_on
from touchpoints.models import Touchpoint
from workspaces.models import Comment, Thread, User


def at(name: str, said: Comment) -> str:
    return reverse(name, args=[said.workspace.slug, said.pk])


def test_editor_resolves_and_reopens(ride: Touchpoint, vik: User, edda: User, sign_in: SignIn) -> None:
    said = comment_on(ride, text="Too full", by=vik)
    for _ in range(2):
        page = sign_in(edda).post(at("comment_resolve", said), headers=HTMX).content.decode()
        assert "1 resolved" in page
        assert "resolved by Edda" in page
    assert Thread.objects.get().comments == 0
    for _ in range(2):
        assert "1 resolved" not in sign_in(edda).post(at("comment_reopen", said), headers=HTMX).content.decode()
    assert Thread.objects.get().comments == 1


@pytest.mark.parametrize(("began", "status"), [("vik", 302), ("edda", 422)])
def test_viewer_resolves_only_what_they_began(
    began: str, status: int, ride: Touchpoint, vik: User, edda: User, sign_in: SignIn
) -> None:
    said = comment_on(ride, text="Too full", by={"vik": vik, "edda": edda}[began])
    assert sign_in(vik).post(at("comment_resolve", said)).status_code == status
    said.refresh_from_db()
    assert (said.resolved_at is not None) == (status == 302)


def test_an_answer_alone_is_not_resolved(ride: Touchpoint, vik: User, edda: User, sign_in: SignIn) -> None:
    root = comment_on(ride, text="Too full", by=vik)
    answer = comment_on(ride, text="Since May", by=edda, answers=root)
    assert sign_in(edda).post(at("comment_resolve", answer), headers=HTMX).status_code == 422
