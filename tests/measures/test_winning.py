"""The first sentence of the stakeholders' page: who decides on what matters most, and who is to be won next."""

import datetime
from typing import Any

import pytest
from django.utils.translation import override

from measures.winning import Decides, said, winning_of
from personas.models import Quadrant

TODAY = datetime.date(2026, 11, 20)
SOON, LATER = datetime.date(2026, 12, 4), datetime.date(2027, 3, 1)
LTE, FARES, KIOSK = 1, 2, 3
WORTH = {LTE: 900.0, FARES: 500.0, KIOSK: 100.0}


def who(name: str, *measures: int, **facts: Any) -> Decides:
    """Somebody who decides on these: a gatekeeper of influence 70 unless told otherwise."""
    return Decides(name=name, measures=measures, **{"quadrant": Quadrant.GATEKEEPER, "influence": 70, **facts})


def sentences(*people: Decides, worth: dict[int, float] | None = None, language: str = "en") -> str:
    with override(language):
        return " ".join(said(winning_of(people, WORTH if worth is None else worth, TODAY), TODAY)).strip()


def test_gatekeepers_of_what_matters_most_are_counted_and_the_next_is_named() -> None:
    told = sentences(who("Ops", LTE), who("Finance", LTE, FARES, goal_on=SOON), who("Legal", FARES, goal_on=LATER))
    assert told == (
        "3 gatekeepers decide on the 2 measures that matter most. Finance is the one to win before 4\xa0December."
    )


def test_it_speaks_german() -> None:
    told = sentences(who("Ops", LTE), who("Finanzen", LTE, FARES, goal_on=SOON), language="de")
    assert told == (
        "2 Gatekeeper entscheiden über die 2 wichtigsten Maßnahmen. Finanzen ist vor dem 4.\xa0Dezember zu gewinnen."
    )


def test_of_two_on_the_same_day_the_more_influential_is_to_be_won() -> None:
    told = sentences(who("Ops", LTE, goal_on=SOON), who("Legal", LTE, FARES, goal_on=SOON, influence=90))
    assert "Legal is the one to win" in told


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ([who("Ops", LTE)], "1 gatekeeper decides on one of the 2 measures that matter most."),
        ([who("Ops", LTE), who("Legal", LTE)], "2 gatekeepers decide on one of the 2 measures that matter most."),
        ([who("Voss", LTE, quadrant=Quadrant.CHAMPION)], "No gatekeeper decides on the measures that matter most."),
        ([who("Retail", KIOSK, goal_on=SOON)], ""),  # the third is worth less
        ([who("Retail")], ""),
        ([], ""),
    ],
)
def test_it_says_only_what_is_so(people: list[Decides], told: str) -> None:
    assert sentences(*people) == told


def test_with_one_measure_it_speaks_of_one() -> None:
    assert sentences(who("Ops", LTE), worth={LTE: 900.0}) == ("1 gatekeeper decides on the measure that matters most.")


def test_what_costs_more_than_it_brings_does_not_matter() -> None:
    assert sentences(who("Ops", LTE), worth={LTE: -1.0, FARES: 0.0}) == ""


def test_a_day_that_is_gone_is_not_before_us_and_today_is_today() -> None:
    yesterday = TODAY - datetime.timedelta(days=1)
    assert "to win" not in sentences(who("Ops", LTE, goal_on=yesterday))
    assert "Ops is the one to win today." in sentences(who("Ops", LTE, goal_on=TODAY))
    assert "before 1\xa0March\xa02027" in sentences(who("Ops", LTE, goal_on=LATER))


def test_only_gatekeepers_are_to_be_won() -> None:
    assert "to win" not in sentences(who("Voss", LTE, quadrant=Quadrant.CHAMPION, goal_on=SOON))
