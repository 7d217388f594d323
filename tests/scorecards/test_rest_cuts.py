"""GET touchpoints/ID/cuts/: answers by channel, device, segment or persona, as the touchpoint's page shows them."""

import re
from typing import Any

import pytest
from django.template.defaultfilters import floatformat
from django.test import Client
from django.urls import reverse

from personas.models import Persona
from tests.answering import TODAY, Clock, Given
from tests.cast import SignIn
from tests.journeys.scene import drawn, placed
from tests.rest import Rest
from tests.scorecards.pages import text
from tests.scorecards.pulling import sent, told
from touchpoints.actions import fold_all
from touchpoints.models import Channel, Touchpoint
from workspaces.actions import archive_attribute, create_attribute
from workspaces.models import User, Workspace
from workspaces.templatetags.look import signed

FIGURE = ("value", "low", "high")


@pytest.fixture
def cut(at: Clock, workspace: Workspace, delays: Touchpoint, commuter: Persona, given: Given) -> Touchpoint:
    """The app is far below the counter, where four told their NPS; three do not say where they were."""
    app, counter = (Channel.objects.create(workspace=workspace, name=name) for name in ("App", "Counter"))
    given(delays, *[1, 2] * 19, 1, 1, channel=app.pk, segment="Season ticket", persona=commuter, device="phone")
    given(delays, *[4, 5] * 20, channel=counter.pk)
    given(delays, *[10, 9, 0, 3], metric="nps", channel=counter.pk)
    given(delays, *[10, 9, 0, 3, 8, 7], metric="nps", channel=app.pk)
    given(delays, *[3] * 3)
    fold_all()
    return delays


def ask(client: Client, touchpoint: Touchpoint, path: str = "") -> Any:
    answer = Rest(client).get(f"touchpoints/{touchpoint.pk}/cuts/{path}")
    assert answer.status_code == 200
    return answer.json()


def page_of(client: Client, touchpoint: Touchpoint, path: str = "") -> Any:
    return client.get(reverse("touchpoint", args=[touchpoint.workspace.slug, touchpoint.pk]) + path)


@pytest.mark.parametrize("path", ["", "?by=device", "?by=segment", "?by=persona", "?from=2026-03-15&to=2026-03-15"])
def test_groups_and_figures_are_those_of_the_page(
    tess: Client, vik: User, sign_in: SignIn, cut: Touchpoint, path: str
) -> None:
    shown = page_of(sign_in(vik), cut, path).context["cut"]
    found = ask(tess, cut, path)
    assert found["by"] == shown.by
    assert told(found["scales"], "metric", "scale") == [(scale.metric, scale.code) for scale in shown.scales]
    assert told(found["groups"], "name", "answers") == [(group.name or None, group.n) for group in shown.groups]
    for line, group in zip(found["groups"], shown.groups, strict=True):
        by_scale = {(one["metric"], one["scale"]): one for one in line["figures"]}
        assert set(by_scale) == {(scale.metric, scale.code) for scale in group.figures}
        for scale, figures in group.figures.items():
            one = by_scale[scale.metric, scale.code]
            assert one["answers"] == figures.headline.n
            for name in ("headline", "top"):
                figure = getattr(figures, name)
                shown_figure = {part: getattr(figure, part) for part in FIGURE} if figure and figure.shown else None
                assert one[name] == shown_figure
        names = ("delta", "low", "high", "p", "before", "after", "verdict")
        against = line["against"]
        assert told([against], "delta", "low", "high", "p", "n_others", "n", "verdict") == [
            tuple(getattr(group.change, name) for name in names)
        ]


def test_the_page_s_table_has_the_same_numbers(tess: Client, vik: User, sign_in: SignIn, cut: Touchpoint) -> None:
    page = page_of(sign_in(vik), cut).content.decode()
    body = page.split('id="cut"')[1].split("<tbody>")[1].split("</tbody>")[0]
    rows = [text("<main" + row) for row in re.findall(r"<tr>.*?</tr>", body, re.DOTALL)]
    groups = ask(tess, cut)["groups"]
    assert len(rows) == len(groups) == 3
    for row, group in zip(rows, groups, strict=True):
        assert (group["name"] or "not known") in row
        for one in group["figures"]:
            value = one["headline"] and one["headline"]["value"]
            if value is None:
                assert "fewer than 5 answers" in row
            else:
                assert f"{signed(value, 1) if one['metric'] == 'nps' else floatformat(value, '2u')} " in row
                assert f"n {one['answers']}" in row
        if group["against"]["delta"] is not None:
            assert signed(group["against"]["delta"], 2) in row


