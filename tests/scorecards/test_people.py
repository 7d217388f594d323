"""What is known of personas by their answers: several at once, and nothing of fewer than five people."""

import datetime

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from feedback.actions import search_themes
from journeys.actions.journeys import edit_journey
from personas.models import Persona
from scorecards.people import figures_of
from scorecards.roll_ups import roll_ups
from tests.answering import TODAY, new_touchpoint
from tests.journeys.scene import drawn, placed
from tests.rest import Rest
from touchpoints.actions import fold_all, subject_of
from touchpoints.health.figures import nps
from touchpoints.periods import Period

pytestmark = pytest.mark.usefixtures("at")


def of_one(workspace, persona):
    """Its figures once everything is folded."""
    fold_all()
    return figures_of(workspace, [persona])[persona.pk]


@pytest.fixture
def relationship(workspace):
    """What is asked of the relationship as a whole, as if it were a touchpoint."""
    whole = type("Whole", (), {})()
    whole.subject_id = subject_of(workspace).pk
    return whole


def test_fewer_than_five_people_are_no_figure(workspace, delays, given, commuter):
    given(delays, 9, 9, 9, 9, metric="nps", persona=commuter)
    told = of_one(workspace, commuter)
    assert (told.shown, told.respondents, told.questionnaires, told.answers) == (False, 4, 4, 0)
    assert (told.nps, told.promoters, told.health, told.themes, told.worse) == (None, None, None, (), ())
    given(delays, 9, metric="nps", persona=commuter)
    assert of_one(workspace, commuter).nps


def test_one_who_answers_often_is_one(workspace, delays, given, commuter):
    given(delays, *[9] * 6, metric="nps", persona=commuter, respondent="K-1")
    told = of_one(workspace, commuter)
    assert (told.questionnaires, told.respondents, told.shown) == (6, 1, False)


def test_nps_is_counted_with_its_interval_and_promoters(workspace, delays, relationship, given, commuter, tourist):
    given(relationship, *[10] * 6, *[3] * 2, *[8] * 2, metric="nps", persona=commuter)
    given(relationship, *[0] * 9, metric="nps", persona=tourist)
    given(delays, *[0] * 30, metric="nps", persona=commuter)
    told = of_one(workspace, commuter)
    assert told.nps == nps(6, 2, 10)
    assert (told.promoters, told.about) == (0.6, "workspace")


def test_without_the_relationship_touchpoints_are_asked(workspace, delays, relationship, given, commuter):
    given(relationship, 10, 10, metric="nps", persona=commuter)
    given(delays, *[0] * 5, metric="nps", persona=commuter)
    told = of_one(workspace, commuter)
    assert (told.nps.value, told.about) == (-100, "touchpoint")


def test_only_the_period_counts(workspace, delays, given, commuter):
    given(delays, *[9] * 5, metric="nps", persona=commuter, occurred_at=TODAY - datetime.timedelta(days=90))
    assert of_one(workspace, commuter).respondents == 0
    earlier = Period(TODAY - datetime.timedelta(days=120), TODAY)
    assert figures_of(workspace, [commuter], earlier)[commuter.pk].respondents == 5


def test_health_is_that_of_the_roll_ups(workspace, edda, given, commuter):
    journey = drawn(workspace, edda, purchase="Shop Pay", retention="Ride")
    edit_journey(journey, version=journey.edition, personas=[commuter], by=edda)
    given(placed(journey, "Shop").touchpoint, *[5, 4] * 15, persona=commuter)
    given(placed(journey, "Pay").touchpoint, *[1] * 30)
    told = of_one(workspace, commuter)
    (row,) = roll_ups(workspace).personas
    assert told.health == row.health
    assert (told.touchpoints, told.known) == (3, 1)


