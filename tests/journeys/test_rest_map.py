"""GET journeys/<id>/map/: what programs are told of a map, and when they are told that nothing has changed."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from feedback.actions.insights import archive_insight, create_insight, edit_insight
from journeys.actions.placements import archive_placement, edit_placement, label_phase, move_placement
from journeys.models import Change, Journey
from personas.models import Persona
from tests.cast import member_of, token_client
from tests.journeys.scene import drawn, phase, placed
from touchpoints.actions.channels import create_channel, edit_channel
from touchpoints.actions.library import archive_touchpoint, edit_touchpoint
from touchpoints.models import HealthDay, HealthScore, Touchpoint
from workspaces import clock
from workspaces.models import Team, User, Workspace

DAY = datetime.timedelta(days=1)


def url(journey: Journey) -> str:
    return reverse("api_journey_map", kwargs={"journey_id": journey.pk})


def scored(
    touchpoint: Touchpoint,
    score: float,
    *,
    persona: Persona | None = None,
    answers: int = 40,
    sd: float = 3.0,
    **more: Any,
) -> HealthScore:
    """A score as the fold would write it."""
    found: HealthScore = HealthScore.objects.create(
        workspace=touchpoint.workspace,
        subject=touchpoint.subject,
        persona=persona,
        score=score,
        sd=sd,
        answers=answers,
        known=True,
        model_version="1",
        prior_version="1",
        **{"day": clock.today(touchpoint.workspace.zone), "last_heard": datetime.date(2026, 2, 28), **more},
    )
    return found


def closed(touchpoint: Touchpoint, day: datetime.date, score: float, **more: Any) -> None:
    """A score as it was known when a day ended."""
    facts = {"sd": 3.0, "answers": 40, "known": True, "model_version": "1", "prior_version": "1", **more}
    HealthDay.objects.create(workspace=touchpoint.workspace, subject=touchpoint.subject, day=day, score=score, **facts)


def as_of(day: datetime.date) -> dict[str, str]:
    return {"as_of": day.isoformat()}


def stations(told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The placements by their touchpoints' names."""
    return {one["touchpoint"]["name"]: one for phase in told["phases"] for one in phase["placements"]}


def order(told: dict[str, Any]) -> dict[str, str]:
    return {
        phase["kind"]: " ".join(one["touchpoint"]["name"] for one in phase["placements"])
        for phase in told["phases"]
        if phase["placements"]
    }


@pytest.fixture
def dressed(commute: Journey, workspace: Workspace, edda: User) -> Journey:
    """The small map with a channel, owners, a persona, scores and an insight."""
    ride, wait = placed(commute, "Ride").touchpoint, placed(commute, "Wait").touchpoint
    ride.channel = create_channel(workspace, name="App", by=edda, icon="smartphone")
    ride.owner = Team.objects.create(workspace=workspace, name="Fleet")
    ride.save()
    wait.owner = member_of(workspace, edda)
    wait.save()
    commuter = Persona.objects.create(workspace=workspace, name="Commuter", share=40)
    commute.personas.add(commuter, through_defaults={"workspace": workspace})
    scored(ride, 72.4)
    scored(ride, 35.2, persona=commuter, answers=9)
    scored(wait, 33.6, answers=4)
    create_insight(ride, by=edda, kind="pain", text="Too full", mentions=7)
    return commute


