"""What to do next at a touchpoint: proposed where it is weak, important and real, by what customers name."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from feedback.actions import archive_insight, create_insight
from feedback.models import Theme, ThemeSearch
from journeys.models import Journey, Placement
from measures.actions import create_measure, edit_causes, move_measure
from measures.models import Measure, Review, Verdict
from scorecards.next_actions import WhyNot, next_actions_of, similar_in
from tests.answering import TODAY, Clock, Given, new_touchpoint
from tests.cast import SignIn
from tests.journeys.scene import drawn, placed
from tests.rest import Rest
from tests.scorecards.pages import text
from touchpoints.actions import archive_touchpoint, fold_all
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

pytestmark = pytest.mark.usefixtures("no_doorbell")

Say = Callable[..., Theme]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def commute(at: Clock, workspace: Workspace, edda: User, given: Given) -> Journey:
    """Paying is bad, the shop good, and of the ride nothing is known."""
    journey = drawn(workspace, edda, purchase="Shop Pay", retention="Ride")
    given(placed(journey, "Shop").touchpoint, *[5, 5, 5] * 25)
    given(placed(journey, "Pay").touchpoint, *[1, 2, 1] * 15)
    fold_all()
    return journey


@pytest.fixture
def pay(commute: Journey) -> Touchpoint:
    return placed(commute, "Pay").touchpoint


@pytest.fixture
def say(workspace: Workspace) -> Say:
    """`say(pay, "Rude staff", 7)`: so many of 60 customers name it."""

    def stand_out(at: Touchpoint, label: str, commenters: int, kind: str = "pain", **more: Any) -> Theme:
        ThemeSearch.objects.update_or_create(
            workspace=workspace, touchpoint=at, defaults={"day": TODAY, "commenters": 60}
        )
        terms = label.casefold().split(", ")
        facts = {"workspace": workspace, "touchpoint": at, "kind": kind, "by_month": [0] * 12, **more}
        return Theme.objects.create(label=label, leading=terms[0], terms=terms, commenters=commenters, **facts)

    return stand_out


@pytest.fixture
def page(workspace: Workspace, edda: User, sign_in: SignIn) -> Callable[..., str]:
    """`page(pay)` as Edda sees it, `page(pay, vik)` as Vik does."""

    def see(of: Touchpoint, somebody: User = edda, **headers: Any) -> str:
        address = reverse("touchpoint_next_actions", args=[workspace.slug, of.pk])
        answer = sign_in(somebody).get(address, headers=headers)
        assert answer.status_code == 200
        return answer.content.decode()

    return see


def proposed(at: Touchpoint) -> list[tuple[str, list[str]]]:
    return [(one.kind, [str(it.thing) for it in one.named]) for one in next_actions_of(at).actions]


def review(measure: Measure, verdict: Verdict, effect: float, *, closed: bool = True) -> Review:
    facts = {"before": 40.0, "effect": effect, "low": effect - 3, "high": effect + 3, "computed_at": timezone.now()}
    days = {"live_on": datetime.date(2025, 6, 1), "until": TODAY}
    at = timezone.now() if closed else None
    return Review.objects.create(
        workspace=measure.workspace, measure=measure, verdict=verdict, closed_at=at, **facts, **days
    )


def test_what_customers_name_is_proposed_by_its_cause_the_most_named_first(
    pay: Touchpoint, say: Say, edda: User
) -> None:
    say(pay, "Rude, staff", 7)
    say(pay, "Broken, machine", 12)
    say(pay, "Somebody told me, waiting", 5, kind="wish")
    say(pay, "Friendly staff", 40, kind="praise")
    create_insight(pay, kind="pain", text="The queue is endless", mentions=9, by=edda)
    assert proposed(pay) == [
        ("process", ["The queue is endless", "Somebody told me, waiting"]),
        ("technical", ["Broken, machine"]),
        ("training", ["Rude, staff"]),
    ]


def test_at_most_three_are_proposed(pay: Touchpoint, say: Say) -> None:
    for label, named in (("Rude", 3), ("Broken", 6), ("Queue", 5), ("Nobody told us", 4)):
        say(pay, label, named)
    assert [kind for kind, _named in proposed(pay)] == ["technical", "process", "communication"]


def test_what_was_dismissed_archived_or_named_by_too_few_counts_no_more(pay: Touchpoint, say: Say, edda: User) -> None:
    say(pay, "Rude", 2)
    say(pay, "Broken", 9, state="dismissed")
    say(pay, "Queue", 9, state="accepted")
    archive_insight(create_insight(pay, kind="pain", text="Queue", mentions=9, by=edda), by=edda)
    assert next_actions_of(pay).actions == []


def test_each_says_why_and_on_what_it_rests(pay: Touchpoint, say: Say, edda: User, page: Callable[..., str]) -> None:
    say(pay, "Machine, rude staff", 12)
    say(pay, "Broken", 5)
    create_insight(pay, kind="pain", text="The screen is dark", by=edda)
    shown = text(page(pay))
    found = next_actions_of(pay)
    number, points = found.reading.number, found.gained[0].points
    assert f"Measured Health is {number}, {pay.target - (number or 0)} below its target of {pay.target}." in shown
    assert "touchpoints that fall short there" not in shown
    assert f"Commute would gain +{points:.1f} points if it were met." in shown
    assert "Train the people there Because customers name: Machine, rude staff named by 12 of 60" in shown
    assert "Sorted here by: rude, staff." in shown
    assert "The screen is dark written down by the team, not counted" in shown
    assert "No similar measure has been reviewed yet." in shown
    assert "causes" not in shown.split("Health is")[1].split("By which words")[0]


def test_among_several_that_fall_short_it_says_its_place(
    commute: Journey, pay: Touchpoint, given: Given, page: Callable[..., str]
) -> None:
    ride = placed(commute, "Ride").touchpoint
    given(ride, *[3, 4, 3] * 15)
    fold_all()
    assert "That is place 1 of the 2 touchpoints that fall short there." in text(page(pay))
    assert next_actions_of(ride).place == (2, 2)


def test_what_belongs_to_two_causes_says_so(pay: Touchpoint, say: Say, page: Callable[..., str]) -> None:
    say(pay, "Rude machine", 12)
    assert "Some of it could as well be: technical." in text(page(pay))


def test_what_no_word_is_in_is_listed_and_never_guessed(
    workspace: Workspace, pay: Touchpoint, say: Say, edda: User, page: Callable[..., str]
) -> None:
    say(pay, "Purple", 8)
    assert proposed(pay) == []
    shown = page(pay)
    assert "Not sorted yet" in shown
    assert "<q>Purple</q>" in shown
    assert reverse("settings_causes", args=[workspace.slug]) in shown
    edit_causes(workspace, version=1, communication=["purple"], by=edda)
    assert proposed(pay) == [("communication", ["Purple"])]


def test_where_nothing_is_named_it_says_so(pay: Touchpoint, page: Callable[..., str]) -> None:
    assert "no theme stands out here" in page(pay)


def test_nothing_is_proposed_where_it_is_not_weak_or_not_real(
    workspace: Workspace, commute: Journey, say: Say, page: Callable[..., str], given: Given
) -> None:
    shop, ride = (placed(commute, name).touchpoint for name in ("Shop", "Ride"))
    kiosk = new_touchpoint(workspace, "Kiosk")
    given(kiosk, *[1, 2, 1] * 15)
    fold_all()
    for touchpoint in (shop, ride, kiosk):
        say(touchpoint, "Rude", 9)
    assert next_actions_of(shop).why_not is WhyNot.MET
    assert next_actions_of(ride).why_not is WhyNot.UNKNOWN
    assert next_actions_of(kiosk).why_not is WhyNot.NOWHERE
    assert "health meets its target" in page(shop)
    assert "health is unknown" in page(ride)
    assert "no journey would gain by it" in page(kiosk)
    Placement.objects.filter(touchpoint=ride).update(assumed_emotion=-2)
    assert next_actions_of(ride).why_not is WhyNot.ASSUMPTION
    assert "an assumption so far" in page(ride)
    assert reverse("survey_create", args=[workspace.slug]) in page(ride)
    assert "Rude" not in page(shop) + page(ride) + page(kiosk)


def test_what_is_under_way_is_named_and_not_proposed_again(
    workspace: Workspace, pay: Touchpoint, say: Say, edda: User, page: Callable[..., str]
) -> None:
    say(pay, "Rude", 9)
    say(pay, "Broken", 5)
    smile = create_measure(workspace, title="Smile", kind="training", touchpoints=[pay], by=edda)
    shown = page(pay)
    assert "Already under way:" in shown
    assert f"/measures/{smile.pk}/" in shown
    assert "kind=training" not in shown
    assert "kind=technical" in shown
    move_measure(smile, to="dropped", reason="Too dear", version=1, by=edda)
    shown = page(pay)
    assert "kind=training" in shown
    assert "Here before: Smile Dropped Too dear" in text(shown)


def test_it_says_what_similar_measures_achieved(
    workspace: Workspace, pay: Touchpoint, commute: Journey, say: Say, edda: User, page: Callable[..., str]
) -> None:
    say(pay, "Rude", 9)
    ride = placed(commute, "Ride").touchpoint
    done = [
        create_measure(workspace, title=f"Course {number}", kind="training", touchpoints=[ride], by=edda)
        for number in range(4)
    ]
    review(done[0], Verdict.WORKS, 9.0, closed=False)
    assert "1 of 1 reviewed measure of this kind worked: +9.0 points. None of these reviews is closed" in text(
        page(pay)
    )
    review(done[1], Verdict.NO_EFFECT, -3.0)
    review(done[1], Verdict.WORKS, 6.0)  # the last one counts
    review(done[2], Verdict.WORKS, 8.0)
    review(done[3], Verdict.PARTLY, 2.0)
    assert similar_in(workspace)["training"] == (3, 2, 1, 6.0, True)
    shown = text(page(pay))
    assert "2 of 3 reviewed measures of this kind worked, 1 partly: +6.0 points in the middle." in shown
    assert "is closed" not in shown


def test_a_proposal_becomes_a_measure(
    workspace: Workspace, pay: Touchpoint, say: Say, edda: User, sign_in: SignIn, page: Callable[..., str]
) -> None:
    say(pay, "Broken, machine", 12)
    pain = create_insight(pay, kind="pain", text="Screen & keys", mentions=9, by=edda)
    address = page(pay).split('class="button" href="')[1].split('"')[0].replace("&amp;", "&")
    form = sign_in(edda).get(address).context["form"]
    assert form.initial["kind"] == "technical"
    assert form.initial["touchpoints"] == [pay]
    assert form.initial["title"] == "Improve the technology: Broken, machine, Screen & keys"
    body = {"title": form.initial["title"], "kind": "technical", "touchpoints": [pay.pk]}
    assert sign_in(edda).post(address, body).status_code == 302
    measure = Measure.objects.get()
    assert (measure.insight, measure.kind, measure.status) == (pain, "technical", "idea")
    assert "Already under way:" in page(pay)


def test_an_address_proposes_no_kind_that_there_is_not(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    address = reverse("measure_create", args=[workspace.slug])
    initial = sign_in(edda).get(f"{address}?kind=magic&title={'x' * 300}").context["form"].initial
    assert "kind" not in initial or initial["kind"] == "process"
    assert initial["title"] == "x" * 200


def test_a_viewer_reads_it_and_is_offered_nothing_to_write(
    pay: Touchpoint, say: Say, vik: User, page: Callable[..., str]
) -> None:
    say(pay, "Rude", 9)
    shown = page(pay, vik)
    assert "Train the people there" in shown
    assert "Make it a measure…" not in shown


def test_the_touchpoint_s_page_asks_for_it_by_itself(
    workspace: Workspace, pay: Touchpoint, say: Say, edda: User, sign_in: SignIn, page: Callable[..., str]
) -> None:
    say(pay, "Rude", 9)
    client, touchpoint = sign_in(edda), reverse("touchpoint", args=[workspace.slug, pay.pk])
    address = reverse("touchpoint_next_actions", args=[workspace.slug, pay.pk])
    shown = client.get(touchpoint).content.decode()
    assert f'hx-get="{address}"' in shown
    assert f'<a href="{address}">' in shown  # without JavaScript
    part = page(pay, **HTMX)
    assert part.lstrip().startswith('<section class="next" id="next"')
    assert "<html" not in part
    archive_touchpoint(pay, by=edda)
    assert address not in client.get(touchpoint).content.decode()
    assert client.get(address).status_code == 404


def test_in_german_it_is_german(pay: Touchpoint, say: Say, edda: User, page: Callable[..., str]) -> None:
    say(pay, "Unfreundliches Personal", 9)
    edda.language = "de"
    edda.save()
    shown = text(page(pay, edda))
    assert "Die Menschen dort schulen" in shown
    assert "9 von 60" in shown
    assert "Es wurde noch keine ähnliche Maßnahme geprüft." in shown


def test_more_that_is_named_costs_no_more_statements(
    workspace: Workspace, pay: Touchpoint, say: Say, edda: User, sign_in: SignIn
) -> None:
    client, address = sign_in(edda), reverse("touchpoint_next_actions", args=[workspace.slug, pay.pk])
    counted = []
    for round_ in range(2):
        for word in ("Rude", "Broken", "Queue", "Told", "Purple"):
            say(pay, f"{word} {round_}", 9)
            create_insight(pay, kind="pain", text=f"{word} again {round_}", mentions=3, by=edda)
        measure = create_measure(workspace, title="Smile", kind="commercial", touchpoints=[pay], by=edda)
        review(measure, Verdict.WORKS, 4.0)
        with CaptureQueriesContext(connection) as statements:
            assert client.get(address).status_code == 200
        counted.append(len(statements))
    assert counted[0] == counted[1] <= 14


def test_programs_are_told_the_same(
    workspace: Workspace, pay: Touchpoint, commute: Journey, say: Say, edda: User, tess: Client
) -> None:
    rest = Rest(tess)
    theme = say(pay, "Rude machine", 12)
    purple = create_insight(pay, kind="wish", text="Purple", mentions=3, by=edda)
    told = rest.get(f"touchpoints/{pay.pk}/next-actions/")
    body = told.json()
    assert [body[name] for name in ("score", "state", "place", "customers")] == [
        next_actions_of(pay).reading.number,
        "measured",
        1,
        60,
    ]
    assert body["gains"][0]["journey"] == commute.pk
    assert body["actions"] == [
        {
            "kind": "training",
            "cause": "people",
            "named": [
                {
                    "theme": theme.pk,
                    "insight": None,
                    "kind": "pain",
                    "text": "Rude machine",
                    "named_by": 12,
                    "words": ["rude"],
                    "as_well": ["technical"],
                }
            ],
            "similar": None,
            "under_way": [],
            "earlier": [],
        }
    ]
    assert [one["insight"] for one in body["unsorted"]] == [purple.pk]
    again = rest.get(f"touchpoints/{pay.pk}/next-actions/", **{"If-None-Match": told.headers["ETag"]})
    assert again.status_code == 304
    shop = rest.get(f"touchpoints/{placed(commute, 'Shop').touchpoint_id}/next-actions/").json()
    assert (shop["why_not"], shop["actions"]) == ("target met", [])
    assert rest.get("touchpoints/0/next-actions/").status_code == 404
