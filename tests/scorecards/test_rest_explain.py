"""GET touchpoints/ID/explain/: a score with all of which a program can work it out again."""

import datetime
from math import fsum
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from personas.models import Persona
from tests.answering import TODAY, Clock, Given, health, new_touchpoint
from tests.cast import SignIn
from tests.rest import Rest
from tests.scorecards.pages import shown, table
from touchpoints.actions import change_rule, close_days, fold_all
from touchpoints.models import Touchpoint
from touchpoints.tasks import apply_rule
from workspaces.models import Job, User, Workspace

DAY = datetime.timedelta(days=1)


def asked(client: Client, of: Touchpoint, query: str = "") -> dict[str, Any]:
    answer = Rest(client).get(f"touchpoints/{of.pk}/explain/{query}")
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told


def test_the_score_follows_from_what_is_told(said: Touchpoint, tess: Client) -> None:
    told, score = asked(tess, said), health(said)
    assert (told["exact"], told["sd"], told["is_now"]) == (score.score, score.sd, True)
    csat = told["parts"][0]
    total = sum(sum(one["sums"]) for one in csat["scales"])
    worth = sum(c * u for one in csat["scales"] for c, u in zip(one["sums"], one["worth"], strict=True))
    assert csat["raw"] == pytest.approx(worth / total)
    assert csat["n_eff"] == total**2 / sum(one["squares"] for one in csat["scales"])
    drawn = total * csat["raw"] + csat["usual"]["mass"] * csat["usual"]["mean"]
    assert csat["score"] == pytest.approx(drawn / (total + csat["usual"]["mass"]))
    own = fsum(part["weight"] * part["credibility"] for part in told["parts"])
    assert csat["share"] == pytest.approx(csat["weight"] * csat["credibility"] / own)
    assert told["exact"] == pytest.approx(fsum(part["contribution"] for part in told["parts"]))
    assert told["exact"] - told["norm"] == pytest.approx(fsum(part["over"] for part in told["parts"]))


def test_a_rate_follows_from_its_counts(said: Touchpoint, tess: Client) -> None:
    completion = asked(tess, said)["parts"][-1]
    ((left, completed),) = (one["sums"] for one in completion["scales"])
    assert completion["rate"]["observed"] == left / (left + completed) == 19 / 80
    assert completion["scales"][0]["worth"] is None


def test_page_and_program_are_told_the_same(
    said: Touchpoint, tess: Client, workspace: Workspace, vik: User, sign_in: SignIn
) -> None:
    page = sign_in(vik).get(reverse("touchpoint_explain", args=[workspace.slug, said.pk])).content.decode()
    names, *rows, _total = table(page, "parts-title")
    for row, part in zip(rows, asked(tess, said)["parts"], strict=True):
        told = dict(zip(names, row, strict=True))
        assert float(shown(told["Finding"])) == round(part["score"], 1)
        assert told["Answers"] == str(part["answers"])


def test_too_few_have_no_mean_and_no_score(at: Clock, delays: Touchpoint, given: Given, tess: Client) -> None:
    given(delays, 5, 4)
    health(delays)
    told = asked(tess, delays)
    assert {told[name] for name in ("score", "exact", "sd", "low", "high", "band", "norm", "chance_critical")} == {None}
    assert (told["state"], told["observations"]) == ("unknown", 2)
    (part,) = told["parts"]
    assert {part[name] for name in ("raw", "score", "sd", "low", "high", "contribution", "over")} == {None}
    assert part["scales"][0]["sums"] == [0, 0, 0, 1, 1]


def test_what_was_never_heard_has_no_day(at: Clock, delays: Touchpoint, tess: Client) -> None:
    told = asked(tess, delays)
    assert (told["as_of"], told["parts"], told["history"], told["model"]) == (None, [], [], None)


def test_any_day_and_what_has_changed_since(said: Touchpoint, tess: Client, at: Clock, given: Given) -> None:
    at.pass_days(100)
    close_days()
    given(said, *[2] * 40, occurred_at=at.today)
    health(said)
    told = asked(tess, said, f"?since={TODAY}")
    change = told["change"]
    parts = fsum(shift["score"] + shift["mix"] for shift in change["shifts"])
    assert change["after"] - change["before"] == pytest.approx(parts, abs=1e-9)
    assert (change["real"]["verdict"], change["real"]["days"]) == ("too few answers", 100)
    then = asked(tess, said, f"?as_of={TODAY}&every=month")
    assert round(then["exact"], 1) == change["before"]
    assert not then["is_now"]
    assert [one["day"] for one in then["history"]][:2] == ["2026-03-15", "2026-02-28"]
    assert then["history"][0]["known_then"]["exact"] == pytest.approx(then["exact"])


def test_it_names_the_rule(said: Touchpoint, workspace: Workspace, olga: User, tess: Client) -> None:
    assert (asked(tess, said)["model"]["number"], asked(tess, said)["prior"]["version"]) == (0, "default-1")
    change_rule(workspace, number=0, by=olga, ces=0)
    apply_rule(Job.objects.get().pk)
    model = asked(tess, said)["model"]
    assert (model["version"], model["number"], model["by"]) == ("health-1.1", 1, "Olga")
    assert (model["weights"]["ces"], model["since"]) == (0, "2026-03-15T11:00:00Z")


def test_an_unchanged_one_costs_a_304(said: Touchpoint, tess: Client, given: Given) -> None:
    first = Rest(tess).get(f"touchpoints/{said.pk}/explain/")
    again = Rest(tess).get(f"touchpoints/{said.pk}/explain/", If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    given(said, 1)
    fold_all()
    assert Rest(tess).get(f"touchpoints/{said.pk}/explain/", If_None_Match=first.headers["ETag"]).status_code == 200


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("as_of=2026-03-16", "as_of"),
        ("as_of=soon", "as_of"),
        ("as_of=2026-02-30", "as_of"),
        ("since=2026-03-15", "since"),
        ("since=2026-03-02&as_of=2026-03-01", "since"),
        ("every=day", "every"),
        ("day=2026-03-01", "day"),
    ],
)
def test_what_cannot_be_asked_is_named(at: Clock, delays: Touchpoint, tess: Client, query: str, field: str) -> None:
    answer = Rest(tess).get(f"touchpoints/{delays.pk}/explain/?{query}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]


def test_others_touchpoints_and_personas_are_not_found(tess: Client, delays: Touchpoint, elsewhere: Workspace) -> None:
    theirs, persona = new_touchpoint(elsewhere, "Tram"), Persona.objects.create(workspace=elsewhere, name="Theirs")
    assert Rest(tess).get(f"touchpoints/{theirs.pk}/explain/").status_code == 404
    assert Rest(tess).get(f"touchpoints/{delays.pk}/explain/?persona={persona.pk}").status_code == 404


def test_more_answers_cost_no_more_statements(said: Touchpoint, tess: Client, given: Given) -> None:
    counted = []
    asked(tess, said)  # now it is written down that the token was used
    for days in (0, 30):
        for ago in range(days):
            given(said, 1, 2, occurred_at=TODAY - ago * DAY)
        fold_all()
        with CaptureQueriesContext(connection) as seen:
            asked(tess, said)
        counted.append(len(seen))
    assert counted[0] == counted[1] < 20