def test_small_groups_are_not_shown_and_compared_with_none(tess: Client, cut: Touchpoint) -> None:
    app, counter, unknown = ask(tess, cut)["groups"]
    assert (app["kind"], counter["kind"], unknown["kind"], unknown["name"]) == ("named", "named", "unknown", None)
    assert told([app["against"]], "verdict", "n", "n_others") == [("down", 40, 43)]
    assert (counter["against"]["verdict"], unknown["against"]["verdict"]) == ("up", "too few answers")
    assert told([unknown["against"]], "delta", "low", "high", "p") == [(None, None, None, None)]
    (few,) = unknown["figures"]
    assert few == {"metric": "csat", "scale": "1-5", "answers": 3, "headline": None, "top": None}
    assert told(counter["figures"], "metric", "answers") == [("csat", 40), ("nps", 4)]
    assert counter["figures"][1]["headline"] is None
    assert app["figures"][1]["headline"]["value"] == pytest.approx(0)


@pytest.mark.usefixtures("at")
def test_many_small_groups_stand_together(tess: Client, delays: Touchpoint, given: Given) -> None:
    for number in range(15):
        given(delays, *[4] * (6 if number else 7), segment=f"Line {number:02}")
    groups = ask(tess, delays, "?by=segment")["groups"]
    assert [group["kind"] for group in groups] == ["named"] * 12 + ["others"]
    assert (groups[-1]["name"], groups[-1]["answers"]) == (None, 18)


def test_one_group_is_compared_with_nothing_and_a_period_without_answers_has_none(
    tess: Client, cut: Touchpoint, commuter: Persona
) -> None:
    (group,) = ask(tess, cut, f"?by=segment&persona={commuter.pk}")["groups"]
    assert (group["name"], group["answers"], group["against"]) == ("Season ticket", 40, None)
    empty = ask(tess, cut, "?from=2025-01-01&to=2025-02-01")
    assert (empty["first"], empty["last"], empty["scales"], empty["groups"]) == ("2025-01-01", "2025-02-01", [], [])


def test_it_takes_as_many_statements_for_many_groups_and_304_while_nothing_changed(
    tess: Client, cut: Touchpoint, given: Given
) -> None:
    path = f"touchpoints/{cut.pk}/cuts/?by=segment"
    first = Rest(tess).get(path)  # a token's first call also notes that it was used
    few = sent(tess, path)
    assert Rest(tess).get(path, If_None_Match=first.headers["ETag"]).status_code == 304
    for number in range(20):
        given(cut, *[4] * 6, segment=f"Line {number}", occurred_at=TODAY)
    assert sent(tess, path) == few
    assert Rest(tess).get(path, If_None_Match=first.headers["ETag"]).status_code == 200


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("?by=salary", "by"),
        ("?by=channel'--", "by"),
        ("?by=", "by"),
        ("?from=2026-03-15&to=2026-03-14", "from"),
        ("?to=9999-12-31", "to"),
        ("?columns=text", "columns"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(
    tess: Client, at: Clock, delays: Touchpoint, path: str, name: str
) -> None:
    answer = Rest(tess).get(f"touchpoints/{delays.pk}/cuts/{path}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [name])


def test_an_attribute_of_the_workspace_is_a_way_as_well_until_it_is_archived(
    tess: Client, edda: User, cut: Touchpoint, given: Given
) -> None:
    line = create_attribute(cut.workspace, name="Line", by=edda)
    given(cut, *[4] * 6, attributes={"line": "RE 5"})
    fold_all()
    told = ask(tess, cut, "?attribute=line")
    assert told["by"] == "attribute.line"
    assert [(one["kind"], one["name"]) for one in told["groups"]] == [("unknown", None), ("named", "RE 5")]
    archive_attribute(line, by=edda)
    assert Rest(tess).get(f"touchpoints/{cut.pk}/cuts/?attribute=line").status_code == 404


def test_another_workspaces_touchpoint_or_persona_is_unknown(
    tess: Client, elsewhere: Workspace, otto: User, delays: Touchpoint
) -> None:
    theirs = placed(drawn(elsewhere, otto, "Theirs", purchase="Desk"), "Desk").touchpoint_id
    persona = Persona.objects.create(workspace=elsewhere, name="Foreigner")
    assert Rest(tess).get(f"touchpoints/{theirs}/cuts/").status_code == 404
    assert Rest(tess).get(f"touchpoints/{delays.pk}/cuts/?persona={persona.pk}").status_code == 404
