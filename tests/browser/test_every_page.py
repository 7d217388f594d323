"""Every page of the product, with one of everything in the workspace, in each theme, language and width.

The table of doors knows all addresses: a new one is swept as soon as it exists, or is named here as no page.
"""

import datetime
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import FloatRect, Locator

from feedback.actions.insights import create_insight
from feedback.models import Survey, new_key
from journeys.actions.journeys import edit_journey
from journeys.actions.shares import make_share
from journeys.models import Journey
from personas.actions import edit_persona
from personas.models import LISTS, Persona
from tests.answering import Given
from tests.browser.conftest import Visit
from tests.browser.looks import DESK, PHONE, faults_of
from tests.cast import member_of, with_password
from tests.doors import Open, Rest
from tests.doors_table import ROUTES
from tests.rows import ROWS, fill
from tests.test_doors import ALL, address
from touchpoints.actions import create_channel, edit_touchpoint, fold_all
from touchpoints.models import Touchpoint
from workspaces.actions import digest_off_link, invite, make_sign_in_link
from workspaces.models import Role, Team, User, Workspace

NO_PAGE = {
    "healthz": "for machines",
    "readyz": "for machines",
    "metrics": "for machines",
    "api_schema": "for programs",
    "start": "leads on where there is one workspace",
    "touchpoint_panel": "a part of the map; by itself it leads to the touchpoint's page",
    "marks": "for the map's script",
    "import_problems": "a file",
    "sheet_blank": "a file",
    "persona_markdown": "a file",
    "persona_json": "a file",
    "persona_pdf": "a file",
    "journey_pdf": "a file",
    "journey_png": "a file",
    "journey_json": "a file",
    "journey_xlsx": "a file",
    "touchpoint_explain_xlsx": "a file",
    "touchpoint_pdf": "a file",
    "scorecards_pdf": "a file",
    "print_fetch": "a file",
    "scorecards_csv": "a file",
    "scorecards_xlsx": "a file",
    "cases_csv": "a file",
    "measures_portfolio_pdf": "a file",
    "measures_csv": "a file",
    "measures_xlsx": "a file",
    "questionnaire_colours": "a sheet of style",
    "survey_qr_svg": "a file",
    "survey_qr_png": "a file",
    "survey_poster": "a file",
    "settings_erasure_proof": "a file",
    "comments": "a part of the touchpoint's page, to which it leads",
    "case_comments": "a part of the case's page, to which it leads",
    "measure_comments": "a part of the measure's page, to which it leads",
    "opportunity_comments": "a part of the opportunity's page, to which it leads",
    "comment": "leads to where the comment is read",
    "mfa_authenticate": "within a sign-in only",
    "mfa_deactivate_totp": "only with a second factor",
    "mfa_view_recovery_codes": "only with a second factor",
    "mfa_generate_recovery_codes": "only with a second factor",
    "mfa_download_recovery_codes": "a file",
    "openid_connect_login": "only with a company's sign-in",
    "openid_connect_callback": "only with a company's sign-in",
}
LOOKS: list[Any] = [
    pytest.param(DESK, id="desk-light-en"),
    pytest.param({**DESK, "theme": "dark", "language": "de"}, id="desk-dark-de"),
    pytest.param({**PHONE, "theme": "light"}, id="phone-light-de"),
    pytest.param({**PHONE, "language": "en"}, id="phone-dark-en"),
]
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenberechtigte und weitere Reisende"
PARTS = ("workspace-switch", "appbar-navigation", "appbar-actions")
PLACES = ["Journeys", "Scorecards", "Touchpoints", "Personas", "Stakeholder"]
PLACES += ["Maßnahmen", "Umfragen", "Antworten", "Einstellungen"]
SAYS_NO = "the server responded with a status of 4"  # a dead link is a page, too


@dataclass
class Swept:
    """What was seen of pages: the faults of each that has any, and those that are not for who looked."""

    faults: dict[str, Any] = field(default_factory=dict)
    elsewhere: dict[str, str] = field(default_factory=dict)


@pytest.fixture
def addresses(workspace: Workspace, olga: User, given: Given) -> dict[str, str]:
    """Where each page is found in a workspace that holds one of everything, and answers enough for a score."""
    fill(workspace, by=with_password(olga))
    say_much(workspace, by=olga)
    asked = Touchpoint.objects.get(pk=ROWS["touchpoint_id"](workspace))
    given(asked, *[1, 2, 4, 5] * 10, text="Nobody told us anything.", occurred_at=timezone.now())
    fold_all()
    _invitation, secret = invite(workspace, email="nora@example.org", role=Role.EDITOR, by=olga)
    _share, shared = make_share(Journey.objects.get(pk=ROWS["journey_id"](workspace)), name="Agency", by=olga)
    survey = Survey.objects.of(workspace).get()
    filling = f"/q/{survey.key}/{new_key()}/"
    known = {
        "questionnaire": f"/q/{survey.key}/",
        "questionnaire_question": f"{filling}{survey.questions.get().pk}/",
        "questionnaire_end": filling,
        "share": reverse("share", args=[shared]),
        "share_present": reverse("share_present", args=[shared]),
        "sign_in_link": reverse("sign_in_link", args=[make_sign_in_link(olga)]),
        "invitation": reverse("invitation", args=[secret]),
        "digest_off": digest_off_link(member_of(workspace, olga)).removeprefix(settings.SITE_URL),
        "account_reset_password_from_key": reverse("account_reset_password_from_key", args=["1", "dead-link"]),
        "journey_create": f"{reverse('journey_create', args=[workspace.slug])}?template=rail",
    }
    read = {name for name, route in ROUTES.items() if "GET" in route.methods and not isinstance(route, Rest)}
    return {name: known.get(name) or address(name, workspace, workspace) for name in ALL if name in read - set(NO_PAGE)}


