"""Every route, every member of the cast, and another workspace's ids: nobody reads or writes what is not theirs."""

import contextlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import SignIn, token_client
from tests.doors_table import ROUTES, Door, Open, Rest, Route, SignedIn
from tests.rows import FIELDS, ROWS, dump, fill
from workspaces.models import Role, Scope, User, Workspace

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


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


@pytest.fixture(autouse=True)
def both_filled(request: pytest.FixtureRequest) -> None:
    """Give both workspaces similar rows, for the tests that look at them."""
    if "elsewhere" in request.fixturenames:
        fill(request.getfixturevalue("workspace"), by=request.getfixturevalue("olga"))
        fill(request.getfixturevalue("elsewhere"), by=request.getfixturevalue("otto"))


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


@contextlib.contextmanager
def taken_back() -> Iterator[None]:
    """Whatever happens inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def knock(client: Client, method: str, url: str, route: Route, body: dict[str, Any] | None = None) -> HttpResponseBase:
    """Ask for an address by any method; what follows is taken back. Programs send JSON, pages send forms."""
    with taken_back():
        if method == "GET":
            return client.get(url, route.asks)
        if isinstance(route, Rest):
            return client.generic(method, url, json.dumps(body or {}), content_type="application/json")
        answer: HttpResponseBase = getattr(client, method.lower())(url, body or route.body)
        return answer


def test_every_route_is_listed() -> None:
    assert sorted(set(ALL) - set(ROUTES)) == [], "give each of these its line in tests/doors_table.py"
    assert sorted(set(ROUTES) - set(ALL)) == [], "these are listed, and no longer exist"


def test_every_name_in_an_address_has_rows() -> None:
    known = {"slug", *ROWS}
    unknown = {
        name: parts for name, parts in ALL.items() if not isinstance(ROUTES.get(name), Open) and set(parts) - known
    }
    assert unknown == {}, "give each of these a row in tests/rows.py"


def test_pages_of_a_workspace_are_behind_a_door() -> None:
    outside = [name for name, parts in ALL.items() if "slug" in parts and not isinstance(ROUTES[name], Door)]
    assert outside == []


@pytest.mark.parametrize("name", BEHIND)
def test_strangers_are_sent_to_sign_in(name: str, workspace: Workspace, elsewhere: Workspace) -> None:
    before = dump(workspace)
    for method in ROUTES[name].methods:
        answer = knock(Client(), method, address(name, workspace, workspace), ROUTES[name])
        assert answer.status_code in {302, 401}, method
        assert reverse("account_login") in answer.headers.get("Location", reverse("account_login"))
    assert dump(workspace) == before


@pytest.mark.parametrize("name", BEHIND)
def test_outsiders_meet_404(name: str, workspace: Workspace, elsewhere: Workspace, otto: User, sign_in: SignIn) -> None:
    before, client = dump(workspace), sign_in(otto)
    for method in ROUTES[name].methods:
        for rows_of in (workspace, elsewhere):
            answer = knock(client, method, address(name, workspace, rows_of), ROUTES[name])
            assert answer.status_code == 404, method
    assert dump(workspace) == before


@pytest.mark.parametrize("name", BEHIND)
@pytest.mark.parametrize("who", ["olga", "ada", "edda", "vik"])
def test_roles(
    name: str, who: str, workspace: Workspace, elsewhere: Workspace, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    role = {"olga": Role.OWNER, "ada": Role.ADMIN, "edda": Role.EDITOR, "vik": Role.VIEWER}[who]
    client = sign_in(request.getfixturevalue(who))
    before = dump(workspace)
    for method in METHODS:
        answer = knock(client, method, address(name, workspace, workspace), ROUTES[name])
        needed = ROUTES[name].methods.get(method)
        if needed is None:
            assert answer.status_code in {403, 405}, f"{method} is not listed"
        elif role < int(needed):
            assert answer.status_code == 403, method
        else:
            assert answer.status_code not in {401, 403, 404, 405}, method
            assert answer.status_code < 500, method
    assert dump(workspace) == before


@pytest.mark.parametrize("name", BEHIND)
def test_foreign_rows_in_forms_reach_nothing(
    name: str, workspace: Workspace, elsewhere: Workspace, olga: User, sign_in: SignIn
) -> None:
    before, client = dump(elsewhere), sign_in(olga)
    for method in set(ROUTES[name].methods) - {"GET"}:
        with taken_back():
            answer = knock(
                client, method, address(name, workspace, workspace), ROUTES[name], foreign_body(ROUTES[name], elsewhere)
            )
            assert answer.status_code < 500, method
            assert dump(elsewhere) == before


@pytest.mark.parametrize("name", NAMING)
def test_foreign_ids_meet_404(
    name: str, workspace: Workspace, elsewhere: Workspace, olga: User, sign_in: SignIn
) -> None:
    route = ROUTES[name]
    client = token_client(workspace, *Scope.values) if isinstance(route, Rest) else sign_in(olga)
    before = dump(elsewhere)
    for method in route.methods:
        answer = knock(client, method, address(name, workspace, elsewhere), route)
        assert answer.status_code == 404, method
    assert dump(elsewhere) == before


@pytest.mark.parametrize("name", BEHIND)
def test_reading_changes_nothing(
    name: str, workspace: Workspace, elsewhere: Workspace, olga: User, sign_in: SignIn
) -> None:
    before = dump(workspace)
    if "GET" in ROUTES[name].methods:
        sign_in(olga).get(address(name, workspace, workspace), ROUTES[name].asks)
    assert dump(workspace) == before


@pytest.mark.parametrize("name", REST)
def test_programs_need_a_token_and_its_scope(name: str, workspace: Workspace, elsewhere: Workspace) -> None:
    route, url = ROUTES[name], address(name, workspace, workspace)
    for method, scope in route.methods.items():
        assert knock(Client(), method, url, route).status_code == 401
        too_little = [other for other in Scope.values if other != scope]
        assert knock(token_client(workspace, *too_little), method, url, route).status_code == 403
        answer = knock(token_client(workspace, str(scope)), method, url, route)
        assert answer.status_code not in {401, 403, 404, 405}
        assert answer.status_code < 500


@pytest.mark.parametrize("name", PERSONAL)
def test_personal_pages_ask_for_sign_in(name: str, workspace: Workspace, elsewhere: Workspace) -> None:
    for method in ROUTES[name].methods:
        answer = knock(Client(), method, address(name, workspace, workspace), ROUTES[name])
        assert answer.status_code in {302, 401}
