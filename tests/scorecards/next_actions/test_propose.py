"""What to do next at a touchpoint: proposed where it is weak, important and real, by what customers name."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from feedback.actions import archive_insight, create_insight
from journeys.models import Journey, Placement
from measures.actions import create_measure, edit_causes, move_measure
from measures.models import Verdict
from scorecards.next_actions import WhyNot, next_actions_of, similar_in
from tests.answering import Given, new_touchpoint
from tests.journeys.scene import placed
from tests.scorecards.next_actions.conftest import Say, review
from tests.scorecards.pages import text
from touchpoints.actions import fold_all
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

pytestmark = pytest.mark.usefixtures("no_doorbell")


def proposed(at: Touchpoint) -> list[tuple[str, list[str]]]:
    return [(one.kind, [str(it.thing) for it in one.named]) for one in next_actions_of(at).actions]


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