def say_much(workspace: Workspace, *, by: User) -> None:
    """Let every page be full: what may be left out is told, and some of it is long."""
    create_channel(workspace, name="Push", icon="bell", by=by)
    team = Team.objects.of(workspace).get()
    touchpoint = Touchpoint.objects.of(workspace).get()
    edit_touchpoint(touchpoint, version=touchpoint.version, by=by, owner=team)
    for kind in ("pain", "praise", "wish"):
        create_insight(touchpoint, kind=kind, text=f"What they call a {kind}", mentions=3, by=by)
    journey = Journey.objects.of(workspace).get()
    said = {"note": "From the idea to the story told.", "owner": team, "review_date": datetime.date(2020, 1, 1)}
    edit_journey(journey, version=journey.edition, by=by, **said)
    persona = Persona.objects.of(workspace).get(name="Commuter")
    lists = dict.fromkeys(LISTS, "One\nTwo")
    facts = {"share": 38, "age": 34, "quote": "I mind the silence.", "segment": LONG, "evidence": "researched"}
    edit_persona(persona, version=persona.version, by=by, **facts, **lists)


def is_for_members(name: str) -> bool:
    """Whether somebody who is signed in is to see the page; the others are for people at the door."""
    return not isinstance(ROUTES[name], Open) or name == "account_logout"


def sweep(visit: Visit, person: User | None, addresses: dict[str, str], how: dict[str, Any]) -> Swept:
    """Look at each page."""
    page = visit(person, "/accounts/password/reset/done/", stands_for=SAYS_NO, before=AXE_SCRIPT, **how)
    page.set_default_navigation_timeout(30_000)  # sixty pages in a row, on a machine that may do other things, too
    swept = Swept()
    for name, url in addresses.items():
        answer = page.goto(url)
        if person and answer and (answer.request.redirected_from or not answer.ok):
            swept.elsewhere[name] = url
            if answer.request.redirected_from:
                continue  # where it leads is swept by its own name
        assert page.locator("h1").count() == 1, f"{name}: one heading says what a page is"
        if found := faults_of(page):
            swept.faults[name] = found
    return swept


@pytest.mark.timeout(400)
@pytest.mark.parametrize("how", LOOKS)
def test_every_page_can_be_read_by_everyone(
    how: dict[str, Any], addresses: dict[str, str], olga: User, visit: Visit
) -> None:
    for_members = {name: url for name, url in addresses.items() if is_for_members(name)}
    within = sweep(visit, olga, for_members, how)
    assert len(for_members) - len(within.elsewhere) > 45
    at_the_door = {name: url for name, url in addresses.items() if name not in for_members} | within.elsewhere
    assert within.faults | sweep(visit, None, at_the_door, how).faults == {}


@pytest.mark.parametrize("how", [DESK, PHONE], ids=["desk", "phone"])
def test_lists_with_nothing_in_them_can_be_read(
    how: dict[str, Any], workspace: Workspace, edda: User, visit: Visit
) -> None:
    lists = [
        "journeys",
        "personas",
        "channels",
        "touchpoints",
        "answers",
        "scorecards",
        "opportunities",
        "surveys",
        "stakeholders",
    ]
    empty = {name: f"/w/{workspace.slug}/{name}/" for name in lists} | {"home": f"/w/{workspace.slug}/"}
    assert sweep(visit, edda, empty, how).faults == {}


@pytest.mark.parametrize("how", LOOKS)
def test_refusals_can_be_read_by_everyone(how: dict[str, Any], workspace: Workspace, vik: User, visit: Visit) -> None:
    home = f"/w/{workspace.slug}/"
    assert sweep(visit, vik, {"403": f"{home}audit/", "404": f"{home}nowhere/"}, how).faults == {}
    assert sweep(visit, None, {"404": "/nowhere/"}, how).faults == {}


@pytest.mark.parametrize("width", [768, 820, 961, 1024, 1249, 1280, 1440])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_every_place_is_in_sight_or_below_more(
    width: int, scripts: bool, workspace: Workspace, edda: User, visit: Visit
) -> None:
    size = {"width": width, "height": 800}
    how: dict[str, Any] = {"language": "de", "viewport": size, "java_script_enabled": scripts}
    page = visit(edda, f"/w/{workspace.slug}/personas/", **how)
    bar, more = page.locator(".appbar"), page.locator(".appbar-more")
    switch, places, buttons = (box_of(bar.locator(f".{part}")) for part in PARTS)
    assert switch["x"] + switch["width"] <= places["x"]
    assert places["x"] + places["width"] <= buttons["x"]
    assert buttons["x"] + buttons["width"] <= width
    assert more.is_visible() == (width < 1249)
    if more.is_visible():
        more.locator("summary").press("Enter")
    seen = [link for link in bar.get_by_role("navigation").get_by_role("link").all() if link.is_visible()]
    assert [link.inner_text() for link in seen] == PLACES, "each once, in their order"
    assert all(box_of(link)["x"] + box_of(link)["width"] <= width for link in seen)
    if scripts:
        assert not faults_of(page)


def box_of(place: Locator) -> FloatRect:
    """Where it stands in the window."""
    box = place.bounding_box()
    assert box
    return box
