"""The scorecards for other programs: the lines and figures of the page, as CSV and as a workbook."""

import csv
import io
from typing import Any

import pytest
from django.http import HttpResponse
from django.template.defaultfilters import floatformat
from django.urls import reverse
from openpyxl import load_workbook

from tests.answering import Clock, Given, new_touchpoint
from tests.cast import SignIn
from touchpoints.actions import fold_all
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


@pytest.fixture
def answered(at: Clock, workspace: Workspace, delays: Touchpoint, counter: Touchpoint, given: Given) -> Workspace:
    """Delay information is weaker than the counter, about which too few answered how likely they recommend."""
    given(delays, *[1] * 38, 2, 3)
    given(delays, *[9, 3, 1] * 5, metric="nps")
    given(counter, *[5] * 40)
    given(counter, *[9] * 4, metric="nps")
    new_touchpoint(workspace, '=HYPERLINK("https://example.org")')
    fold_all()
    return workspace


def sheet(content: bytes) -> list[list[Any]]:
    """The cells of the only sheet."""
    (found,) = load_workbook(io.BytesIO(content)).worksheets
    return [list(line) for line in found.iter_rows(values_only=True)]


@pytest.fixture
def page(answered: Workspace, vik: User, sign_in: SignIn) -> Any:
    """`page("scorecards_csv", "?sort=-health")` as Vik gets it."""
    client = sign_in(vik)

    def get(name: str, asked: str = "") -> HttpResponse:
        found: Any = client.get(reverse(name, args=[answered.slug]) + asked)
        assert found.status_code == 200
        return found  # type: ignore[no-any-return]

    return get


@pytest.mark.usefixtures("no_doorbell")
@pytest.mark.parametrize("asked", ["", "?sort=-health", "?band=critical", "?sort=nps"])
def test_a_workbook_has_the_lines_and_figures_of_the_page(page: Any, asked: str) -> None:
    shown = page("scorecards", asked).context["rows"]
    names, *lines = sheet(page("scorecards_xlsx", asked).content)
    told = [dict(zip(names, line, strict=True)) for line in lines]
    assert len(told) == len(shown)
    for row, line in zip(shown, told, strict=True):
        assert line["Touchpoint"].removeprefix("'") == row.touchpoint.name
        assert (line["Health"], line["Health from"], line["Health to"]) == (row.number, row.low, row.high)
        assert line["Target"] == row.touchpoint.target
        assert line["CSAT"] == (None if row.said("csat") is None else float(floatformat(row.said("csat"), "2u")))
        assert line["Answers"] == row.answers


@pytest.mark.usefixtures("no_doorbell")
def test_what_the_page_does_not_show_as_a_number_is_an_empty_cell(page: Any) -> None:
    (names, *lines) = sheet(page("scorecards_xlsx").content)
    by_name = {line[0]: dict(zip(names, line, strict=True)) for line in lines}
    assert (by_name["Ticket counter"]["NPS"], by_name["Ticket counter"]["n NPS"]) == (None, 4)
    assert (by_name["Delay information"]["NPS"], by_name["Delay information"]["n NPS"]) == (-33.3, 15)


@pytest.mark.usefixtures("no_doorbell")
def test_csv_says_the_same_and_no_name_becomes_a_formula(page: Any) -> None:
    answer = page("scorecards_csv", "?sort=name")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    in_workbook = sheet(page("scorecards_xlsx", "?sort=name").content)
    assert [["" if cell is None else str(cell) for cell in line] for line in in_workbook] == [
        [cell.removesuffix(".0") for cell in line] for line in lines
    ]
    assert '\'=HYPERLINK("https://example.org")' in [line[0] for line in lines]


@pytest.mark.usefixtures("no_doorbell")
def test_the_page_leads_to_files_of_what_it_shows(page: Any) -> None:
    shown = page("scorecards", "?band=critical&days=30&page=1").content.decode()
    for ending in ("csv", "xlsx", "pdf"):
        assert f"scorecards.{ending}?band=critical&amp;days=30" in shown
