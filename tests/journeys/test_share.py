"""A share link opens one journey, read-only, and nothing else."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from feedback.models import Insight
from journeys.actions.journeys import archive_journey
from journeys.actions.shares import make_share, revoke_share
from journeys.board import JourneyMap, read_map
from journeys.models import Journey, Lane, LaneCell, ShareLink, usual_lanes
from journeys.strangers import INSIDE, for_strangers
from journeys.views.rows import the_phases
from tests.cast import SignIn
from tests.doors import Open
from tests.doors_table import ROUTES
from tests.journeys.scene import address, drawn, placed
from tests.rows import ROWS, fill
from tests.test_doors import ALL
from touchpoints.actions.talk import comment_on
from workspaces import clock
from workspaces.limits import LIMITS
from workspaces.models import AuditEntry, Team, User, Workspace

LOOKS = ["", "?view=timeline", "?view=table", "?lens=gap", "?lens=evidence", "?view=table&lens=effort", "?zoom=24"]
WORDS_INSIDE = (
    *("Edda", "Olga", "example.org", "Fleet", "Mainframe7", "Lindbahn"),
    *("Board-trip", "Boardroom", "Nobody-hears-this", "Overnight-only", "Whispered-only", "touchpoint-talk"),
)


@dataclass
class Link:
    """A share link of the dressed map with its secret, and a stranger's browser."""

    share: ShareLink
    secret: str
    client: Client

    @property
    def home(self) -> str:
        return reverse("share", args=[self.secret])

    def read(self, look: str = "", status: int = 200) -> str:
        answer = self.client.get(self.home + look)
        assert answer.status_code == status
        return answer.content.decode()


@pytest.fixture
def link(dressed: Journey, edda: User) -> Link:
    """All of the workspace has something to hide, and this journey a lane that it shows."""
    ride = placed(dressed, "Ride")
    ride.backstage, ride.quote, ride.assumed_emotion, ride.expectation = "Mainframe7", "I stood all the way", -1, 1
    ride.save()
    comment_on(ride.touchpoint, text="Whispered-only", by=edda)
    other = drawn(dressed.workspace, edda, "Board-trip", purchase="Boardroom")
    hidden = placed(other, "Boardroom").touchpoint
    Insight.objects.create(workspace=dressed.workspace, touchpoint=hidden, text="Nobody-hears-this", mentions=5)
    Lane.objects.filter(journey=dressed).delete()
    Lane.objects.bulk_create(usual_lanes(dressed))
    for place, (name, shown) in enumerate({"Weather": True, "Overnight-only": False}.items(), start=20):
        at = {"workspace": dressed.workspace, "journey": dressed}
        lane = Lane.objects.create(kind="text", name=name, position=place, shown=shown, **at)
        LaneCell.objects.create(lane=lane, placement=ride, text=f"{name} cell", **at)
    share, secret = make_share(dressed, name="Agency", by=edda)
    return Link(share, secret, Client())


def seen_pages(link: Link) -> Iterator[tuple[str, str]]:
    """Every page that the link leads to, by following its own links, and all the ways to look that we know of."""
    waiting, seen = [link.home + look for look in LOOKS], set()
    while waiting:
        url = waiting.pop()
        if url in seen:
            continue
        seen.add(url)
        answer = link.client.get(url)
        assert answer.status_code == 200, url
        page = answer.content.decode()
        yield url, page
        for href in re.findall(r'<a\b[^>]*\bhref="([^"#]+)"', page.replace("&amp;", "&")):
            there = url.partition("?")[0] + href if href.startswith(("?", "present")) else href
            assert there.startswith(link.home), f"{href} on {url} leads out"
            waiting.append(there)


def test_no_page_behind_a_link_tells_of_people_or_anything_else(link: Link) -> None:
    pages = dict(seen_pages(link))
    assert len(pages) > 20
    for url, page in pages.items():
        told = [word for word in WORDS_INSIDE if word in page]
        assert told == [], url
        assert "<form" not in page, url
        assert not re.search("/(w|api|accounts)/", page), url
    timeline = pages[f"{link.home}?view=timeline"]
    for said in ("Ride", "I stood all the way", "Too full", "Weather cell", "Commuter", ">72<"):
        assert said in timeline
    assert "Owner" not in pages[f"{link.home}?view=table"]


def test_whatever_is_added_to_a_touchpoint_stays_inside_until_it_is_let_out(link: Link) -> None:
    seen: JourneyMap = read_map(link.share.journey, the_phases(link.share.journey))
    bare = for_strangers(seen)
    for phase in bare.phases:
        for touchpoint in phase.touchpoints:
            assert {getattr(touchpoint, name) for name in INSIDE} <= {None}
    assert {"team", "team_name", "member", "member_name", "backstage", "comments"} <= set(INSIDE)
    assert any(one.comments for phase in seen.phases for one in phase.touchpoints), "the control has been talked about"
    assert any(one.owner for phase in seen.phases for one in phase.touchpoints), "the control has somebody to hide"


