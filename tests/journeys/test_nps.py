"""NPS of a journey as a whole and of the relationship: beside the health, from their own questions."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from feedback.actions import record_responses
from journeys.actions.shares import make_share
from journeys.models import Change, Journey
from personas.models import Persona
from tests.answering import TODAY, Clock, Given, an_answer
from tests.cast import SignIn
from tests.journeys.scene import HTMX, Company, address, drawn, said
from tests.journeys.told import DAY, as_of, url
from touchpoints.actions import fold_all
from touchpoints.models import HealthScore, Subject
from workspaces.models import User, Workspace


@pytest.fixture
def asked(commute: Journey, company: Company, at: Clock, given: Given) -> Journey:
    """Of the journey 19 promoters and 9 detractors among 36, as in SCORING §1; of the company six promoters."""
    given(commute, *[10] * 19, *[8] * 8, *[0] * 9, metric="nps")
    given(company, *[9] * 6, metric="nps")
    fold_all()
    return commute


def head(client: Client, journey: Journey, query: str = "") -> str:
    page = client.get(f"{address('journey', journey)}{query}").content.decode()
    return said(page[page.index('class="map-facts"') : page.index('class="map-actions"')])


def test_both_stand_beside_the_health(asked: Journey, vik: User, sign_in: SignIn, tess: Client) -> None:
    client = sign_in(vik)
    words = head(client, asked)
    assert "NPS +28 n 36" in words
    assert "NPS of this journey +27.8 −0.4 to +51.7, n = 36" in words
    assert "NPS of Lindbahn +100.0" in words
    assert "NPS +28, n 36" in said(client.get(reverse("journeys", args=[asked.workspace.slug])).content.decode())
    nps = tess.get(url(asked)).json()["nps"]
    assert nps["journey"] == {
        "value": pytest.approx(27.7778, abs=5e-5),
        "low": pytest.approx(-0.4415, abs=5e-5),
        "high": pytest.approx(51.7235, abs=5e-5),
        "n": 36,
    }
    assert (nps["workspace"]["value"], nps["workspace"]["n"]) == (100, 6)
    assert tess.get(url(asked)).json()["health"]["score"] is None, "they are no part of the health"


def test_they_are_the_figures_of_the_scorecards(asked: Journey, vik: User, sign_in: SignIn) -> None:
    table = said(sign_in(vik).get(reverse("scorecards", args=[asked.workspace.slug])).content.decode())
    assert "Commute as a whole NPS +27.8 −0.4 to +51.7" in table


def test_below_five_answers_no_number_is_told(
    commute: Journey, company: Company, at: Clock, given: Given, vik: User, sign_in: SignIn, tess: Client
) -> None:
    for about in (commute, company):
        given(about, 10, 10, 10, 10, metric="nps")
    fold_all()
    words = head(sign_in(vik), commute)
    assert "NPS of this journey fewer than 5 answers" in words
    assert "100" not in words
    assert "n 4" not in words
    assert tess.get(url(commute)).json()["nps"] == {"journey": None, "workspace": None}


def test_other_journeys_and_other_questions_are_not_counted(
    asked: Journey, workspace: Workspace, edda: User, given: Given, tess: Client
) -> None:
    other = drawn(workspace, edda, "Other")
    given(other, *[0] * 9, metric="nps")
    given(asked, *[1] * 9, metric="csat")
    fold_all()
    assert tess.get(url(asked)).json()["nps"]["journey"]["n"] == 36
    assert tess.get(url(other)).json()["nps"]["journey"]["value"] == -100


def test_with_a_persona_they_are_hers(
    asked: Journey, given: Given, commuter: Persona, vik: User, sign_in: SignIn, tess: Client
) -> None:
    asked.personas.add(commuter, through_defaults={"workspace": asked.workspace})
    given(asked, *[0] * 7, metric="nps", persona=commuter)
    fold_all()
    assert "NPS −100 n 7" in head(sign_in(vik), asked, f"?persona={commuter.pk}")
    nps = tess.get(url(asked), {"persona": commuter.pk}).json()["nps"]
    assert (nps["journey"]["n"], nps["workspace"]) == (7, None)
    assert tess.get(url(asked)).json()["nps"]["journey"]["n"] == 43


def test_a_past_map_counts_the_90_days_up_to_its_day(asked: Journey, at: Clock, given: Given, tess: Client) -> None:
    Change.objects.filter(journey=asked).update(at=at.now - 400 * DAY)
    given(asked, *[0] * 5, metric="nps", occurred_at=TODAY - 120 * DAY)
    fold_all()
    past = tess.get(url(asked), as_of(TODAY - 40 * DAY)).json()["nps"]
    assert (past["journey"]["value"], past["journey"]["n"], past["workspace"]) == (-100, 5, None)
    assert tess.get(url(asked), as_of(TODAY - 20 * DAY)).json()["nps"]["journey"] is None
    assert tess.get(url(asked)).json()["nps"]["journey"]["n"] == 36


def test_strangers_are_told_neither(asked: Journey, edda: User, client: Client) -> None:
    _share, secret = make_share(asked, name="Agency", by=edda)
    page = said(client.get(reverse("share", args=[secret])).content.decode())
    assert "Journey health" in page
    assert "NPS" not in page


# --- unchanged or not ------------------------------------------------------------------------------------------------


def move_into_the_period(asked: Journey, company: Company) -> None:
    """An answer about the journey is dated anew, within the window of its score: no sum counts that."""
    before = HealthScore.objects.get(subject=asked.subject_id, persona=None).score
    answer = an_answer(asked, 0, metric="nps", external_id="moved", occurred_at=TODAY - 3 * DAY, version=2)  # type: ignore[arg-type]
    record_responses(asked.workspace, [answer])
    fold_all()
    assert HealthScore.objects.get(subject=asked.subject_id, persona=None).score == before, "the control has moved"


def answer_about(name: str) -> Callable[[Journey, Company], None]:
    def give(asked: Journey, company: Company) -> None:
        about: Any = {"journey": asked, "company": company}[name]
        record_responses(asked.workspace, [an_answer(about, 0, metric="nps", external_id="late")])
        fold_all()

    return give


CHANGES = {"journey": answer_about("journey"), "company": answer_about("company"), "moved": move_into_the_period}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("where", ["page", "fragment", "rest"])
def test_a_new_answer_is_seen_at_once(
    asked: Journey, company: Company, vik: User, sign_in: SignIn, tess: Client, where: str, change: str
) -> None:
    old = an_answer(asked, 0, metric="nps", external_id="moved", occurred_at=TODAY - 100 * DAY)  # type: ignore[arg-type]
    record_responses(asked.workspace, [old])
    fold_all()
    client, there = (tess, url(asked)) if where == "rest" else (sign_in(vik), address("journey", asked))
    headers = HTMX if where == "fragment" else {}
    client.get(there, headers=headers)  # from then on the browser has the cookie against forged forms
    first = client.get(there, headers=headers)
    known = {**headers, "If-None-Match": first.headers["ETag"]}
    assert client.get(there, headers=known).status_code == 304

    CHANGES[change](asked, company)

    again = client.get(there, headers=known)
    assert again.status_code == 200
    assert again.content != first.content


def test_days_that_pass_take_answers_out_of_the_period(
    asked: Journey, at: Clock, vik: User, sign_in: SignIn, tess: Client
) -> None:
    client = sign_in(vik)
    assert "NPS +28 n 36" in head(client, asked)
    at.pass_days(89)
    assert "NPS +28 n 36" in head(client, asked)
    at.pass_days(1)
    assert "n 36" not in head(client, asked)
    assert tess.get(url(asked)).json()["nps"]["journey"] is None


def test_a_workspace_that_was_never_asked_about_has_no_subject(commute: Journey, tess: Client) -> None:
    assert not Subject.objects.filter(kind="workspace").exists()
    assert tess.get(url(commute)).json()["nps"] == {"journey": None, "workspace": None}