def test_a_program_is_told_the_whole_map(tess: Client, dressed: Journey, workspace: Workspace, edda: User) -> None:
    edit_placement(
        placed(dressed, "Ride"), version=1, by=edda, moment_of_truth=True, share=80, expectation=Decimal("1.5")
    )
    answer = tess.get(url(dressed))
    told = answer.json()
    ride, channel = placed(dressed, "Ride"), Touchpoint.objects.get(name="Ride").channel

    assert answer.status_code == 200
    assert {name: told[name] for name in ("id", "name", "category", "standing", "owner", "persona", "revision")} == {
        "id": dressed.pk, "name": "Commute", "category": "use", "standing": "as_is", "owner": None, "persona": None,
        "revision": 6,
    }  # fmt: skip
    assert told["as_of"] == clock.today(workspace.zone).isoformat()
    assert order(told) == {"purchase": "Shop Pay", "retention": "Wait Ride Arrive"}
    assert [(one["kind"], one["name"], one["position"]) for one in told["phases"]][3] == ("retention", "Retention", 3)
    assert told["version"] == tess.get(f"/api/v1/journeys/{told['id']}/").json()["version"]
    assert [one["station"] for one in stations(told).values()] == [1, 2, 3, 4, 5]
    assert [one["position"] for one in stations(told).values()] == [0, 1, 0, 1, 2]
    assert (told["personas"][0]["name"], told["personas"][0]["share"]) == ("Commuter", 40)
    seen = stations(told)["Ride"]
    assert (seen["id"], seen["version"], seen["moment_of_truth"], seen["share"]) == (ride.pk, 2, True, 80)
    assert (seen["expectation"], seen["assumed_emotion"]) == (1.5, None)
    assert seen["touchpoint"]["channel"] == {"id": channel.pk, "name": "App", "icon": "smartphone"}
    assert seen["touchpoint"]["owner"] == {"team": ride.touchpoint.owner_team_id, "name": "Fleet"}
    assert stations(told)["Wait"]["touchpoint"]["owner"] == {"member": member_of(workspace, edda).pk, "name": "Edda"}
    assert [(one["kind"], one["text"], one["mentions"]) for one in seen["touchpoint"]["insights"]] == [
        ("pain", "Too full", 7)
    ]
    health = seen["touchpoint"]["health"]
    assert health.pop("low") == pytest.approx(72.4 - 1.959964 * 3)
    assert health.pop("high") == pytest.approx(72.4 + 1.959964 * 3)
    assert health == {
        "score": 72, "exact": 72.4, "sd": 3.0, "answers": 40, "state": "measured", "band": "good",
        "last_heard": "2026-02-28", "version": 1,
    }  # fmt: skip
    assert told["health"] == {
        "score": 72, "state": "known", "band": "good", "partial": True,
        "bands": {"critical": 0, "weak": 0, "good": 1, "strong": 0, "unknown": 4},
    }  # fmt: skip
    assert told["phases"][0]["health"]["state"] == "unknown"


def test_below_five_answers_nothing_is_told_as_a_number(tess: Client, dressed: Journey) -> None:
    health = stations(tess.get(url(dressed)).json())["Wait"]["touchpoint"]["health"]
    assert {name: health[name] for name in ("score", "exact", "sd", "low", "high", "band")} == dict.fromkeys(
        ("score", "exact", "sd", "low", "high", "band")
    )
    assert (health["state"], health["answers"]) == ("unknown", 4)


def test_labels_come_in_the_language_that_is_asked_for(tess: Client, commute: Journey) -> None:
    german = tess.get(url(commute), headers={"Accept-Language": "de"})
    assert german.json()["phases"][2]["name"] == "Kauf"
    assert german.headers["ETag"] != tess.get(url(commute)).headers["ETag"]
    assert "Accept-Language" in german.headers["Vary"]


def test_statements_do_not_grow_with_the_journey(workspace: Workspace, edda: User, tess: Client) -> None:
    few = drawn(workspace, edda, "Few", purchase="A1 A2")
    many = drawn(workspace, edda, "Many", purchase=" ".join(f"B{i}" for i in range(20)), advocacy="C1 C2 C3")
    persona = Persona.objects.create(workspace=workspace, name="Commuter")
    tess.get(url(few))  # notes once a minute that the token is in use
    sent = []
    for journey in (few, many):
        etag = tess.get(url(journey)).headers["ETag"]
        asks: list[dict[str, Any]] = [{}, {"persona": persona.pk}, {"as_of": "2026-01-01"}]
        for ask, headers in ((asks[0], {}), (asks[1], {}), (asks[2], {}), (asks[0], {"If-None-Match": etag})):
            with CaptureQueriesContext(connection) as seen:
                assert tess.get(url(journey), ask, headers=headers).status_code in {200, 304}
            sent.append(len(seen))
    # Token, rate, journey and glance; two for the map, three for a past one, and one more for the persona's name.
    assert sent == [6, 7, 7, 4] * 2