def test_touchpoints_that_serve_it_worse_beyond_chance_are_named(workspace, delays, counter, given, commuter, tourist):
    given(delays, *[1, 2] * 20, persona=commuter)
    given(delays, *[4, 5] * 20, persona=tourist)
    given(counter, *[3, 4] * 20, persona=commuter)
    given(counter, *[4, 3] * 20, persona=tourist)
    worse = of_one(workspace, commuter).worse
    assert [one.name for one in worse] == ["Delay information"]
    assert (worse[0].change.after, worse[0].change.before) == (40, 40)
    assert worse[0].change.delta < -50
    assert not of_one(workspace, tourist).worse, "to be served better is no reason"


def test_twenty_nine_answers_prove_nothing(workspace, delays, given, commuter, tourist):
    given(delays, *[1] * 29, persona=commuter)
    given(delays, *[5] * 29, persona=tourist)
    assert not of_one(workspace, commuter).worse


def test_themes_are_counted_among_its_own_comments(workspace, delays, given, commuter, tourist):
    for persona, times in ((commuter, 5), (tourist, 2)):
        for _ in range(times):
            given(delays, 1, text="The lift is broken", persona=persona)
    given(delays, *[5] * 20, text="Friendly staff", persona=tourist)
    search_themes(delays)
    fold_all()
    told = figures_of(workspace, [commuter, tourist])
    assert [(theme.kind, theme.named_by) for theme in told[commuter.pk].themes] == [("pain", 5)]
    assert [theme.kind for theme in told[tourist.pk].themes] == ["praise"], "two of them are no theme"


def test_more_personas_and_touchpoints_cost_no_more_statements(workspace, delays, given, commuter, tourist):
    counted = []
    for number in range(2):
        for place in range(5 * number):
            given(new_touchpoint(workspace, f"Kiosk {place}"), *[1] * 5, persona=tourist, text="Too slow")
        personas = [
            commuter,
            tourist,
            *(Persona.objects.create(workspace=workspace, name=f"P{n}") for n in range(number * 9)),
        ]
        given(delays, *[5] * 5, persona=commuter)
        fold_all()
        with CaptureQueriesContext(connection) as statements:
            figures_of(workspace, personas)
        counted.append(len(statements))
    assert counted[0] == counted[1]
    assert counted[0] <= 9


def test_the_partial_says_it_in_words(workspace, delays, given, commuter, tourist):
    given(delays, *[1, 2] * 20, persona=commuter)
    given(delays, *[4, 5] * 20, persona=tourist)
    fold_all()
    told = figures_of(workspace, [commuter])[commuter.pk]
    said = " ".join(
        render_to_string("scorecards/_persona_figures.html", {"figures": told, "workspace": workspace}).split()
    )
    assert "40 respondents in the last 90 days, 40 questionnaires" in said
    assert "Delay information" in said
    nobody = figures_of(workspace, [Persona.objects.create(workspace=workspace, name="New")]).popitem()[1]
    said = render_to_string("scorecards/_persona_figures.html", {"figures": nobody, "workspace": workspace})
    assert "no figure is shown" in said


def test_programs_read_the_same(workspace, delays, given, commuter, tourist, tess):
    rest, address = Rest(tess), f"personas/{commuter.pk}/figures/"
    few = rest.get(address).json()
    assert (few["reason"], few["nps"], few["health"], few["respondents"]) == ("too few respondents", None, None, 0)
    given(delays, *[1, 2] * 20, persona=commuter)
    given(delays, *[4, 5] * 20, persona=tourist)
    given(delays, *[9] * 5, metric="nps", persona=commuter)
    fold_all()
    told = rest.get(address).json()
    assert (told["reason"], told["promoters"], told["nps_about"]) == (None, 1.0, "touchpoint")
    assert [one["name"] for one in told["worse"]] == ["Delay information"]
    assert rest.get(address, If_None_Match=rest.get(address)["ETag"]).status_code == 304


def test_personas_of_others_are_not_there(elsewhere, tess):
    theirs = Persona.objects.create(workspace=elsewhere, name="Tram rider")
    assert Rest(tess).get(f"personas/{theirs.pk}/figures/").status_code == 404
