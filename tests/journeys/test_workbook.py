"""The spreadsheet of a map: what the importer reads back is what stands on the map, and no cell is a formula."""

import io

import pytest
from openpyxl import load_workbook

from journeys.exchange.draft import begin_sheet, open_sheet, read_sheet
from journeys.models import Journey
from tests.cast import SignIn
from tests.journeys.scene import address, placed
from workspaces.models import User


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_is_taken_along_can_be_brought_back(
    dressed: Journey, edda: User, vik: User, sign_in: SignIn, language: str
) -> None:
    vik.language = language
    vik.save()
    ride, shop = placed(dressed, "Ride"), placed(dressed, "Shop")
    ride.assumed_emotion, ride.expectation, ride.moment_of_truth, ride.share = -1.5, 1, True, 40
    ride.customer_action, ride.quote = '=HYPERLINK("http://evil")', "-2 stars, @all"
    ride.save()
    shop.touchpoint.name = "=1+1"
    shop.touchpoint.save()
    dressed.phases.filter(kind="purchase").update(label="Buy it")
    book = sign_in(vik).get(address("journey_xlsx", dressed)).content
    cells = [cell for row in load_workbook(io.BytesIO(book)).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}, "no formula"
    assert {"en": "Purchase (Buy it)", "de": "Kauf (Buy it)"}[language] in [cell.value for cell in cells]

    job = begin_sheet(dressed.workspace, "map.xlsx", book, key="1", by=edda)
    reading = read_sheet(job, open_sheet(job))
    assert reading.problems == []
    read = {station.name: station for station in reading.stations}
    assert list(read) == ["=1+1", "Pay", "Wait", "Ride", "Arrive"]
    assert [one.phase for one in read.values()] == ["purchase"] * 2 + ["retention"] * 3
    back = read["Ride"]
    assert back.channel == ("App",)
    assert back.pains == ("Too full",)
    assert str(back.facts["owner"]) == "Fleet"
    assert back.placed["customer_action"] == '=HYPERLINK("http://evil")'
    assert back.placed["quote"] == "-2 stars, @all"
    assert (float(back.placed["assumed_emotion"]), float(back.placed["expectation"])) == (-1.5, 1)
    assert (back.placed["moment_of_truth"], back.placed["share"]) == (True, 40)
