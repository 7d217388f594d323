"""Beginning an opportunity, changing what it gathers, archiving it, and talking about it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from feedback.actions import archive_insight, create_insight
from feedback.models import Insight
from measures.actions import create_opportunity, edit_opportunity
from measures.models import Opportunity
from tests.answering import new_touchpoint
from tests.cast import SignIn, member_of
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


@pytest.fixture
def pain(delays: Touchpoint, edda: User) -> Insight:
    return create_insight(delays, kind="pain", text="Too late to be of use", mentions=7, by=edda)


@pytest.fixture
def wish(counter: Touchpoint, edda: User) -> Insight:
    return create_insight(counter, kind="wish", text="Somebody to ask", by=edda)


@pytest.fixture
def opportunity(workspace: Workspace, pain: Insight, edda: User) -> Opportunity:
    return create_opportunity(workspace, title="Tell of delays in time", insights=[pain], by=edda)


@pytest.fixture
def client(edda: User, sign_in: SignIn) -> Client:
    """Edda's browser."""
    return sign_in(edda)


def address(name: str, of: Workspace | Opportunity) -> str:
    if isinstance(of, Workspace):
        return reverse(name, args=[of.slug])
    return reverse(name, args=[of.workspace.slug, of.pk])


def ticked(answer: Any) -> list[str]:
    """What the form that was answered has ticked."""
    offers = answer.context["form"].offers
    return [str(box.insight) for offer in offers for box in offer.boxes if box.is_ticked]


def on_offer(answer: Any) -> dict[str, list[str]]:
    return {str(one.touchpoint): [str(box.insight) for box in one.boxes] for one in answer.context["form"].offers}


def test_what_customers_suffer_and_wish_is_gathered(
    workspace: Workspace, client: Client, pain: Insight, wish: Insight, edda: User
) -> None:
    owner = member_of(workspace, edda)
    body = {"title": "Help on the way", "insights": [pain.pk, wish.pk], "owner": f"member-{owner.pk}", "note": "Soon"}
    answer = client.post(address("opportunity_create", workspace), body)
    made = Opportunity.objects.get()
    assert answer.headers["Location"] == address("opportunity", made)
    assert set(made.insights.all()) == {pain, wish}
    assert (made.owner, made.note) == (owner, "Soon")


def test_pains_and_wishes_that_are_kept_are_on_offer_by_touchpoint(
    workspace: Workspace, client: Client, pain: Insight, wish: Insight, delays: Touchpoint, edda: User
) -> None:
    create_insight(delays, kind="praise", text="Friendly", by=edda)
    archive_insight(create_insight(delays, kind="pain", text="Gone", by=edda), by=edda)
    offered = on_offer(client.get(address("opportunity_create", workspace)))
    assert list(offered.items()) == [
        ("Delay information", ["Too late to be of use"]),
        ("Ticket counter", ["Somebody to ask"]),
    ]


def test_an_address_ticks_what_it_names(
    workspace: Workspace, client: Client, pain: Insight, wish: Insight, delays: Touchpoint, edda: User
) -> None:
    create_insight(delays, kind="wish", text="By message", by=edda)
    begin = address("opportunity_create", workspace)
    assert ticked(client.get(begin)) == []
    answer = client.get(f"{begin}?insight={wish.pk}&insight={2**70}&insight=nonsense")
    assert ticked(answer) == ["Somebody to ask"]
    assert 'value="Somebody to ask"' in answer.content.decode(), "one insight alone suggests the title"
    assert ticked(client.get(f"{begin}?touchpoint={delays.pk}")) == ["Too late to be of use", "By message"]
    both = client.get(f"{begin}?insight={wish.pk}&touchpoint={delays.pk}")
    assert len(ticked(both)) == 3


def test_without_any_there_is_none_and_the_form_says_so(workspace: Workspace, client: Client, pain: Insight) -> None:
    answer = client.post(address("opportunity_create", workspace) + f"?insight={pain.pk}", {"title": "Nothing"})
    assert answer.status_code == 422
    assert "Choose at least one pain point or wish." in answer.content.decode()
    assert ticked(answer) == [], "what is sent goes before the address"
    assert not Opportunity.objects.exists()


