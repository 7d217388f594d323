"""Every route, every member of the cast, and another workspace's ids: nobody reads or writes what is not theirs."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker

from config.context import PLACES
from tests.cast import joined, person, token_client
from tests.doors import Door, Open, Rest, Route, SignedIn
from tests.doors_table import ROUTES
from tests.dumps import dump
from tests.rows import FIELDS, ROWS, fill
from tests.staging import taken_back
from workspaces.actions import create_workspace
from workspaces.models import Role, Scope, Workspace

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
CAST = {"Olga": Role.OWNER, "Ada": Role.ADMIN, "Edda": Role.EDITOR, "Vik": Role.VIEWER}
ABSURD = 2**70


def routes(resolver: URLResolver, before: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name of each route with the names in its address."""
    for entry in resolver.url_patterns:
        names = (*before, *entry.pattern.converters, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            yield from routes(entry, names)
        elif isinstance(entry, URLPattern):
            yield str(entry.name or entry.pattern), tuple(dict.fromkeys(names))


ALL = dict(routes(get_resolver()))
BEHIND = [name for name in ALL if isinstance(ROUTES.get(name), Door)]
NAMING = [name for name in ALL if isinstance(ROUTES.get(name), Door | Rest) and set(ALL[name]) - {"slug"}]
REST = [name for name in ALL if isinstance(ROUTES.get(name), Rest)]
PERSONAL = [name for name in ALL if isinstance(ROUTES.get(name), SignedIn)]


@dataclass(frozen=True)
class Stage:
    """Two workspaces with similar rows, who is signed in, and how everything stood when the curtain rose."""

    workspace: Workspace
    elsewhere: Workspace
    sessions: dict[str, str]
    before: tuple[Any, Any]

    def client(self, name: str) -> Client:
        """A fresh browser in which this member of the cast is signed in."""
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[name]
        return client

    def untouched(self) -> bool:
        """Whether every row of both workspaces is as it was."""
        return (dump(self.workspace), dump(self.elsewhere)) == self.before


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """One stage for all acts, since each takes back what it did; at the end all of it is rolled back."""
    with django_db_blocker.unblock(), taken_back():
        people = {name: person(name) for name in ("Olga", "Otto")}
        workspace = create_workspace(name="Lindbahn", by=people["Olga"])
        elsewhere = create_workspace(name="Otto's Trams", by=people["Otto"])
        for name, role in CAST.items():
            if name not in people:
                people[name] = joined(name, workspace, role, by=people["Olga"])
        fill(workspace, by=people["Olga"])
        fill(elsewhere, by=people["Otto"])
        sessions = {}
        for name, somebody in people.items():
            client = Client()
            client.force_login(somebody)
            sessions[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
        yield Stage(workspace, elsewhere, sessions, (dump(workspace), dump(elsewhere)))


def address(name: str, workspace: Workspace, rows_of: Workspace) -> str:
    """The route's address in `workspace`, naming rows of `rows_of`."""
    parts = {part: ROWS[part](rows_of) for part in ALL[name] if part != "slug"}
    return reverse(name, kwargs=parts | ({"slug": workspace.slug} if "slug" in ALL[name] else {}))


def foreign_body(route: Route, foreign: Workspace) -> dict[str, Any]:
    """A form in which every row it could name is another workspace's."""
    ids = {name.removesuffix("_id"): row_of(foreign) for name, row_of in ROWS.items()}
    ids |= {name: row_of(foreign) for name, row_of in ROWS.items()}
    ids |= {name: ROWS[part](foreign) for name, part in FIELDS.items()}
    return ids | {"version": 1} | route.body


def send(client: Client, method: str, url: str, route: Route, body: dict[str, Any] | None = None) -> HttpResponseBase:
    """Ask for an address by any method. Programs send JSON, pages send forms."""
    if method == "GET":
        return client.get(url, route.asks)
    if isinstance(route, Rest):
        return client.generic(method, url, json.dumps(body or {}), content_type="application/json")
    answer: HttpResponseBase = getattr(client, method.lower())(url, body or route.body)
    return answer


def knock(client: Client, method: str, url: str, route: Route) -> int:
    """The status of what an address answers; whatever follows from it is taken back."""
    with taken_back():
        return send(client, method, url, route).status_code


def test_every_route_is_listed() -> None:
    assert sorted(set(ALL) - set(ROUTES)) == [], "give each of these its line in tests/doors_table.py"
    assert sorted(set(ROUTES) - set(ALL)) == [], "these are listed, and no longer exist"


def test_every_name_in_an_address_has_rows() -> None:
    known = {"slug", *ROWS}
    closed = {name: parts for name, parts in ALL.items() if not isinstance(ROUTES.get(name), Open)}
    unknown = {name: parts for name, parts in closed.items() if set(parts) - known}
    assert unknown == {}, "give each of these a row in tests/rows.py"


def test_pages_of_a_workspace_are_behind_a_door() -> None:
    outside = [name for name, parts in ALL.items() if "slug" in parts and not isinstance(ROUTES[name], Door)]
    assert outside == []


def test_every_page_lies_in_one_place_of_the_navigation() -> None:
    """Only what is asked from any page lies nowhere: the jump, talk, notices, the map's own fragments."""
    nowhere = {"jump", "comments", "comment", "comment_edit", "notices", "library", "marks"}
    for name in BEHIND:
        places = [home for _label, _icon, home, names in PLACES if name == home or name.startswith(names)]
        assert len(places) == (name not in nowhere) or "GET" not in ROUTES[name].methods, (name, places)


@pytest.mark.parametrize("name", BEHIND)
def test_strangers_are_sent_to_sign_in(name: str, stage: Stage) -> None:
    url = address(name, stage.workspace, stage.workspace)
    for method in ROUTES[name].methods:
        with taken_back():
            answer = send(Client(), method, url, ROUTES[name])
            assert answer.status_code in {302, 401}, method
            assert reverse("account_login") in answer.headers.get("Location", reverse("account_login"))
            assert stage.untouched()


@pytest.mark.parametrize("name", BEHIND)
def test_outsiders_meet_404(name: str, stage: Stage) -> None:
    for rows_of in (stage.workspace, stage.elsewhere):
        url = address(name, stage.workspace, rows_of)
        for method in ROUTES[name].methods:
            with taken_back():
                assert send(stage.client("Otto"), method, url, ROUTES[name]).status_code == 404, method
                assert stage.untouched()


@pytest.mark.parametrize("name", BEHIND)
def test_each_role_may_what_is_listed_and_no_more(name: str, stage: Stage) -> None:
    url = address(name, stage.workspace, stage.workspace)
    for who, role in CAST.items():
        for method, needed in ROUTES[name].methods.items():
            with taken_back():
                status = send(stage.client(who), method, url, ROUTES[name]).status_code
                if ROUTES[name].own and who != "Olga":
                    assert status == 404, f"{who}: {method}"
                    assert stage.untouched()
                elif role < int(needed):
                    assert status == 403, f"{who}: {method}"
                    assert stage.untouched()
                else:
                    assert status < 500, f"{who}: {method}"
                    assert status not in {401, 403, 404, 405}, f"{who}: {method}"


@pytest.mark.parametrize("name", BEHIND)
def test_methods_that_are_not_listed_are_refused(name: str, stage: Stage) -> None:
    url = address(name, stage.workspace, stage.workspace)
    for method in set(METHODS) - set(ROUTES[name].methods):
        assert knock(stage.client("Olga"), method, url, ROUTES[name]) == 405, method


@pytest.mark.parametrize("name", BEHIND)
def test_reading_changes_nothing(name: str, stage: Stage) -> None:
    if "GET" in ROUTES[name].methods:
        with taken_back():
            send(stage.client("Olga"), "GET", address(name, stage.workspace, stage.workspace), ROUTES[name])
            assert stage.untouched()


@pytest.mark.parametrize("name", BEHIND)
def test_foreign_rows_in_forms_reach_nothing(name: str, stage: Stage) -> None:
    route, url = ROUTES[name], address(name, stage.workspace, stage.workspace)
    for method in set(route.methods) - {"GET"}:
        with taken_back():
            answer = send(stage.client("Olga"), method, url, route, foreign_body(route, stage.elsewhere))
            assert answer.status_code < 500, method
            assert dump(stage.elsewhere) == stage.before[1]


@pytest.mark.parametrize("name", NAMING)
def test_foreign_ids_meet_404(name: str, stage: Stage) -> None:
    route, url = ROUTES[name], address(name, stage.workspace, stage.elsewhere)
    for method in route.methods:
        with taken_back():
            rest = isinstance(route, Rest)
            client = token_client(stage.workspace, *Scope.values) if rest else stage.client("Olga")
            assert send(client, method, url, route).status_code == 404, method
            assert dump(stage.elsewhere) == stage.before[1]


@pytest.mark.parametrize("name", [name for name in NAMING if name in BEHIND])
def test_ids_beyond_any_column_meet_404(name: str, stage: Stage) -> None:
    absurd = {part: ABSURD for part in ALL[name] if part != "slug"}
    url = reverse(name, kwargs=absurd | {"slug": stage.workspace.slug})
    for method in ROUTES[name].methods:
        assert knock(stage.client("Olga"), method, url, ROUTES[name]) == 404, method


@pytest.mark.parametrize("name", REST)
def test_programs_need_a_token_and_its_scope(name: str, stage: Stage) -> None:
    route, url = ROUTES[name], address(name, stage.workspace, stage.workspace)
    for method, scope in route.methods.items():
        with taken_back():
            assert knock(Client(), method, url, route) == 401
            too_little = [other for other in Scope.values if other != scope]
            assert knock(token_client(stage.workspace, *too_little), method, url, route) == 403
            status = knock(token_client(stage.workspace, str(scope)), method, url, route)
            assert status not in {401, 403, 404, 405}
            assert status < 500


@pytest.mark.parametrize("name", PERSONAL)
def test_personal_pages_ask_for_sign_in(name: str, stage: Stage) -> None:
    url = address(name, stage.workspace, stage.workspace)
    for method in ROUTES[name].methods:
        assert knock(Client(), method, url, ROUTES[name]) in {302, 401}
