"""A journey as a JSON document: out, in, and out again it is the same; what is wrong with one is said by its path."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeys.actions.journeys import archive_journey
from journeys.exchange.taking import take_journey
from journeys.exchange.understanding import understand_document, understand_value
from journeys.exchange.whole import document_of
from journeys.models import Journey, LaneKind
from personas.models import Persona
from tests.cast import SignIn
from tests.elsewhere import at_once
from tests.journeys.below import put
from tests.journeys.scene import address, drawn, order
from tests.staging import taken_back
from touchpoints.models import PhaseKind, Touchpoint
from workspaces.models import Team, User, Workspace


def again(document: dict[str, Any], workspace: Workspace, by: User) -> dict[str, Any]:
    found = understand_document(json.dumps(document))
    assert (found.faults, found.strange) == ([], [])
    return document_of(take_journey(found, workspace, name=document["journey"]["name"], by=by))


def test_out_in_and_out_again_it_is_the_same(full: Journey, elsewhere: Workspace, edda: User, otto: User) -> None:
    told = document_of(full)
    assert json.dumps(told).count("Ride") == 1
    Team.objects.create(workspace=elsewhere, name="Fleet")
    stranger = json.loads(json.dumps(told).replace('"member": "Edda"', '"member": "Otto"'))
    assert again(stranger, elsewhere, otto) == stranger
    assert again(told, full.workspace, edda) == told, "in the same workspace, with the library's touchpoints"
    assert Touchpoint.objects.of(full.workspace).count() == 5


@pytest.mark.parametrize("at", ["Wait", "retention"])
def test_it_says_where_it_is_opened_and_is_opened_there_again(
    commute: Journey, workspace: Workspace, elsewhere: Workspace, edda: User, otto: User, at: str
) -> None:
    refund = put(drawn(workspace, edda, "Refund", purchase="Claim"), commute, at, edda)
    told = document_of(refund)
    assert told["journey"]["part_of"] in (
        {"journey": "Commute", "touchpoint": "Wait"},
        {"journey": "Commute", "phase": "retention"},
    )
    assert again(told, workspace, edda)["journey"]["part_of"] is None, "another one is opened there already"
    assert again(told, elsewhere, otto)["journey"]["part_of"] is None, "what opens it is not known there"
    archive_journey(refund, by=edda)
    assert again(told, workspace, edda) == told


@pytest.mark.parametrize(
    ("part_of", "path"),
    [
        ({"journey": "Commute"}, "$.journey.part_of"),
        ({"journey": "Commute", "phase": "purchase", "touchpoint": "Pay"}, "$.journey.part_of"),
        ({"journey": "Commute", "phase": "war"}, "$.journey.part_of.phase"),
        ({"journey": 5, "touchpoint": "Pay"}, "$.journey.part_of.journey"),
        ("Commute", "$.journey.part_of"),
    ],
)
def test_what_is_wrong_with_where_it_is_opened_is_said(full: Journey, part_of: Any, path: str) -> None:
    told = document_of(full)
    told["journey"]["part_of"] = part_of
    assert path in [fault.path for fault in understand_value(told).faults]


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).map(str.strip)
FEELINGS = st.none() | st.integers(-20, 20).map(lambda tenths: tenths // 10 if tenths % 10 == 0 else tenths / 10)


def told_of(draw: Any, name: str, phase: int) -> dict[str, Any]:
    """A touchpoint of the document."""
    placement = {
        "moment_of_truth": draw(st.booleans()),
        "share": draw(st.integers(0, 100)),
        "alternative_group": "",
        "expectation": draw(FEELINGS),
        "assumed_emotion": draw(FEELINGS),
        **{text: draw(WORDS) for text in ("customer_action", "quote", "backstage")},
    }
    return {
        "phase": PhaseKind.values[phase],
        "name": name,
        "note": draw(WORDS),
        "contact": "personal",
        "directness": "indirect",
        "device": "",
        "importance": draw(st.integers(1, 5)),
        "target": draw(st.integers(0, 100)),
        "channel": None,
        "owner": None,
        "insights": [{"kind": "wish", "text": draw(WORDS.filter(bool)), "mentions": draw(st.integers(0, 9))}],
        "placement": placement,
        "cells": draw(st.sampled_from([{}, {"Cost": 0}, {"Cost": -12.25}])),
        "needs": [],
    }


@st.composite
def documents(draw: Any) -> dict[str, Any]:
    names = draw(st.lists(WORDS.filter(bool), unique_by=str.lower, max_size=4))
    lanes = [{"kind": kind.value, "name": "", "shown": True} for kind in draw(st.permutations(list(LaneKind)[:9]))]
    phased = sorted(draw(st.lists(st.sampled_from(range(5)), min_size=len(names), max_size=len(names))))
    journey = {
        "name": draw(WORDS.filter(bool)),
        "note": draw(WORDS),
        "category": "use",
        "standing": "to_be",
        "review_date": draw(st.none() | st.just("2027-02-28")),
        "owner": None,
        "personas": [],
        "part_of": None,
    }
    return {
        "format": "etappe.journey",
        "version": 1,
        "journey": journey,
        "channels": [],
        "phases": [{"kind": kind, "label": draw(WORDS)} for kind in PhaseKind.values],
        "lanes": [*lanes, {"kind": "number", "name": "Cost", "shown": draw(st.booleans())}],
        "touchpoints": [told_of(draw, name, phase) for name, phase in zip(names, phased, strict=True)],
    }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents())
def test_any_document_comes_out_as_it_went_in(workspace: Workspace, edda: User, document: dict[str, Any]) -> None:
    with taken_back():
        assert again(document, workspace, edda) == document


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"format": "other"}, "$.format"),
        ({"version": 2}, "$.version"),
        ({"journey": []}, "$.journey"),
        ({"phases": {}}, "$.phases"),
        ({"lanes": [{"kind": "text", "name": "x" * 81}]}, "$.lanes[0].name"),
        ({"journey": {"name": "Tr\0ip"}}, "$.journey.name"),
        ({"journey": {"name": ""}}, "$.journey.name"),
        ({"journey": {"name": "x", "owner": "Fleet"}}, "$.journey.owner"),
        ({"journey": {"name": "x", "review_date": "9999-12-31"}}, "$.journey.review_date"),
        ({"touchpoints": [{"phase": "purchase"}]}, "$.touchpoints[0].name"),
        ({"touchpoints": [{"phase": "later", "name": "A"}]}, "$.touchpoints[0].phase"),
        ({"touchpoints": [{"phase": "purchase", "name": "A", "importance": "3"}]}, "$.touchpoints[0].importance"),
        ({"touchpoints": [{"phase": "purchase", "name": "A", "importance": True}]}, "$.touchpoints[0].importance"),
        (
            {"touchpoints": [{"phase": "purchase", "name": "A", "placement": {"expectation": 2.1}}]},
            "$.touchpoints[0].placement.expectation",
        ),
        ({"touchpoints": [{"phase": "purchase", "name": name} for name in ("A", "a")]}, "$.touchpoints[1].name"),
        ({"touchpoints": [{"phase": "purchase", "name": "A", "cells": {"X": 1}}]}, '$.touchpoints[0].cells["X"]'),
        (
            {"touchpoints": [{"phase": "purchase", "name": "A", "needs": [{"need": "x", "how_well": "well"}]}]},
            "$.touchpoints[0].needs[0].persona",
        ),
        ({"lanes": [{"kind": "touchpoints", "name": "", "shown": False}]}, "$.lanes[0].shown"),
        ({"lanes": [{"kind": "text", "name": ""}]}, "$.lanes[0].name"),
    ],
)
def test_what_is_wrong_is_said_by_its_path(change: dict[str, Any], path: str) -> None:
    document = {"format": "etappe.journey", "version": 1, "journey": {"name": "Trip"}, **change}
    assert path in [fault.path for fault in understand_document(json.dumps(document)).faults]


def test_what_is_no_json_is_refused_and_what_is_not_known_is_named() -> None:
    assert [fault.path for fault in understand_document("{").faults] == ["$"]
    assert [fault.path for fault in understand_document("[" * 100_000).faults] == ["$"]
    document = {"format": "etappe.journey", "version": 1, "journey": {"name": "Trip", "mood": 1}, "x": {}}
    assert understand_document(json.dumps(document)).strange == ["$.x", "$.journey.mood"]


def test_an_editor_looks_at_a_file_before_it_is_drawn(full: Journey, edda: User, vik: User, sign_in: SignIn) -> None:
    page, url = sign_in(edda), f"/w/{full.workspace.slug}/journeys/new/file/"
    answer = sign_in(vik).get(address("journey_json", full))
    assert answer.json() == document_of(full)
    told = answer.content.decode()

    def upload(text: str) -> Any:
        return page.post(url, {"file": SimpleUploadedFile("trip.json", text.encode())})

    before = Journey.objects.count(), Persona.objects.count(), Touchpoint.objects.count()
    preview = upload(told.replace("Arrive", "Leave").replace('"Fleet"', '"Fleet of old"'))
    assert preview.status_code == 200
    shown = preview.content.decode()
    for said in ("Leave", "4 of them already", "Fleet of old"):
        assert said in shown
    refused = upload(told.replace('"purchase"', '"bought"'))
    assert refused.status_code == 422
    assert "$.phases[2].kind" in refused.content.decode()
    assert (Journey.objects.count(), Persona.objects.count(), Touchpoint.objects.count()) == before
    drawn = page.post(url, {"document": told.replace("Arrive", "Leave"), "name": "Once more", "key": "a"})
    copy = Journey.objects.get(name="Once more")
    assert drawn.headers["Location"] == address("journey", copy)
    assert order(copy) == {"purchase": "Shop Pay", "retention": "Wait Ride Leave"}
    assert page.post(url, {"document": "{}", "name": "No", "key": "b"}).status_code == 422


def test_one_preview_draws_one_journey_however_often_it_is_sent(
    transactional_db: None, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    url = f"/w/{workspace.slug}/journeys/new/file/"
    text = json.dumps({"format": "etappe.journey", "version": 1, "journey": {"name": "Trip"}})
    preview = sign_in(edda).post(url, {"file": SimpleUploadedFile("trip.json", text.encode())})
    agreed = {"document": text, "name": "Trip", "key": preview.context["form"]["key"].value()}

    people = [sign_in(edda) for _ in range(4)]
    drawn = at_once(*[lambda page=page: page.post(url, agreed).headers["Location"] for page in people])
    journey = Journey.objects.get()
    assert drawn == [address("journey", journey)] * 4
    assert sign_in(edda).post(url, agreed).headers["Location"] == address("journey", journey)
    assert Journey.objects.count() == 1
    other = agreed | {"key": "of another preview"}
    assert sign_in(edda).post(url, other).headers["Location"] != address("journey", journey)
    journey.delete()
    anew = sign_in(edda).post(url, agreed).headers["Location"]
    assert anew == address("journey", Journey.objects.latest("pk"))


AMISS: tuple[Any, ...] = (None, [], {}, "", " ", "x" * 600, "\0", -1, 10**12, 1.55555, True, ["x"], {"a": 1})


def places(told: Any) -> Iterator[tuple[Any, Any]]:
    """Each place of a document at which something stands, as what holds it and the name or number there."""
    for place in told if isinstance(told, dict) else range(len(told)) if isinstance(told, list) else ():
        yield told, place
        yield from places(told[place])


def test_nothing_that_a_file_may_hold_breaks_the_reader(full: Journey, edda: User) -> None:
    told = json.loads(json.dumps(document_of(full)))
    for holder, place in list(places(told)):
        stood = holder[place]
        for amiss in AMISS:
            holder[place] = amiss
            understand_value(told)
        if isinstance(holder, dict):
            del holder[place]
            if not (found := understand_value(told)).faults:
                take_journey(found, full.workspace, name="Trip", by=edda)
        holder[place] = stood
    assert told == json.loads(json.dumps(document_of(full)))
