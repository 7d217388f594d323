"""How customers come to a survey: link, code, poster, and pages of hosts that are named."""

import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from feedback.models import Survey
from feedback.qr import as_svg, squares_of
from tests.cast import SignIn
from workspaces.models import User, Workspace


def address(name: str, survey: Survey) -> str:
    return reverse(f"survey_{name}", args=[survey.workspace.slug, survey.pk])


def test_the_page_tells_the_link(survey: Survey, vik: User, sign_in: SignIn) -> None:
    page = sign_in(vik).get(reverse("survey", args=[survey.workspace.slug, survey.pk])).content.decode()
    assert f">{survey.url}</p>" in page
    assert survey.url.endswith(f"/q/{survey.key}/")


def test_the_drawing_has_exactly_the_squares_of_the_code() -> None:
    squares = squares_of("https://example.org/q/abcdefghijklmnopqrstuvwx/")
    drawn = [[False] * len(squares) for _ in squares]
    for x, y, wide in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", as_svg(squares)):
        for step in range(int(wide)):
            drawn[int(y)][int(x) + step] = True
    assert drawn == squares
    assert not any(squares[0]), "phones need white around it"
    assert [row[4:11] for row in squares[4:6]] == [[True] * 7, [True, *[False] * 5, True]], "its corner"


def test_code_and_poster_are_files(survey: Survey, vik: User, sign_in: SignIn) -> None:
    client = sign_in(vik)
    assert client.get(address("qr_svg", survey)).content.startswith(b"<svg")
    kept: Any = client.get(address("qr_svg", survey), {"keep": ""})
    assert kept.headers["Content-Disposition"] == 'attachment; filename="on-the-way.svg"'
    dots = client.get(address("qr_png", survey)).content
    assert dots[:8] == b"\x89PNG\r\n\x1a\n"
    side = 10 * len(squares_of(survey.url))
    assert (int.from_bytes(dots[16:20], "big"), int.from_bytes(dots[20:24], "big")) == (side, side)


@pytest.mark.parametrize(
    ("language", "asks", "scan"),
    [
        ("en", "How well did we keep you informed?", "Point your phone’s camera here"),
        ("de", "Wie gut haben wir Sie informiert?", "Halten Sie die Kamera"),
    ],
)
def test_a_poster_is_one_sheet_in_the_language_that_was_chosen(
    language: str, asks: str, scan: str, survey: Survey, vik: User, sign_in: SignIn
) -> None:
    answer = sign_in(vik).get(address("poster", survey), {"in": language})
    poster = PdfReader(io.BytesIO(answer.content))
    assert len(poster.pages) == 1
    said = " ".join(poster.pages[0].extract_text().split())
    assert asks in said
    assert scan in said
    assert survey.key in said


def test_the_longest_question_still_fits_on_one_sheet(survey: Survey, vik: User, sign_in: SignIn) -> None:
    survey.questions.filter(position=0).update(wording={"en": "Overcrowded? " * 23})
    answer = sign_in(vik).get(address("poster", survey), {"in": "en"})
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 1


def test_nobody_frames_a_survey_unless_named(survey: Survey, client: Client) -> None:
    answer = client.get(f"/q/{survey.key}/")
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_exactly_the_named_hosts_may_frame_it(
    workspace: Workspace, survey: Survey, edda: User, sign_in: SignIn, client: Client
) -> None:
    sent = {"hosts": "www.Example.org\nshop.example.org:8443\nwww.example.org", "version": survey.version}
    page = sign_in(edda).post(address("hosts", survey), sent, follow=True).content.decode()
    assert "&lt;iframe src=" in page
    answer = client.get(f"/q/{survey.key}/")
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors www.example.org shop.example.org:8443;" in f"{policy};"
    assert "X-Frame-Options" not in answer.headers
    inside = client.get(reverse("survey", args=[workspace.slug, survey.pk]))
    assert "frame-ancestors 'none'" in inside.headers["Content-Security-Policy"], "of the team's pages none"


@pytest.mark.parametrize(
    "host", ["*", "https://example.org", "*.example.org", "example.org/path", "a;script-src", "-a.org", "a" * 260]
)
def test_what_is_no_host_is_refused(host: str, survey: Survey, edda: User, sign_in: SignIn) -> None:
    answer = sign_in(edda).post(address("hosts", survey), {"hosts": host, "version": survey.version})
    assert answer.status_code == 422
    assert "is no host" in answer.content.decode()
    survey.refresh_from_db()
    assert survey.hosts == []


def test_of_hosts_there_are_few(survey: Survey, edda: User, sign_in: SignIn) -> None:
    hosts = "\n".join(f"a{number}.org" for number in range(21))
    answer = sign_in(edda).post(address("hosts", survey), {"hosts": hosts, "version": survey.version})
    assert answer.status_code == 422
    assert "Name at most 20 hosts." in answer.content.decode()
