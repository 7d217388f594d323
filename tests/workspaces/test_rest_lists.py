"""Lists over REST: pages that neither lose nor repeat a row, what changed since, filters and orders by name only."""

import datetime
import itertools
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.api import RESOURCES
from personas.models import Persona
from tests.cast import joined, member_of
from tests.journeys.scene import drawn
from tests.rest import Rest
from touchpoints.models import Channel
from workspaces.actions import create_team
from workspaces.api.resource import Resource
from workspaces.models import Role, User, Workspace

MOMENT = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def rest(tess: Client) -> Rest:
    return Rest(tess)


def crowd(workspace: Workspace, many: int, **facts: Any) -> list[int]:
    """Personas that all changed at one moment."""
    people = [Persona(workspace=workspace, name=f"Persona {number:04}", **facts) for number in range(many)]
    ids = [persona.pk for persona in Persona.objects.bulk_create(people)]
    Persona.objects.filter(pk__in=ids).update(updated_at=MOMENT)
    return ids


def test_pages_hold_each_row_once_though_a_thousand_share_a_moment(rest: Rest, workspace: Workspace) -> None:
    ids = crowd(workspace, 1203)
    for query in ("limit=500", "limit=500&ordering=-name", "limit=400&updated_since=2026-03-01T00:00:00Z"):
        pages = rest.pages(f"personas/?{query}")
        seen = [row["id"] for page in pages for row in page["results"]]
        assert sorted(seen) == ids
        assert len(pages) in {3, 4}
    assert seen == ids


def test_rows_that_come_while_one_reads_are_not_lost(rest: Rest, workspace: Workspace) -> None:
    crowd(workspace, 3)
    first = rest.get("personas/?limit=2&ordering=name").json()
    Persona.objects.create(workspace=workspace, name="Persona 0001b")
    second = rest.get(first["next"].removeprefix("http://testserver/api/v1/")).json()
    assert [row["name"] for row in second["results"]] == ["Persona 0001b", "Persona 0002"]


def test_what_changed_since_comes_with_the_ids_of_what_was_archived(rest: Rest) -> None:
    kept, gone, old = (rest.post("personas/", {"name": name}).json() for name in ("Kept", "Gone", "Old"))
    Persona.objects.filter(pk=old["id"]).update(updated_at=MOMENT)
    rest.delete(f"personas/{gone['id']}/")
    since = rest.get("personas/?updated_since=2026-03-02T00:00:00%2B01:00").json()
    assert ([row["id"] for row in since["results"]], since["archived"]) == ([kept["id"]], [gone["id"]])
    assert "archived" not in rest.get("personas/").json()
    pages = rest.pages("personas/?updated_since=2026-03-01T00:00:00Z&limit=1")
    assert [page["archived"] for page in pages] == [[], [], [gone["id"]]]


def test_filters_and_orders(rest: Rest, workspace: Workspace) -> None:
    for name, evidence in (("Mara", "researched"), ("Jonas", "assumption"), ("Marta", "assumption")):
        Persona.objects.create(workspace=workspace, name=name, evidence=evidence)

    def names(query: str) -> list[str]:
        return [row["name"] for row in rest.get(f"personas/?{query}").json()["results"]]

    assert names("") == ["Mara", "Jonas", "Marta"]
    assert names("ordering=name") == ["Jonas", "Mara", "Marta"]
    assert names("ordering=-name") == ["Marta", "Mara", "Jonas"]
    assert names("evidence=assumption&q=MAR") == ["Marta"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("evidence=certain", "evidence"),
        ("ordering=share", "ordering"),
        ("ordering=workspace", "ordering"),
        ("limit=0", "limit"),
        ("limit=501", "limit"),
        ("limit=many", "limit"),
        ("updated_since=yesterday", "updated_since"),
        ("updated_since=2026-01-01T00:00:00Z&ordering=name", "ordering"),
        ("cursor=nonsense", "cursor"),
        ("cursor=WyJhIl0", "cursor"),
        ("cursor=WzEsMl0", "cursor"),
        ("cursor=e30", "cursor"),
        ("cursor=%F0%9F%98%80", "cursor"),
        ("name=Mara", "name"),
        ("workspace=1", "workspace"),
        ("limit=1&limit=2", "limit"),
    ],
)
def test_what_may_not_be_asked_is_refused_by_name(rest: Rest, query: str, name: str) -> None:
    answer = rest.get(f"personas/?{query}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [name]


@pytest.mark.parametrize("resource", RESOURCES.values(), ids=RESOURCES)
def test_lists_are_ordered_by_what_is_never_unknown(resource: type[Resource]) -> None:
    told: Any = resource.queries["list"]().fields["ordering"]
    words = told.choices
    fields = [field for field in resource.model._meta.fields if {field.name, f"-{field.name}"} & set(words)]
    assert [field.name for field in fields if field.null] in ([], ["position"]), "position: of what is kept"


def test_people_are_told_by_the_names_that_pages_show(rest: Rest, workspace: Workspace, edda: User) -> None:
    team = create_team(workspace, name="Front desk", members=[member_of(workspace, edda)], by=edda)
    told = rest.get("members/?ordering=-joined_at").json()["results"]
    assert [(one["name"], one["role"]) for one in told] == [("Edda", "editor"), ("Olga", "owner")]
    assert rest.get(f"teams/{team.pk}/").json()["members"] == [told[0]["id"]]


def test_a_list_costs_as_many_statements_however_long_it_is(rest: Rest, workspace: Workspace, olga: User) -> None:
    names = itertools.count()
    taken: dict[str, set[int]] = {}
    for _ in range(3):
        journey = drawn(workspace, olga, purchase=" ".join(f"T{next(names)}" for _ in range(3)))
        persona = Persona.objects.create(workspace=workspace, name=f"P{next(names)}")
        journey.personas.add(persona, through_defaults={"workspace": workspace})
        Channel.objects.create(workspace=workspace, name=f"C{next(names)}")
        joined(f"Member {next(names)}", workspace, Role.VIEWER, by=olga)
        for resource in RESOURCES:
            rest.get(f"{resource}/")  # last use is written once a minute
            with CaptureQueriesContext(
                connection,
            ) as sent:
                assert rest.get(f"{resource}/").status_code == 200
            taken.setdefault(resource, set()).add(len(sent))
    assert {resource: len(counts) for resource, counts in taken.items()} == dict.fromkeys(taken, 1)
    assert max(max(counts) for counts in taken.values()) <= 5
