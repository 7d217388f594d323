"""How far the order of touchpoints hangs on the weights, and other weights to be tried."""

import pytest
from django.urls import reverse

from tests.answering import health, new_touchpoint
from touchpoints.actions import archive_touchpoint, change_rule
from touchpoints.actions.rules import APPLY
from touchpoints.models import HealthRule
from touchpoints.tasks import apply_rule
from workspaces.models import Job


@pytest.fixture
def page(workspace):
    return reverse("settings_sensitivity", args=[workspace.slug])


def asked_about(workspace, given, name, csat, ces):
    touchpoint = new_touchpoint(workspace, name)
    given(touchpoint, *[csat] * 200)
    given(touchpoint, *[ces] * 200, metric="ces")
    health(touchpoint)
    return touchpoint


@pytest.fixture
def two(at, workspace, given):
    """Lounge is better by CSAT, which weighs more, Kiosk by CES."""
    return [asked_about(workspace, given, "Lounge", 5, 3), asked_about(workspace, given, "Kiosk", 3, 7)]


def seen(client, page, **weights):
    return client.get(page, weights).context["sensitivity"]


def orders(found):
    return {(one.variation.kind, one.variation.component): one.order.swapped for one in found.tried}


def test_it_says_which_weights_turn_the_order_around(workspace, vik, sign_in, page, two):
    found = seen(sign_in(vik), page)
    assert [(row.name, row.rank) for row in found.ranked] == [("Kiosk", 1), ("Lounge", 2)]
    swapped = orders(found)
    assert (swapped["equal", None], swapped["without", "csat"], swapped["without", "nps"]) == (1, 1, 0)
    assert (swapped["double", "csat"], swapped["double", "ces"]) == (0, 1)
    assert found.depends == "strongly"
    text = sign_in(vik).get(page).content.decode()
    assert "strongly depends on the weights" in text
    assert "Without CSAT" in text
    mover = found.tried[0].movers[0]
    assert (mover.name, mover.before, mover.after) == ("Kiosk", 1, 2)


def test_an_order_that_stays_hardly_depends(at, workspace, vik, sign_in, page, given):
    for number in range(1, 6):
        asked_about(workspace, given, f"Stop {number}", number, number)
    found = seen(sign_in(vik), page)
    assert found.depends == "hardly"
    assert {one.order.kendall for one in found.tried if not one.order.lost} == {1.0}
    assert "hardly depends on the weights" in sign_in(vik).get(page).content.decode()


def test_other_weights_are_tried_and_not_stored(workspace, ada, sign_in, page, two):
    weights = {"csat": 10, "ces": 90, "nps": 0, "complaints": 0, "completion": 0}
    found = seen(sign_in(ada), page, **weights)
    assert (found.tried[0].variation.kind, found.tried[0].order.swapped) == ("tried", 1)
    assert [row.others[0] for row in found.ranked] == [2, 1]
    text = sign_in(ada).get(page, weights).content.decode()
    assert "The weights that you try" in text
    assert not HealthRule.objects.exists()
    taken_over = reverse("settings_health", args=[workspace.slug]) + "?csat=10&amp;ces=90"
    assert taken_over in text
    form = sign_in(ada).get(reverse("settings_health", args=[workspace.slug]), weights).context["form"]
    assert (form["csat"].value(), form["decay"].value()) == ("10", False)


def test_nonsense_is_said_and_not_tried(workspace, vik, sign_in, page, two):
    answer = sign_in(vik).get(page, {"csat": "many"})
    assert answer.status_code == 200
    assert not answer.context["tried"]
    assert "Enter a whole number" in answer.content.decode()


def test_a_component_without_weight_cannot_be_tried(workspace, olga, vik, sign_in, page, two):
    change_rule(workspace, number=0, by=olga, ces=0)
    apply_rule(Job.objects.get(kind=APPLY).pk)
    found = seen(sign_in(vik), page)
    assert found.weightless == ["ces"]
    assert "it cannot be tried: CES" in sign_in(vik).get(page).content.decode()


def test_archived_and_unknown_touchpoints_have_no_rank(at, workspace, edda, vik, sign_in, page, two, given):
    archive_touchpoint(two[0], by=edda)
    rare = new_touchpoint(workspace, "Rare")
    given(rare, 5, 5)
    health(rare)
    assert [row.name for row in seen(sign_in(vik), page).ranked] == ["Kiosk"]


def test_without_any_health_there_is_no_order(workspace, vik, sign_in, page):
    assert "No health is known yet" in sign_in(vik).get(page).content.decode()


def test_nothing_crosses_to_another_workspace(elsewhere, otto, sign_in, two):
    assert seen(sign_in(otto), reverse("settings_sensitivity", args=[elsewhere.slug])).ranked == []


def test_as_many_statements_for_any_number_of_touchpoints(
    at, workspace, vik, sign_in, page, given, two, django_assert_num_queries
):
    client = sign_in(vik)
    with django_assert_num_queries(5) as few:
        client.get(page)
    for number in range(5):
        asked_about(workspace, given, f"Stop {number}", 4, 5)
    with django_assert_num_queries(len(few)):
        client.get(page)
