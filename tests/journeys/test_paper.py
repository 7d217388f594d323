"""The map on paper and as an image: what is printed is what the screen shows, and it can be read aloud."""

import io
import struct
from typing import Any

import pytest
from pypdf import PdfReader

from journeys.actions.drawing import Station, draw_journey
from journeys.models import Journey, Source
from tests.cast import SignIn
from tests.journeys.below import put
from tests.journeys.scene import address, drawn, placed
from tests.journeys.told import scored
from touchpoints.models import PhaseKind
from workspaces.models import User, Workspace

A3 = (1190.55, 841.89)  # points, landscape


def read(content: bytes) -> Any:
    return PdfReader(io.BytesIO(content))


def words(page: str) -> str:
    return " ".join(page.split())


def test_the_pdf_says_what_the_map_says_and_is_tagged(dressed: Journey, vik: User, sign_in: SignIn) -> None:
    ride = placed(dressed, "Ride")
    ride.assumed_emotion, ride.expectation, ride.quote, ride.backstage = -1, 1, "Stood *all* #the way", "Dispatcher"
    ride.moment_of_truth = True
    ride.save()
    answer = sign_in(vik).get(address("journey_pdf", dressed))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert 'filename="commute.pdf"' in answer.headers["Content-Disposition"]
    pdf = read(answer.content)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert pdf.metadata.title == "Commute"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    (page,) = pdf.pages
    assert [float(side) for side in page.mediabox[2:]] == pytest.approx(A3, abs=0.1)
    said = words(page.extract_text())
    for word in (
        "Commute",
        "Commuter",
        "Shop",
        "Ride",
        "72",
        "Good",
        "Critical",
        "App",
        "Too full",
        "Fleet, Dispatcher",
        "partial · Memory 72 · Weakest link: 4 Ride, 72",
    ):
        assert word in said, word
    assert "“Stood *all* #the way”" in said, "what people write is never markup"
    assert address("journey", dressed) in said
    fonts = {font.get_object()["/BaseFont"].partition("+")[2] for font in page["/Resources"]["/Font"].values()}
    assert {"Inter-Regular", "Newsreader16pt16pt-Italic", "Newsreader16pt16pt-Regular"} <= fonts


def test_where_a_sub_journey_stands_for_a_touchpoint_the_paper_says_so(
    commute: Journey, workspace: Workspace, edda: User, vik: User, sign_in: SignIn
) -> None:
    refund = drawn(workspace, edda, "Refund", purchase="Claim")
    scored(placed(refund, "Claim").touchpoint, 44)
    put(refund, commute, "Wait", edda)
    (page,) = read(sign_in(vik).get(address("journey_pdf", commute)).content).pages
    assert "3 Wait 44 Weak from Refund" in words(page.extract_text())


def long(workspace: Workspace, by: User, count: int) -> Journey:
    stations = [Station(f"Stop {n:02}", PhaseKind.values[n * 5 // count]) for n in range(count)]
    facts = {"name": "Long <way>", "category": "use", "standing": "as_is"}
    return draw_journey(workspace, stations, source=Source.TEMPLATE, called="", by=by, **facts)


def test_thirty_touchpoints_a_page_with_their_phases_above(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    journey = long(workspace, edda, 62)
    pages = [
        words(page.extract_text()) for page in read(sign_in(edda).get(address("journey_pdf", journey)).content).pages
    ]
    assert len(pages) == 3
    for number, page in enumerate(pages):
        here = [n for n in range(62) if f"Stop {n:02}" in page]
        assert here == list(range(30 * number, min(30 * number + 30, 62)))
        assert f"page {number + 1} of 3" in page
        assert "Long <way>" in page
    assert "Purchase" in pages[0]
    assert "Purchase" in pages[1]
    assert "Awareness" not in pages[1]


def test_in_german_and_with_signs_that_no_font_of_ours_has(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    short = long(workspace, edda, 1)
    page = sign_in(edda)
    edda.language = "de"
    edda.save()
    said = words(read(page.get(address("journey_pdf", short)).content).pages[0].extract_text())
    assert "Seite 1 von 1" in said
    assert "Gut 60–79" in said
    stop = placed(short, "Stop 00").touchpoint
    stop.name = "Příliš žluťoučký 🙂 日本"
    stop.save()
    said = words(read(page.get(address("journey_pdf", short)).content).pages[0].extract_text())
    assert "Příliš žluťoučký" in said


def test_the_image_shows_the_words_and_the_lens(dressed: Journey, edda: User, sign_in: SignIn) -> None:
    page, url = sign_in(edda), address("journey_png", dressed)
    image = page.get(url).content
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", image[16:24])
    assert width > 1500
    assert height > 500
    assert page.get(url).content == image
    assert page.get(f"{url}?lens=gap").content != image
    ride = placed(dressed, "Ride").touchpoint
    ride.name = "Rida"
    ride.save()
    assert page.get(url).content != image, "text that is not drawn cannot differ"
