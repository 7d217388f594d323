"""A table that is long on paper is made by a worker: ordered, fetched by who ordered it, and gone after a day."""

import datetime
import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from scorecards.printing import AT_ONCE, PRINT, forget_prints
from scorecards.tasks import print_table
from tests.answering import new_touchpoint
from tests.cast import SignIn
from workspaces import clock
from workspaces.models import Job, JobState, User, Workspace

pytestmark = pytest.mark.usefixtures("no_doorbell")


@pytest.fixture
def many(workspace: Workspace) -> None:
    """One touchpoint more than is printed at once."""
    for number in range(AT_ONCE + 1):
        new_touchpoint(workspace, f"Stop {number:03}")


def ordered(sign_in: SignIn, who: User, workspace: Workspace, query: str = "") -> Job:
    address = reverse("print_order", args=[workspace.slug]) + query
    answer = sign_in(who).post(address)
    job = Job.objects.get(kind=PRINT)
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        reverse("print_show", args=[workspace.slug, job.pk]),
    )
    return job


def test_a_long_table_leads_to_where_it_is_ordered_and_a_narrowed_one_is_made_at_once(
    many: None, workspace: Workspace, vik: User, sign_in: SignIn
) -> None:
    address = reverse("scorecards_pdf", args=[workspace.slug])
    answer = sign_in(vik).get(f"{address}?sort=name")
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        reverse("print_order", args=[workspace.slug]) + "?sort=name",
    )
    page = sign_in(vik).get(answer.headers["Location"])
    assert f"{AT_ONCE + 1} touchpoints" in page.content.decode()
    assert not Job.objects.filter(kind=PRINT).exists(), "looking orders nothing"
    narrowed = sign_in(vik).get(f"{address}?band=critical")
    assert narrowed.headers["Content-Type"] == "application/pdf"


def test_the_sheets_have_every_line_in_the_language_of_who_ordered(
    many: None, workspace: Workspace, vik: User, sign_in: SignIn
) -> None:
    vik.language = "de"
    vik.save()
    job = ordered(sign_in, vik, workspace, "?sort=name")
    show, fetch = (reverse(name, args=[workspace.slug, job.pk]) for name in ("print_show", "print_fetch"))
    assert sign_in(vik).get(fetch).status_code == 404
    assert 'hx-trigger="every 1s"' in sign_in(vik).get(show).content.decode()
    print_table(job.pk)
    assert fetch in sign_in(vik).get(show).content.decode()
    answer = sign_in(vik).get(fetch)
    said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert all(f"Stop {number:03}" in said for number in range(AT_ONCE + 1))
    assert "Eigentümer" in said or "Verantwortlich" in said


def test_who_asks_twice_while_it_is_made_is_given_the_same(
    many: None, workspace: Workspace, vik: User, sign_in: SignIn
) -> None:
    first = ordered(sign_in, vik, workspace)
    assert ordered(sign_in, vik, workspace) == first


def test_what_cannot_be_made_is_said(
    many: None, workspace: Workspace, vik: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = ordered(sign_in, vik, workspace)
    monkeypatch.setattr("scorecards.printing.pdf_of", lambda *_: 1 / 0)
    print_table(job.pk)
    job.refresh_from_db()
    assert (job.state, job.upload) == (JobState.FAILED, None)
    page = sign_in(vik).get(reverse("print_show", args=[workspace.slug, job.pk])).content.decode()
    assert "could not be made" in page


def test_after_a_day_it_is_gone(many: None, workspace: Workspace, vik: User, sign_in: SignIn) -> None:
    job = ordered(sign_in, vik, workspace)
    print_table(job.pk)
    assert forget_prints(clock.now() + datetime.timedelta(hours=23)) == 0
    assert forget_prints(clock.now() + datetime.timedelta(hours=25)) == 1