# --- whose, and of when ----------------------------------------------------------------------------------------------


def test_the_health_of_one_persona(tess: Client, dressed: Journey) -> None:
    commuter = Persona.objects.get(name="Commuter")
    told = tess.get(url(dressed), {"persona": commuter.pk}).json()
    health = stations(told)["Ride"]["touchpoint"]["health"]
    assert (health["score"], health["band"], health["state"], health["answers"]) == (35, "critical", "indicative", 9)
    assert told["persona"] == {"id": commuter.pk, "name": "Commuter"}
    assert told["health"]["score"] == 35


def test_ids_of_others_are_not_found(tess: Client, commute: Journey, elsewhere: Workspace, otto: User) -> None:
    theirs = drawn(elsewhere, otto, "Theirs")
    persona = Persona.objects.create(workspace=elsewhere, name="Theirs")
    assert tess.get(url(theirs)).status_code == 404
    for pk in (persona.pk, 0, 2**70):
        assert tess.get(url(commute), {"persona": pk}).status_code == 404
    assert token_client(elsewhere, "read").get(url(commute)).status_code == 404


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("as_of=soon", "as_of"),
        ("as_of=9999-12-31", "as_of"),
        ("as_of=2026-02-30", "as_of"),
        ("persona=all", "persona"),
        ("depth=1", "depth"),
        ("as_of=2026-01-01&as_of=2026-01-02", "as_of"),
    ],
)
def test_what_cannot_be_asked_is_named(tess: Client, commute: Journey, asked: str, field: str) -> None:
    answer = tess.get(f"{url(commute)}?{asked}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]


def test_a_map_of_the_past(tess: Client, dressed: Journey, workspace: Workspace, edda: User) -> None:
    today = clock.today(workspace.zone)
    Change.objects.filter(journey=dressed).update(at=clock.now() - 9 * DAY)
    ride = placed(dressed, "Ride")
    closed(ride.touchpoint, today - 6 * DAY, 51.4)
    closed(ride.touchpoint, today - 4 * DAY, 90.0)
    move_placement(ride, to_phase=phase(dressed, "purchase"), after=None, version=1, by=edda)
    edit_placement(placed(dressed, "Ride"), version=2, by=edda, share=10)
    label_phase(phase(dressed, "retention"), label="Under way", version=1, by=edda)
    archive_placement(placed(dressed, "Arrive"), by=edda)
    ride.touchpoint.insights.update(created_at=clock.now() - 2 * DAY)

    past = tess.get(url(dressed), as_of(today - 5 * DAY)).json()
    now = tess.get(url(dressed), as_of(today)).json()

    assert order(past) == {"purchase": "Shop Pay", "retention": "Wait Ride Arrive"}
    assert (past["revision"], past["as_of"]) == (5, (today - 5 * DAY).isoformat())
    assert (past["phases"][3]["name"], past["phases"][3]["version"]) == ("Retention", 1)
    was = stations(past)["Ride"]
    assert (was["version"], was["share"], was["touchpoint"]["insights"]) == (1, 100, [])
    assert was["touchpoint"]["health"]["score"] == 51
    assert (was["touchpoint"]["health"]["last_heard"], was["touchpoint"]["health"]["version"]) == (None, None)
    assert order(now) == {"purchase": "Ride Shop Pay", "retention": "Wait"}
    assert now == tess.get(url(dressed)).json()
    assert stations(now)["Ride"]["touchpoint"]["health"]["score"] == 72


def test_a_day_that_is_over_and_not_yet_closed_stands_in_the_running_score(tess: Client, dressed: Journey) -> None:
    yesterday = clock.today(dressed.workspace.zone) - DAY
    ride = placed(dressed, "Ride").touchpoint
    closed(ride, yesterday - DAY, 10.0)
    HealthScore.objects.filter(subject=ride.subject).update(day=yesterday)
    Change.objects.filter(journey=dressed).update(at=clock.now() - 9 * DAY)
    scores = [
        stations(tess.get(url(dressed), as_of(day)).json())["Ride"]["touchpoint"]["health"]["score"]
        for day in (yesterday - 2 * DAY, yesterday - DAY, yesterday)
    ]
    assert scores == [None, 10, 72]


def test_a_day_ends_at_local_midnight(tess: Client, commute: Journey, edda: User) -> None:
    Change.objects.filter(journey=commute).update(at=datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC))
    label_phase(phase(commute, "purchase"), label="Buy", version=1, by=edda)
    Change.objects.filter(journey=commute, verb="label").update(
        at=datetime.datetime(2026, 7, 1, 22, 30, tzinfo=datetime.UTC)  # half past midnight in Berlin
    )
    labels = [
        tess.get(url(commute), as_of(day)).json()["phases"][2]["name"]
        for day in (datetime.date(2026, 7, 1), datetime.date(2026, 7, 2))
    ]
    assert labels == ["Purchase", "Buy"]


