import pytest
from django.urls import reverse

from journeys.models import Journey
from tests.cast import SignIn, member_of
from tests.journeys.scene import HTMX, address
from touchpoints.actions import comment_on
from touchpoints.models import Touchpoint
from workspaces.models import Comment, Notice, Reason, User, Workspace


def talk_at(touchpoint: Touchpoint) -> str:
    return reverse("comments", args=[touchpoint.workspace.slug, touchpoint.pk])


def told(person: User) -> list[tuple[str, str]]:
    """What this person's notices say, latest first."""
    return [(notice.reason, notice.comment.text) for notice in Notice.objects.filter(member__user=person)]


def test_viewer_comments_and_everyone_reads_it(ride: Touchpoint, vik: User, edda: User, sign_in: SignIn) -> None:
    answer = sign_in(vik).post(talk_at(ride), {"text": "Too full\nat eight"})
    said = Comment.objects.get()
    assert answer.headers["Location"].endswith(f"/touchpoints/{ride.pk}/#comment-{said.pk}")
    for page in (answer.headers["Location"], reverse("touchpoint_panel", args=[ride.workspace.slug, ride.pk])):
        shown = sign_in(edda).get(page, headers=HTMX if "panel" in page else {}).content.decode()
        assert "Too full\nat eight" in shown
        assert f'id="comment-{said.pk}"' in shown


def test_second_click_is_harmless(ride: Touchpoint, vik: User, sign_in: SignIn) -> None:
    for _ in range(2):
        sign_in(vik).post(talk_at(ride), {"text": "Too full"}, headers=HTMX)
    assert Comment.objects.count() == 1


def test_map_shows_how_many_comments_are_open(
    ride: Touchpoint, commute: Journey, vik: User, edda: User, sign_in: SignIn
) -> None:
    client = sign_in(edda)
    client.get(address("journey", commute))
    etag = client.get(address("journey", commute)).headers["ETag"]
    for text in ("Too full", "Too late"):
        comment_on(ride, text=text, by=vik)
    page = client.get(address("journey", commute), headers={"If-None-Match": etag}).content.decode()
    assert "2 comments on Ride" in page


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("@Ada Lind, look", "Ada"),
        ("look (@ada)", "Ada"),
        ("@Edda and @Ada", "Ada Edda"),
        ("write to x@Ada", ""),
        ("@Adalbert", ""),
        ("@Vik talks to himself", ""),
    ],
)
def test_who_is_mentioned_gets_a_notice(
    text: str, who: str, ride: Touchpoint, vik: User, ada: User, edda: User
) -> None:
    for person, name in ((ada, "Ada Lind"), (edda, "Edda")):
        person.name = name
        person.save()
    comment_on(ride, text=text, by=vik)
    mentioned = Notice.objects.filter(reason=Reason.MENTION).values_list("member__user__name", flat=True)
    assert sorted(name.split()[0] for name in mentioned) == who.split()


def test_two_of_one_first_name_are_meant_by_their_whole_names(
    ride: Touchpoint, vik: User, ada: User, edda: User
) -> None:
    for person, name in ((ada, "Ada Lind"), (edda, "Ada Berg")):
        person.name = name
        person.save()
    comment_on(ride, text="@Ada, @Ada Berg", by=vik)
    assert told(ada) == []
    assert told(edda) == [("mention", "@Ada, @Ada Berg")]


def test_name_of_the_list_is_put_before_the_text(ride: Touchpoint, vik: User, ada: User, sign_in: SignIn) -> None:
    chosen = {"text": "please look", "mention": member_of(ride.workspace, ada).pk}
    page = sign_in(vik).post(talk_at(ride), chosen, headers=HTMX).content.decode()
    assert f'<b class="mention">@{ada}</b> please look' in page
    assert told(ada) == [("mention", f"@{ada} please look")]


def test_answers_reach_those_who_spoke_and_reopen_the_conversation(
    ride: Touchpoint, vik: User, ada: User, edda: User, sign_in: SignIn, workspace: Workspace
) -> None:
    root = comment_on(ride, text="Too full", by=vik)
    comment_on(ride, text="Since May", by=ada, answers=root)
    sign_in(edda).post(reverse("comment_resolve", args=[workspace.slug, root.pk]))
    first = Comment.objects.get(text="Since May")
    sign_in(edda).post(talk_at(ride), {"text": "Longer trains come", "answers": first.pk}, headers=HTMX)
    answer = Comment.objects.get(text="Longer trains come")
    assert answer.answers == root
    root.refresh_from_db()
    assert root.resolved_at is None
    assert told(vik) == [("answer", "Longer trains come"), ("answer", "Since May")]
    assert told(ada) == [("answer", "Longer trains come")]
    assert told(edda) == []


@pytest.mark.parametrize(("text", "said"), [("", "This field is required."), ("x" * 4001, "at most 4000 characters")])
def test_bad_input_is_said_and_nothing_is_lost(
    text: str, said: str, ride: Touchpoint, vik: User, sign_in: SignIn
) -> None:
    for headers in ({}, HTMX):
        answer = sign_in(vik).post(talk_at(ride), {"text": text}, headers=headers)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert text in answer.content.decode()
    assert not Comment.objects.exists()


def test_what_is_written_is_not_taken_for_markup(ride: Touchpoint, vik: User, ada: User, sign_in: SignIn) -> None:
    page = sign_in(vik).post(talk_at(ride), {"text": f"@{ada} <script>alert(1)</script>"}, headers=HTMX)
    assert "&lt;script&gt;" in page.content.decode()
    assert "<script>" not in page.content.decode()


def test_comment_of_another_touchpoint_is_not_answered_here(
    ride: Touchpoint, commute: Journey, vik: User, sign_in: SignIn
) -> None:
    pay = Touchpoint.objects.get(name="Pay")
    elsewhere = comment_on(pay, text="Too dear", by=vik)
    answer = sign_in(vik).post(talk_at(ride), {"text": "So it is", "answers": elsewhere.pk}, headers=HTMX)
    assert answer.status_code == 422
    assert Comment.objects.count() == 1


def test_address_of_a_comment_leads_to_it_on_the_map(
    ride: Touchpoint, commute: Journey, vik: User, sign_in: SignIn
) -> None:
    said = comment_on(ride, text="Too full", by=vik)
    there = reverse("comment", args=[ride.workspace.slug, said.pk])
    assert sign_in(vik).get(there).headers["Location"] == f"{address('journey', commute)}#comment-{said.pk}"
    assert "Too full" in sign_in(vik).get(there, headers=HTMX).content.decode()
    commute.placements.update(archived_at="2026-01-01T00:00:00Z", position=None)
    assert f"/touchpoints/{ride.pk}/#comment-" in sign_in(vik).get(there).headers["Location"]


def test_outsider_neither_reads_nor_speaks(ride: Touchpoint, vik: User, otto: User, sign_in: SignIn) -> None:
    said = comment_on(ride, text="Too full", by=vik)
    assert sign_in(otto).post(talk_at(ride), {"text": "Ha"}).status_code == 404
    assert sign_in(otto).get(reverse("comment", args=[ride.workspace.slug, said.pk])).status_code == 404
