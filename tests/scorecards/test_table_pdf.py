"""The scorecards on paper: the lines of the page, in its order."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.answering import Clock, Given, new_touchpoint
from tests.cast import SignIn
from touchpoints.actions import fold_all
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


def sheets(sign_in: SignIn, who: User, workspace: Workspace, asked: str = "") -> list[str]:
    """The words of each sheet."""
    answer = sign_in(who).get(reverse("scorecards_pdf", args=[workspace.slug]) + asked)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(answer.content)).pages]


@pytest.mark.usefixtures("no_doorbell")
def test_it_has_the_lines_of_the_page_as_narrowed_and_sorted(
    at: Clock, workspace: Workspace, delays: Touchpoint, counter: Touchpoint, given: Given, vik: User, sign_in: SignIn
) -> None:
    given(delays, *[1] * 40)
    given(counter, *[5] * 40)
    given(counter, *[9] * 4, metric="nps")
    fold_all()
    (said,) = sheets(sign_in, vik, workspace)
    page = sign_in(vik).get(reverse("scorecards", args=[workspace.slug]))
    names = [row.touchpoint.name for row in page.context["rows"]]
    assert said.index(names[0]) < said.index(names[1])
    for row in page.context["rows"]:
        assert f"{row.touchpoint.name} " in said
        assert f"{row.number} " in said
    assert "1.00" in said
    assert "+100" not in said, "four answers are no number"
    (turned,) = sheets(sign_in, vik, workspace, "?sort=-health")
    assert turned.index(names[1]) < turned.index(names[0])
    (narrowed,) = sheets(sign_in, vik, workspace, "?band=critical")
    assert counter.name not in narrowed


@pytest.mark.usefixtures("no_doorbell")
def test_it_has_the_figures_and_columns_of_the_page(
    at: Clock, workspace: Workspace, delays: Touchpoint, given: Given, vik: User, sign_in: SignIn
) -> None:
    given(delays, *[1] * 2, *[2] * 4)  # a mean of 1.666…
    fold_all()
    (said,) = sheets(sign_in, vik, workspace)
    assert "1.67" in said
    assert "Owner" in said
    (fewer,) = sheets(sign_in, vik, workspace, "?columns=health,csat")
    assert "1.67" in fewer
    assert "Owner" not in fewer


def test_two_dozen_touchpoints_are_one_sheet(at: Clock, workspace: Workspace, vik: User, sign_in: SignIn) -> None:
    for number in range(24):
        new_touchpoint(workspace, f"Stop {number:02}")
    assert len(sheets(sign_in, vik, workspace)) == 1


def test_many_touchpoints_take_as_many_sheets_as_they_need_each_with_its_headings(
    at: Clock, workspace: Workspace, vik: User, sign_in: SignIn
) -> None:
    assert "Nothing matches." in sheets(sign_in, vik, workspace)[0]
    for number in range(60):
        new_touchpoint(workspace, f"Stop {number:02}")
    found = sheets(sign_in, vik, workspace)
    assert len(found) > 1
    assert all("Against target" in sheet for sheet in found)
    assert all(f"Stop {number:02}" in " ".join(found) for number in range(60))