def test_a_past_map_is_unchanged_by_what_happens_now(tess: Client, dressed: Journey, edda: User) -> None:
    Change.objects.filter(journey=dressed).update(at=clock.now() - 9 * DAY)
    ask = as_of(clock.today(dressed.workspace.zone) - 3 * DAY)
    etag = tess.get(url(dressed), ask).headers["ETag"]
    archive_placement(placed(dressed, "Arrive"), by=edda)
    HealthScore.objects.update(score=1, version=9)
    assert tess.get(url(dressed), ask, headers={"If-None-Match": etag}).status_code == 304


def test_what_has_been_purged_leaves_the_rest_of_a_past_map_whole(tess: Client, commute: Journey, edda: User) -> None:
    Change.objects.filter(journey=commute).update(at=clock.now() - 99 * DAY)
    ask = as_of(clock.today(commute.workspace.zone) - 90 * DAY)
    gone = placed(commute, "Wait")
    archive_placement(gone, by=edda)
    assert order(tess.get(url(commute), ask).json())["retention"] == "Wait Ride Arrive"
    gone.delete()
    past = tess.get(url(commute), ask).json()
    assert order(past)["retention"] == "Ride Arrive"
    assert [one["position"] for one in past["phases"][3]["placements"]] == [0, 1]


def test_the_head_alone(tess: Client, commute: Journey) -> None:
    head = tess.head(url(commute), as_of(clock.today(commute.workspace.zone)))
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == tess.get(url(commute)).headers["ETag"]


# --- unchanged or not ------------------------------------------------------------------------------------------------


def change_channel(one: Touchpoint, by: User) -> None:
    assert one.channel
    edit_channel(one.channel, version=one.channel.version, by=by, icon="phone")


def change_journey(**facts: Any) -> Callable[[Touchpoint, User], object]:
    return lambda one, by: Journey.objects.filter(name="Commute").update(**facts)


def insight_of(one: Touchpoint) -> Any:
    return one.insights.get()


def leave(one: Touchpoint, by: User) -> None:
    """A member goes, by which nothing that they own gets a new version."""
    Touchpoint.objects.filter(name="Wait").update(owner_member=None)


def ride_of(one: Touchpoint) -> Any:
    return one.placements.select_related("journey__workspace", "touchpoint").get()