def test_anothers_pain_is_no_choice(workspace: Workspace, client: Client, elsewhere: Workspace, otto: User) -> None:
    theirs = create_insight(new_touchpoint(elsewhere, "Tram"), kind="pain", text="Late", by=otto)
    for insight in (theirs.pk, 2**70, "x"):
        body = {"title": "Smuggled", "insights": [insight]}
        assert client.post(address("opportunity_create", workspace), body).status_code == 422
    assert not Opportunity.objects.exists()


def test_it_is_changed_and_what_it_gathers_stays_on_offer(
    client: Client, opportunity: Opportunity, pain: Insight, wish: Insight, edda: User
) -> None:
    archive_insight(pain, by=edda)
    edit = address("opportunity_edit", opportunity)
    assert ticked(client.get(edit)) == ["Too late to be of use"]
    body = {"title": "Earlier", "insights": [pain.pk, wish.pk], "version": 1}
    assert client.post(edit, body).headers["Location"] == address("opportunity", opportunity)
    opportunity.refresh_from_db()
    assert (opportunity.title, opportunity.version, opportunity.insights.count()) == ("Earlier", 2, 2)
    assert client.post(edit, body).status_code == 302, "sent twice"
    opportunity.refresh_from_db()
    assert opportunity.version == 2


def test_whoever_was_slower_sees_both(
    client: Client, opportunity: Opportunity, pain: Insight, wish: Insight, ada: User
) -> None:
    edit_opportunity(opportunity, version=1, title="Ada's", insights=[pain, wish], by=ada)
    body = {"title": "Mine", "insights": [wish.pk], "version": 1}
    answer = client.post(address("opportunity_edit", opportunity), body)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert 'value="Mine"' in shown
    assert "Ada&#x27;s" in shown
    stored = shown.split("As stored by now:</p><ul>")[1].split("</ul>")[0]
    assert "Too late to be of use" in stored
    assert "Somebody to ask" in stored
    assert ticked(answer) == ["Somebody to ask"]
    assert client.post(address("opportunity_edit", opportunity), {**body, "version": 2}).status_code == 302


def test_it_is_archived_and_comes_back(client: Client, opportunity: Opportunity) -> None:
    archive = address("opportunity_archive", opportunity)
    assert "Archive “Tell of delays in time”?" in client.get(archive).content.decode()
    answer = client.post(archive, follow=True)
    assert "“Tell of delays in time” is archived." in answer.content.decode()
    assert client.get(address("opportunity_edit", opportunity)).status_code == 404
    assert client.get(address("opportunity", opportunity)).status_code == 200
    answer = client.post(address("opportunity_restore", opportunity), follow=True)
    assert "“Tell of delays in time” is back." in answer.content.decode()
    assert Opportunity.objects.get().archived_at is None


@pytest.mark.parametrize("name", ["opportunity_create", "opportunity_edit", "opportunity_archive"])
def test_viewers_change_nothing_and_outsiders_find_nothing(
    name: str, opportunity: Opportunity, vik: User, otto: User, sign_in: SignIn
) -> None:
    url = address(name, opportunity.workspace if name == "opportunity_create" else opportunity)
    for somebody, status in ((vik, 403), (otto, 404)):
        assert sign_in(somebody).get(url).status_code == status
        assert sign_in(somebody).post(url, {"title": "Mine"}).status_code == status
    assert sign_in(otto).get(address("opportunity", opportunity)).status_code == 404
    opportunity.refresh_from_db()
    assert (opportunity.title, opportunity.archived_at) == ("Tell of delays in time", None)


def test_every_member_may_talk_about_it(opportunity: Opportunity, vik: User, sign_in: SignIn) -> None:
    client = sign_in(vik)
    answer = client.post(address("opportunity_comments", opportunity), {"text": "The vendor has an offer"})
    page = address("opportunity", opportunity)
    assert answer.headers["Location"].startswith(f"{page}#comment-")
    assert "The vendor has an offer" in client.get(page).content.decode()
    number = answer.headers["Location"].rsplit("-", 1)[1]
    led = client.get(reverse("comment", args=[opportunity.workspace.slug, number]))
    assert led.headers["Location"] == f"{page}#comment-{number}"
