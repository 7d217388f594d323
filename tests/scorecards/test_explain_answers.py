"""What lies below an explained score: its history day by day, and the answers of each day."""

import datetime
import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from feedback.actions import Used, record_usage
from personas.models import Persona
from tests.answering import TODAY, Clock, Given, health
from tests.cast import SignIn
from tests.scorecards.pages import shown, table, text
from touchpoints.actions import close_days, fold_all
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

DAY = datetime.timedelta(days=1)


def test_what_came_late_stands_beside_what_was_known(at: Clock, delays: Touchpoint, given: Given, page: Any) -> None:
    given(delays, *[5] * 10)  # a Sunday
    known = health(delays).score
    at.pass_days(2)
    close_days()
    given(delays, *[1] * 10, occurred_at=TODAY)
    health(delays)
    names, today, sunday, *_ = table(page(), "history-title")
    assert (today[0], today[1]) == ("17 Mar 2026", "–")
    told = dict(zip(names, sunday, strict=True))
    assert (told["End of"], told["as known then"]) == ("15 Mar 2026", f"{known:.1f}")
    assert shown(told["as told today"]) - shown(told["as known then"]) == shown(told["Difference"])
    assert (told["Observations"], told["Why"]) == (
        "20 then 10",
        "the usual means were learned anew; answers came later",
    )


def test_the_history_goes_by_months_as_well(at: Clock, delays: Touchpoint, given: Given, page: Any) -> None:
    given(delays, *[5] * 10, occurred_at=TODAY - 40 * DAY)
    health(delays)
    seen = page(every="month")
    days = [row[0] for row in table(seen, "history-title")[1:]]
    assert days[:3] == ["15 Mar 2026", "28 Feb 2026", "31 Jan 2026"]
    assert len(days) == 12
    assert "Health over time:" in seen


def test_a_day_leads_to_its_answers(
    said: Touchpoint, commuter: Persona, workspace: Workspace, vik: User, sign_in: SignIn, given: Given, page: Any
) -> None:
    given(said, 3, occurred_at=TODAY - DAY, text="Too late", persona=commuter)
    given(said, 3, occurred_at=TODAY - DAY)
    health(said)
    client = sign_in(vik)
    links = [unescape(link) for link in re.findall(r'href="([^"]+/answers/\?[^"]+)"', page())]
    counts = [row[-1] for row in table(page(), "cells-title")[1:]]
    assert len(links) == len(counts) == 9
    for link, count in zip(links, counts, strict=True):
        answers = client.get(link).content.decode()
        if "scale=contact" in link or "scale=visit" in link:
            assert '<td class="figure" data-label="Contacts">190</td>' in answers
        else:
            assert answers.count('class="quote-value"') == sum(
                int(one.split(" × ")[1]) for one in re.findall(r"\d+ × \d+", count)
            )
            assert "The daily counts hold" not in answers
    her_own = next(link for link in links if f"day={TODAY - DAY}" in link and f"persona={commuter.pk}" in link)
    answers = client.get(her_own).content.decode()
    assert "Too late" in answers
    assert answers.count("Commuter") == 2  # in the list to choose from, and beside the answer


def test_an_answer_that_is_not_counted_yet_is_told_apart(
    said: Touchpoint, workspace: Workspace, vik: User, sign_in: SignIn, given: Given
) -> None:
    given(said, 3, metric="ces")
    url = reverse("touchpoint_answers", args=[workspace.slug, said.pk])
    seen = sign_in(vik).get(url, {"scale": "ces:1-7", "day": TODAY.isoformat()}).content.decode()
    assert "7 answers." in seen
    assert "The daily counts hold 6 of them" in seen


def test_counted_complaints_stand_beside_single_ones(
    said: Touchpoint, commuter: Persona, workspace: Workspace, vik: User, sign_in: SignIn
) -> None:
    crm = Used("crm", said.subject_id, TODAY, complaints=40)
    record_usage(workspace, [crm, crm._replace(persona=commuter.pk, complaints=7), crm._replace(day=TODAY - DAY)])
    record_usage(workspace, [Used("shop", said.subject_id, TODAY, complaints=1)])
    fold_all()
    client, url = sign_in(vik), reverse("touchpoint_answers", args=[workspace.slug, said.pk])

    def seen(**asked: Any) -> str:
        return text(client.get(url, {"scale": "complaint:1-3", **asked}).content.decode())

    assert "88 counted by crm, shop; 2 single ones." in seen()
    today = seen(day=TODAY.isoformat(), persona="none")
    assert "41 counted by crm, shop; 2 single ones." in today
    assert "Counted complaints" in today
    of_hers = seen(persona=commuter.pk)
    assert "7 counted by crm; 0 single ones." in of_hers
    assert "No complaint came as a single answer." in of_hers
    for page in (seen(), today, of_hers):
        assert "The daily counts hold" not in page
    record_usage(workspace, [crm._replace(complaints=41)])
    assert "The daily counts hold 90 of them" in seen()
    assert "counted by" not in seen(scale="ces:1-7")


@pytest.mark.parametrize(
    "asked", ["day=never", "day=1800-01-01", "scale=csat", "persona=x", "page=x", "scale=visit:0-1"]
)
def test_answers_are_found_whatever_is_asked(
    said: Touchpoint, workspace: Workspace, vik: User, sign_in: SignIn, asked: str
) -> None:
    url = reverse("touchpoint_answers", args=[workspace.slug, said.pk])
    assert sign_in(vik).get(f"{url}?{asked}").status_code == 200


def statements(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_more_answers_cost_no_more_statements(
    said: Touchpoint, workspace: Workspace, vik: User, sign_in: SignIn, given: Given
) -> None:
    client = sign_in(vik)
    urls = [
        reverse(name, args=[workspace.slug, said.pk])
        for name in ("touchpoint_explain", "touchpoint_answers", "touchpoint_explain_xlsx")
    ]
    before = [statements(client, url) for url in urls]
    for days in range(30):
        given(said, 1, 2, 3, occurred_at=TODAY - days * DAY)
    Persona.objects.create(workspace=workspace, name="Late riser")
    fold_all()
    assert [statements(client, url) for url in urls] == before
    assert before[0] < 25


def test_only_more_than_are_listed_are_called_the_latest(
    workspace: Workspace, delays: Touchpoint, given: Given, vik: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("scorecards.answers", "scorecards.views.answers"):
        monkeypatch.setattr(f"{module}.MOST_LISTED", 2)
    client, url = sign_in(vik), reverse("touchpoint_answers", args=[workspace.slug, delays.pk])
    given(delays, 5, 4)
    assert "The latest" not in client.get(url).content.decode()
    given(delays, 3)
    page = client.get(url)
    assert "The latest 2 answers" in page.content.decode()
    assert len(page.context["page"]) == 2
