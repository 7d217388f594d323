"""Workspaces come to be, are found, and change their settings."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, transaction

from tests.cast import SignIn, member_of, person
from workspaces.actions import create_workspace, edit_workspace
from workspaces.errors import Stale
from workspaces.models import AuditEntry, Role, User, Workspace
from workspaces.templatetags.audit import DONE

ROOT = Path(__file__).parents[2]

FACTS = {"name": "Müller & Söhne", "language": "de", "time_zone": "Europe/Vienna", "currency": "CHF"}
SETTINGS = FACTS | {
    "slug": "mueller",
    "weak_from": "30",
    "good_from": "50",
    "strong_from": "70",
    "false_alarms": "2.5",
    "discount": "7.5",
}
SETTINGS |= {"version": "1"}


def test_whoever_makes_a_workspace_owns_it(olga: User) -> None:
    workspace = create_workspace(**FACTS, by=olga)
    assert workspace.slug == "mueller-soehne"
    assert member_of(workspace, olga).role == Role.OWNER


def test_equal_names_get_different_addresses(olga: User) -> None:
    slugs = [create_workspace(name="Lindbahn", by=olga).slug for _ in range(3)]
    assert slugs == ["lindbahn", "lindbahn-2", "lindbahn-3"]
    assert create_workspace(name="漢字", by=olga).slug == "workspace"


def test_owners_make_another_one_and_others_do_not(
    workspace: Workspace, olga: User, vik: User, sign_in: SignIn, settings: LazySettings
) -> None:
    assert sign_in(vik).post("/workspaces/new/", FACTS).status_code == 403
    made = sign_in(olga).post("/workspaces/new/", FACTS)
    assert made.headers["Location"] == "/w/mueller-soehne/"
    settings.OPEN_WORKSPACES = True
    assert sign_in(vik).post("/workspaces/new/", FACTS).status_code == 302


def test_operators_make_the_first(db: None, sign_in: SignIn) -> None:
    operator = User.objects.create_superuser("ops@example.org")
    page = sign_in(operator)
    assert "No workspace yet" in page.get("/").content.decode()
    assert page.post("/workspaces/new/", FACTS).status_code == 302


def test_start_leads_to_the_only_workspace_or_lets_one_choose(
    workspace: Workspace, elsewhere: Workspace, olga: User, vik: User, sign_in: SignIn
) -> None:
    assert sign_in(vik).get("/").headers["Location"] == f"/w/{workspace.slug}/"
    second = create_workspace(name="Museum", by=olga)
    text = sign_in(olga).get("/").content.decode()
    assert f"/w/{workspace.slug}/" in text
    assert f"/w/{second.slug}/" in text
    assert f"/w/{elsewhere.slug}/" not in text
    assert "You belong to no workspace" in sign_in(person("Nobody")).get("/").content.decode()


def test_admin_changes_the_settings(workspace: Workspace, ada: User, sign_in: SignIn) -> None:
    answer = sign_in(ada).post(f"/w/{workspace.slug}/settings/", SETTINGS)
    assert answer.headers["Location"] == "/w/mueller/settings/"
    workspace.refresh_from_db()
    assert (workspace.name, workspace.currency, workspace.time_zone) == ("Müller & Söhne", "CHF", "Europe/Vienna")
    assert (workspace.weak_from, workspace.false_alarms, workspace.version) == (30, Decimal("2.5"), 2)
    assert workspace.discount == Decimal("7.5")
    assert AuditEntry.objects.of(workspace).latest("pk").verb == "workspace.edit"


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"slug": "ottos-trams"},
        {"slug": "no spaces"},
        {"time_zone": "Europe/Atlantis"},
        {"currency": "euro"},
        {"currency": "eur"},
        {"weak_from": "60", "good_from": "50"},
        {"strong_from": "101"},
        {"weak_from": "-1"},
        {"language": "xx"},
        {"false_alarms": "0"},
        {"false_alarms": "30.1"},
        {"false_alarms": "0.25"},
        {"false_alarms": "nan"},
        {"discount": "-1"},
        {"discount": "100.1"},
    ],
)
def test_nonsense_is_refused_beside_the_field(
    workspace: Workspace, elsewhere: Workspace, ada: User, sign_in: SignIn, change: dict[str, str]
) -> None:
    answer = sign_in(ada).post(f"/w/{workspace.slug}/settings/", SETTINGS | change)
    assert answer.status_code == 422
    assert "Lindbahn" in answer.content.decode()
    workspace.refresh_from_db()
    assert workspace.version == 1


def test_stale_settings_show_both(workspace: Workspace, ada: User, olga: User, sign_in: SignIn) -> None:
    edit_workspace(workspace, version=1, name="Lindbahn AG", by=olga)
    with pytest.raises(Stale):
        edit_workspace(workspace, version=1, name="Lindbahn SE", by=ada)
    late = sign_in(ada).post(f"/w/{workspace.slug}/settings/", SETTINGS)
    assert late.status_code == 409
    assert "Lindbahn AG" in late.content.decode()


def test_viewers_read_the_settings(workspace: Workspace, vik: User, sign_in: SignIn) -> None:
    text = sign_in(vik).get(f"/w/{workspace.slug}/settings/").content.decode()
    assert "Europe/Berlin" in text
    assert "weak from 40, good from 60, strong from 80" in text


def test_audit_page_says_who_did_what(workspace: Workspace, ada: User, vik: User, sign_in: SignIn) -> None:
    text = sign_in(ada).get(f"/w/{workspace.slug}/audit/").content.decode()
    assert f"member no. {member_of(workspace, vik).pk}" in text
    assert "added" in text
    assert "Olga" in text


def test_every_verb_has_a_word() -> None:
    """A verb without one would be shown as it is kept, in English."""
    rooms = ("workspaces", "personas", "touchpoints", "feedback", "measures", "journeys")
    sources = [path.read_text() for room in rooms for path in (ROOT / room).rglob("*.py")]
    verbs = {verb for source in sources for verb in re.findall(r'record\([^"]*"\w+\.(\w+)"', source)}
    assert {"role", "create"} <= verbs <= set(DONE)


def test_audit_entries_hold_no_values(workspace: Workspace, ada: User, olga: User) -> None:
    edit_workspace(workspace, version=1, name="Canary", by=ada)
    assert "Canary" not in str(AuditEntry.objects.values())


def test_times_are_shown_in_the_workspace_s_zone(workspace: Workspace, ada: User, sign_in: SignIn) -> None:
    AuditEntry.objects.update(at="2026-07-01T22:30:00Z")
    assert (
        "00:30" in sign_in(ada).get(f"/w/{workspace.slug}/audit/", headers={"Accept-Language": "de"}).content.decode()
    )


def test_the_database_refuses_descending_bands(workspace: Workspace) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Workspace.objects.update(weak_from=90)