def test_a_link_opens_no_other_address(workspace: Workspace, edda: User) -> None:
    """Every route that exists, asked for in the browser in which the link has been opened."""
    fill(workspace, by=edda)
    journey = Journey.objects.get()
    share, secret = make_share(journey, name="Agency", by=edda)
    link = Link(share, secret, Client())
    link.read()
    tried = 0
    for name, parts in ALL.items():
        if isinstance(ROUTES[name], Open):
            continue
        named = {part: ROWS[part](link.share.workspace) for part in parts if part != "slug"}
        url = reverse(name, kwargs=named | ({"slug": link.share.workspace.slug} if "slug" in parts else {}))
        for headers in ({}, {"Authorization": f"Bearer {link.secret}"}, {"HX-Request": "true"}):
            assert link.client.get(url, headers=headers).status_code in {302, 401, 405, 429}, name
            assert link.client.post(url, headers=headers).status_code in {302, 401, 405, 429}, name
        tried += 1
    assert tried > 100


def test_it_is_kept_and_indexed_by_nobody(link: Link) -> None:
    answer = link.client.get(link.home)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    share = ShareLink.objects.get(pk=link.share.pk)
    assert (share.opened, share.last_opened_at is not None) == (1, True)
    assert link.secret not in repr(ShareLink.objects.values().get(pk=share.pk))
    assert link.client.post(link.home, {"password": "x"}).status_code == 302
    assert link.client.put(link.home).status_code == 405


def test_what_has_ended_is_gone_at_once(
    link: Link, edda: User, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    journey = link.share.journey
    week, in_a_week = make_share(journey, name="W", by=edda, expires_at=clock.now() + datetime.timedelta(days=7))
    later = clock.now() + datetime.timedelta(days=8)
    url = reverse("share", args=[in_a_week])
    assert link.client.get(url).status_code == 200
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: later)
        assert link.client.get(url).status_code == 404
    revoke_share(week, by=edda)
    revoke_share(week, by=edda)
    assert link.client.get(url).status_code == link.client.get(f"{url}present/").status_code == 404
    assert AuditEntry.objects.of(workspace).filter(verb="share.revoke").count() == 1
    assert "opens nothing" in link.client.get(reverse("share", args=["guessed"])).content.decode()
    archive_journey(journey, by=edda)
    page = link.read(status=404)
    assert "Commute" not in page


def test_a_password_is_asked_for_once_and_only_for_its_link(link: Link, edda: User) -> None:
    share, secret = make_share(link.share.journey, name="Board", by=edda, password="spring tide")
    _other, open_to_same = make_share(link.share.journey, name="Other", by=edda, password="spring tide")
    url, stranger = reverse("share", args=[secret]), Client()
    asked = stranger.get(f"{url}?view=table")
    assert "Ride" not in asked.content.decode()
    assert asked.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert stranger.get(f"{url}present/").headers["Location"] == url
    wrong = stranger.post(f"{url}?view=table", {"password": "Spring tide"})
    assert wrong.status_code == 422
    assert "This is not the password" in wrong.content.decode()
    assert "Ride" not in stranger.get(url).content.decode()
    right = stranger.post(f"{url}?view=table", {"password": "spring tide"})
    assert right.headers["Location"] == f"{url}?view=table"
    assert "Ride" in stranger.get(f"{url}?view=table").content.decode()
    assert stranger.get(f"{url}present/").status_code == 200
    assert "Ride" not in stranger.get(reverse("share", args=[open_to_same])).content.decode()
    assert "spring tide" not in repr(ShareLink.objects.values().get(pk=share.pk))
    assert ShareLink.objects.get(pk=share.pk).opened == 1


@pytest.mark.usefixtures("within_one_window")
def test_passwords_cannot_be_guessed_without_end(link: Link, edda: User) -> None:
    _share, secret = make_share(link.share.journey, name="Board", by=edda, password="spring tide")
    url, limit = reverse("share", args=[secret]), LIMITS["share"][0]
    statuses = [Client().post(url, {"password": f"guess {number}"}).status_code for number in range(limit.times + 2)]
    assert statuses == [422] * limit.times + [429, 429]
    assert Client().post(url, {"password": "spring tide"}).status_code == 429


def test_an_editor_makes_a_link_sees_it_once_and_revokes_it(
    dressed: Journey, edda: User, vik: User, sign_in: SignIn
) -> None:
    page = sign_in(edda)
    made = page.post(
        address("share_create", dressed) + "?lens=gap", {"name": "Agency", "days": "7", "password": "spring tide"}
    ).content.decode()
    link = re.search(r"/s/[\w-]{43}/\?lens=gap", made)
    assert link
    listed = page.get(address("journey_out", dressed)).content.decode()
    assert "Agency" in listed
    assert link[0][3:46] not in listed
    share = ShareLink.objects.get()
    assert (share.made_by, share.name) == (edda, "Agency")
    assert "Agency" not in sign_in(vik).get(address("journey_out", dressed)).content.decode()
    url = address("share_revoke", dressed, link_id=share.pk)
    assert "Revoke" in page.get(url).content.decode()
    page.post(url)
    assert Client().get(link[0]).status_code == 404
    assert (
        page.post(address("share_create", dressed), {"name": "", "days": "7", "password": "short"}).status_code == 422
    )
    assert Team.objects.of(dressed.workspace).exists()
