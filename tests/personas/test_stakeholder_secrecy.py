"""Who may know of a stakeholder: editors and above, or the people it names; nobody else, by no way."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from journeys.actions.shares import make_share
from measures.actions import cost_measure, create_measure, rewrite_stakeholder
from measures.models import Measure
from personas.actions import create_step, move_stakeholder
from personas.models import Stakeholder
from tests.answering import new_touchpoint
from tests.cast import SignIn, member_of, token_client
from tests.journeys.scene import drawn
from tests.measures.conftest import COSTS, a_benefit
from tests.personas.say import finance, map_of, page_of
from tests.rest import Rest
from workspaces.actions import add_webhook, change_role, make_token, remove_member
from workspaces.models import AuditEntry, Notice, Role, Scope, User, WebhookDelivery, WebhookEvent, Workspace

NAME = "Professor Zwackelmann"


@pytest.fixture
def lte(workspace: Workspace, edda: User) -> Measure:
    return create_measure(workspace, title="LTE routers", touchpoints=[new_touchpoint(workspace, "Wi-Fi")], by=edda)


@pytest.fixture
def open_one(workspace: Workspace, lte: Measure, edda: User) -> Stakeholder:
    """One that all editors see."""
    one = finance(workspace, edda, name=NAME, interests=f"{NAME} wants", decides=[lte])
    create_step(workspace, stakeholder=one, text=f"Ask {NAME}", by=edda)
    return one


@pytest.fixture
def secret(workspace: Workspace, lte: Measure, edda: User) -> Stakeholder:
    """One that only Edda sees, who made it."""
    one = finance(workspace, edda, name=NAME, interests=f"{NAME} wants", decides=[lte], named_only=True)
    create_step(workspace, stakeholder=one, text=f"Ask {NAME}", by=edda)
    return one


def test_a_viewer_reads_no_page_of_them(
    workspace: Workspace, open_one: Stakeholder, vik: User, sign_in: SignIn
) -> None:
    page = sign_in(vik)
    for address in (
        map_of(workspace),
        map_of(workspace) + "?show=table",
        page_of(open_one),
        page_of(open_one, "edit/"),
    ):
        answer = page.get(address)
        assert answer.status_code == 403
        assert NAME not in answer.content.decode()
    assert "/stakeholders/" not in page.get(f"/w/{workspace.slug}/measures/").content.decode()


def test_of_one_that_names_people_nobody_else_knows_not_even_the_owner(
    workspace: Workspace, secret: Stakeholder, olga: User, ada: User, edda: User, vik: User, sign_in: SignIn
) -> None:
    for somebody in (olga, ada, vik):
        for verb in ("", "edit/" if somebody != vik else "", "archive/" if somebody != vik else ""):
            assert sign_in(somebody).get(page_of(secret, verb)).status_code == 404
        if somebody != vik:
            assert sign_in(somebody).post(page_of(secret, "move/"), {"influence": 1, "support": 1}).status_code == 404
            for query in ("", "?show=table", "?archived=1"):
                text = sign_in(somebody).get(map_of(workspace) + query).content.decode()
                assert NAME not in text
    assert NAME in sign_in(edda).get(map_of(workspace)).content.decode()


def test_a_viewer_who_is_named_reads_that_one_and_no_other(
    workspace: Workspace, open_one: Stakeholder, edda: User, vik: User, sign_in: SignIn
) -> None:
    names = [member_of(workspace, vik)]
    shown = finance(workspace, edda, name="The chair", named_only=True, named=names)
    page = sign_in(vik)
    for address in (page_of(shown), map_of(workspace)):
        text = page.get(address).content.decode()
        assert "The chair" in text
        assert NAME not in text
        assert "data-version" not in text
        assert "data-stand" not in text
    assert page.get(page_of(open_one)).status_code == 403
    assert page.post(page_of(shown, "move/"), {"influence": 1, "support": 1, "version": 1}).status_code == 403


def test_names_count_only_where_only_named_people_see_it(
    workspace: Workspace, open_one: Stakeholder, edda: User, vik: User, sign_in: SignIn
) -> None:
    rewrite_stakeholder(open_one, version=1, named=[member_of(workspace, vik)], by=edda)
    assert sign_in(vik).get(page_of(open_one)).status_code == 403


def test_whoever_made_or_hides_one_is_always_among_the_named(
    workspace: Workspace, open_one: Stakeholder, edda: User, ada: User, vik: User, sign_in: SignIn
) -> None:
    hidden = rewrite_stakeholder(open_one, version=1, named_only=True, named=[], by=ada)
    assert {member.user for member in hidden.named.all()} == {edda, ada}
    typed = {"name": NAME, "named_only": "on", "named": [member_of(workspace, vik).pk], "version": "2"}
    assert sign_in(ada).post(page_of(hidden, "edit/"), typed).status_code == 302
    assert {member.user for member in hidden.named.all()} == {edda, vik}
    assert sign_in(ada).get(page_of(hidden)).status_code == 404
    assert "Vik" in sign_in(edda).get(page_of(hidden)).content.decode()


def test_who_lost_the_role_or_the_workspace_sees_them_no_more(
    workspace: Workspace, open_one: Stakeholder, olga: User, edda: User, sign_in: SignIn
) -> None:
    member = member_of(workspace, edda)
    change_role(member, to=Role.VIEWER, version=member.version, by=olga)
    assert sign_in(edda).get(page_of(open_one)).status_code == 403
    remove_member(member_of(workspace, edda), by=olga)
    assert sign_in(edda).get(page_of(open_one)).status_code == 404


def test_no_search_trail_notice_message_or_page_beside_tells_of_them(
    workspace: Workspace, secret: Stakeholder, lte: Measure, olga: User, ada: User, vik: User, sign_in: SignIn
) -> None:
    add_webhook(workspace, name="BI", url="https://example.org/bi", events=WebhookEvent.values, by=ada)
    move_stakeholder(secret, influence=90, support=90, version=secret.version, by=olga)
    here = f"/w/{workspace.slug}"
    places = ("/", f"/jump/?q={NAME[:9]}", f"/measures/{lte.pk}/", "/measures/", "/notices/", "/scorecards/")
    for somebody in (olga, vik):
        for place in places:
            answer = sign_in(somebody).get(here + place)
            assert answer.status_code == 200, place
            assert NAME not in answer.content.decode(), place
    trail = sign_in(olga).get(reverse("settings_audit", args=[workspace.slug])).content.decode()
    assert f"Stakeholder no. {secret.pk}".casefold() in trail.casefold()
    assert NAME not in trail
    assert not Notice.objects.of(workspace).filter(told__icontains=NAME).exists()
    assert not WebhookDelivery.objects.of(workspace).filter(body__icontains=NAME).exists()
    assert AuditEntry.objects.of(workspace).filter(target=f"stakeholder {secret.pk}").exists()


def test_no_share_link_file_or_read_token_tells_of_them(
    workspace: Workspace, open_one: Stakeholder, lte: Measure, edda: User, sign_in: SignIn
) -> None:
    journey = drawn(workspace, edda, purchase="Shop")
    _link, key = make_share(journey, name="Agency", by=edda)
    reader = Rest(token_client(workspace, Scope.READ))
    here = f"/w/{workspace.slug}"
    told = [
        Client().get(reverse("share", args=[key])).content.decode(),
        sign_in(edda).get(f"{here}/journeys/{journey.pk}/out/map.json").content.decode(),
        sign_in(edda).get(f"{here}/measures/measures.csv").content.decode(),
        json.dumps(reader.get(f"journeys/{journey.pk}/export/").json()),
        json.dumps(reader.get("measures/").json()),
        json.dumps(reader.get(f"measures/{lte.pk}/").json()),
    ]
    for text in told:
        assert text
        assert NAME not in text


def test_a_read_token_is_refused_list_and_detail(workspace: Workspace, open_one: Stakeholder) -> None:
    reader = Rest(token_client(workspace, Scope.READ, Scope.INGEST))
    for path in (
        "stakeholders/",
        f"stakeholders/{open_one.pk}/",
        f"stakeholders/{open_one.pk}/positions/",
        "next-steps/",
    ):
        answer = reader.get(path)
        assert answer.status_code == 403
        assert NAME not in answer.content.decode()


def test_a_service_never_sees_one_that_names_people_and_their_own_program_does(
    workspace: Workspace, open_one: Stakeholder, secret: Stakeholder, edda: User, ada: User, tess_rest: Rest
) -> None:
    assert [row["id"] for row in tess_rest.get("stakeholders/").json()["results"]] == [open_one.pk]
    step = secret.steps.get()
    for path in (f"stakeholders/{secret.pk}/", f"stakeholders/{secret.pk}/positions/", f"next-steps/{step.pk}/"):
        assert tess_rest.get(path).status_code == 404
    assert tess_rest.post("next-steps/", {"stakeholder": secret.pk, "text": "Guess"}).status_code == 404
    seen = {}
    for somebody in (edda, ada):
        _token, key = make_token(workspace, name="Mine", scopes=["read", "write"], by=somebody, personal=True)
        own = Rest(Client(headers={"Authorization": f"Bearer {key}"}))
        seen[str(somebody)] = {row["id"] for row in own.get("stakeholders/").json()["results"]}
    assert seen == {"Edda": {open_one.pk, secret.pk}, "Ada": {open_one.pk}}


@pytest.fixture
def tess_rest(workspace: Workspace) -> Rest:
    """A service with every scope."""
    return Rest(token_client(workspace, *Scope.values))


def test_a_service_cannot_hide_anybody(workspace: Workspace, open_one: Stakeholder, tess_rest: Rest) -> None:
    assert tess_rest.post("stakeholders/", {"name": "Legal", "named_only": True}).status_code == 422
    hiding = {"named_only": True, "version": 1}
    assert tess_rest.patch(f"stakeholders/{open_one.pk}/", hiding).status_code == 422
    assert not Stakeholder.objects.of(workspace).filter(named_only=True).exists()


def test_the_first_sentence_counts_only_who_is_seen(
    workspace: Workspace, secret: Stakeholder, lte: Measure, edda: User, ada: User, sign_in: SignIn
) -> None:
    cost_measure(lte, version=1, benefits=[a_benefit()], **COSTS, by=edda)
    finance(workspace, ada, name="Legal", decides=[])
    sentence = "1 gatekeeper decides on the measure that matters most."
    assert sentence in sign_in(edda).get(map_of(workspace)).content.decode()
    assert "gatekeeper decides" not in sign_in(ada).get(map_of(workspace)).content.decode()