CHANGES: dict[str, Callable[[Touchpoint, User], object]] = {
    "touchpoint renamed": lambda one, by: edit_touchpoint(one, version=one.version, by=by, name="Renamed"),
    "touchpoint's note": lambda one, by: edit_touchpoint(one, version=one.version, by=by, note="New"),
    "touchpoint archived": lambda one, by: archive_touchpoint(one, by=by),
    "channel's icon": change_channel,
    "score": lambda one, by: scored(placed(Journey.objects.get(), "Shop").touchpoint, 70),
    "score folded": lambda one, by: HealthScore.objects.filter(persona=None).update(version=2),
    "insight": lambda one, by: create_insight(one, by=by, kind="praise", text="Warm", mentions=2),
    "insight edited": lambda one, by: edit_insight(insight_of(one), version=1, by=by, mentions=8),
    "insight archived": lambda one, by: archive_insight(insight_of(one), by=by),
    "bands": lambda one, by: Workspace.objects.update(good_from=61, version=2),
    "persona": lambda one, by: Persona.objects.update(name="Mara"),
    "persona's age": lambda one, by: Persona.objects.update(age=33),
    "team renamed": lambda one, by: Team.objects.update(name="Drivers"),
    "member renamed": lambda one, by: User.objects.filter(name="Edda").update(name="Edith"),
    "member gone": leave,
    "journey": change_journey(version=9, note="New"),
    "journey's owner gone": lambda one, by: Team.objects.create(workspace=one.workspace, name="Any") and (
        Journey.objects.update(owner_team=Team.objects.get(name="Any"))
    ),
    "moved": lambda one, by: move_placement(
        ride_of(one), to_phase=phase(ride_of(one).journey, "purchase"), after=None, version=1, by=by
    ),
    "placement edited": lambda one, by: edit_placement(ride_of(one), version=1, by=by, backstage="Depot"),
    "taken off": lambda one, by: archive_placement(ride_of(one), by=by),
    "phase renamed": lambda one, by: label_phase(
        phase(ride_of(one).journey, "purchase"), label="Buy", version=1, by=by
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_anything_told_is_seen(tess: Client, dressed: Journey, edda: User, change: str) -> None:
    etag = tess.get(url(dressed)).headers["ETag"]
    assert tess.get(url(dressed), headers={"If-None-Match": etag}).status_code == 304

    CHANGES[change](Touchpoint.objects.get(name="Ride"), edda)

    again = tess.get(url(dressed), headers={"If-None-Match": etag})
    assert again.status_code == 200
    assert again.headers["ETag"] != etag


def test_what_is_not_told_is_not_a_change(tess: Client, dressed: Journey, workspace: Workspace, edda: User) -> None:
    etag = tess.get(url(dressed)).headers["ETag"]
    other = drawn(workspace, edda, "Other", purchase="Elsewhere")
    elsewhere = placed(other, "Elsewhere").touchpoint
    scored(elsewhere, 50)
    create_insight(elsewhere, by=edda, kind="pain", text="There", mentions=1)
    create_channel(workspace, name="Radio", by=edda)
    Persona.objects.create(workspace=workspace, name="Tourist")
    HealthScore.objects.exclude(persona=None).update(version=7)
    answer = tess.get(url(dressed), headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert "private" in answer.headers["Cache-Control"]


def test_a_new_day_is_another_map(tess: Client, dressed: Journey, monkeypatch: pytest.MonkeyPatch) -> None:
    etag = tess.get(url(dressed)).headers["ETag"]
    tomorrow = clock.now() + DAY
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    assert tess.get(url(dressed), headers={"If-None-Match": etag}).status_code == 200


def test_each_persona_has_its_own_tag(tess: Client, dressed: Journey) -> None:
    commuter = Persona.objects.get(name="Commuter")
    ask = {"persona": commuter.pk}
    etag = tess.get(url(dressed), ask).headers["ETag"]
    assert etag != tess.get(url(dressed)).headers["ETag"]
    assert tess.get(url(dressed), ask, headers={"If-None-Match": etag}).status_code == 304
    HealthScore.objects.filter(persona=commuter).update(version=3)
    assert tess.get(url(dressed), ask, headers={"If-None-Match": etag}).status_code == 200
