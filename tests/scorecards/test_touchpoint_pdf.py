"""A touchpoint's scorecard on one sheet of paper says what the page says."""

import io
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.answering import Clock, Given
from tests.cast import SignIn
from touchpoints.actions import fold_all
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

A4 = (595.28, 841.89)  # points


def sheet(sign_in: SignIn, who: User, of: Touchpoint) -> tuple[PdfReader, str]:
    """The printed file, and the words of its one page."""
    url = reverse("touchpoint_pdf", args=[of.workspace.slug, of.pk])
    answer = sign_in(who).get(url)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    pdf = PdfReader(io.BytesIO(answer.content))
    (page,) = pdf.pages
    assert [float(side) for side in page.mediabox[2:]] == pytest.approx(A4, abs=0.1)
    return pdf, " ".join(page.extract_text().split())


@pytest.mark.usefixtures("no_doorbell")
def test_it_says_what_the_page_says_and_is_tagged(
    at: Clock, delays: Touchpoint, given: Given, vik: User, sign_in: SignIn
) -> None:
    given(delays, *[5] * 20, *[2] * 20, text="Stood *all* #the way")
    given(delays, *[9] * 4, metric="nps")
    fold_all()
    pdf, said = sheet(sign_in, vik, delays)
    root: Any = pdf.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == delays.name
    page = sign_in(vik).get(reverse("touchpoint", args=[delays.workspace.slug, delays.pk]))
    card = page.context["card"]
    for words in (
        delays.name,
        f"{card.number}",
        f"{card.low} to {card.high} at 95%",
        "CSAT 1–5 3.50",
        "n = 40",
        "Very satisfied 50%",
        "Dissatisfied 50%",
        "NPS – fewer than 5 answers n = 4",
        "Stood *all* #the way",
        reverse("touchpoint", args=[delays.workspace.slug, delays.pk]),
    ):
        assert words in said, words
    assert "Promoters" not in said, "four answers are not told value by value"


def test_of_one_nobody_was_heard_about_it_says_so(
    at: Clock, workspace: Workspace, delays: Touchpoint, vik: User, sign_in: SignIn
) -> None:
    _pdf, said = sheet(sign_in, vik, delays)
    assert "No data" in said
    assert "No answers in this period." in said


@pytest.mark.usefixtures("no_doorbell")
def test_a_long_history_of_long_comments_stays_on_one_sheet(
    at: Clock, delays: Touchpoint, given: Given, vik: User, sign_in: SignIn
) -> None:
    for scale in ("1-5", "1-7"):
        given(delays, *[3] * 6, scale=scale, text="Nobody told us anything. " * 80)
    given(delays, *[3] * 6, metric="nps")
    given(delays, *[3] * 6, metric="ces")
    fold_all()
    _pdf, said = sheet(sign_in, vik, delays)
    assert "…" in said
