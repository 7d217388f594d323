"""The page that explains a score: whatever it shows can be worked out again by hand."""

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from django.urls import reverse

from personas.models import Persona
from tests.answering import TODAY, Clock, Given, health, new_touchpoint
from tests.cast import SignIn
from tests.scorecards.pages import lines, shown, table, text, worked_out
from touchpoints.actions import change_rule, close_days, fold_all
from touchpoints.models import Touchpoint
from touchpoints.tasks import apply_rule
from workspaces.models import Job, User, Workspace

DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("decay", [False, True])
def test_every_line_can_be_worked_out_again(
    said: Touchpoint, workspace: Workspace, olga: User, vik: User, given: Given, page: Any, language: str, decay: bool
) -> None:
    given(said, 3, 4, 4, 2, occurred_at=TODAY - 50 * DAY)
    fold_all()
    if decay:
        change_rule(workspace, number=0, by=olga, decay=True)
        apply_rule(Job.objects.get().pk)
    vik.language = language
    vik.save()
    found = lines(page())
    assert len(found) > 25
    for formula, result in found:
        digits = Decimal(1).scaleb(int(shown(result).as_tuple().exponent))
        assert Decimal(worked_out(formula, language)).quantize(digits, ROUND_HALF_UP) == shown(result), formula
    assert any("²" in formula and formula.count("÷") == 1 and "√" not in formula for formula, _ in found)


def test_the_points_add_up_to_the_health_on_every_screen(said: Touchpoint, page: Any) -> None:
    names, *parts, total = table(page(), "parts-title")
    points, over = names.index("Points"), names.index("against usual")
    assert [row[0] for row in parts] == ["CSAT", "CES", "NPS", "complaints", "completion"]
    assert sum(shown(row[points]) for row in parts) == shown(total[-2])
    assert sum(shown(row[over]) for row in parts) == shown(total[-1])
    score = health(said).score
    assert score is not None
    assert abs(float(shown(total[-2])) - score) < 0.05
    usual = re.search(r"each as usual, would stand at ([\d.]+)", text(page()))
    assert usual
    assert shown(total[-2]) - shown(usual[1]) == shown(total[-1])


def test_a_mean_of_fewer_than_five_is_not_told(said: Touchpoint, page: Any) -> None:
    names, *parts, _total = table(page(), "parts-title")
    means = {row[0]: row[names.index("Own mean")] for row in parts}
    assert means["NPS"] == "–"
    assert means["CES"] != "–"
    of_nps = page().split("<h3>NPS</h3>")[1].split("</details>")[0]
    assert "Fewer than five have answered" in of_nps
    assert "Own mean" not in of_nps
    assert "Points" not in of_nps


def test_a_persona_has_an_explanation_of_her_own(said: Touchpoint, commuter: Persona, page: Any) -> None:
    her_own = page(persona=commuter.pk)
    assert [row[:2] for row in table(her_own, "parts-title")[1:-1]] == [["CSAT", "24"]]
    number = health(said, commuter).score
    assert number is not None
    assert f"stands at {round(number)}" in text(her_own)


def test_one_answer_is_told_as_a_count_and_not_as_a_score(
    at: Clock, delays: Touchpoint, given: Given, page: Any
) -> None:
    given(delays, 2)
    health(delays)
    seen = page()
    assert "Its health is unknown : 1 observation lies in the window" in text(seen)
    assert "stands at" not in seen
    names, row = table(seen, "parts-title")
    told = dict(zip(names, row, strict=True))
    assert (told["Answers"], told["Own mean"], told["Finding"], told["Points"]) == ("1", "–", "–", "–")
    assert [formula for formula, _ in lines(seen)][:1] == ["1 ÷ (1 + 10)"]


def test_what_was_never_heard_says_so(at: Clock, delays: Touchpoint, page: Any) -> None:
    assert "nobody has answered yet" in page()


def test_a_window_without_answers_says_when_it_was_last_heard(
    at: Clock, delays: Touchpoint, given: Given, page: Any
) -> None:
    given(delays, *[4] * 8, occurred_at=TODAY - 300 * DAY)
    health(delays)
    at.pass_days(200)
    close_days()
    assert "It was last heard on 19 May 2025" in text(page())


def test_any_day_can_be_explained(said: Touchpoint, at: Clock, given: Given, page: Any) -> None:
    then = health(said).score
    at.pass_days(3)
    close_days()
    given(said, *[1] * 60, occurred_at=at.today)
    health(said)
    now, earlier = page(), page(day=TODAY)
    assert "as all screens show it" in now
    assert "counted anew by the rule and the usual means of today" in earlier
    assert then is not None
    assert f"stands at {round(then)}" in text(earlier)
    assert f"As it was known when that day ended: {then:.1f}" in earlier
    assert table(now, "parts-title")[1][1] == "87"
    assert table(earlier, "parts-title")[1][1] == "27"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"day": "2026-03-16"}, "As of: This day is still to come."),
        ({"day": "1815-06-18"}, "As of: This day is out of reach."),
        ({"day": "tomorrow"}, "As of: Enter a valid date."),
        ({"day": "2026-02-30"}, "As of: Enter a valid date."),
        ({"since": "2026-03-15"}, "Compared with: Compare with an earlier day, at most two years before."),
        (
            {"since": "2026-03-16", "day": "2026-03-15"},
            "Compared with: Compare with an earlier day, at most two years before.",
        ),
        ({"since": "2024-03-01"}, "Compared with: Compare with an earlier day, at most two years before."),
        ({"since": "then"}, "Compared with: Enter a valid date."),
    ],
)
def test_a_bad_day_is_named_and_the_page_still_explains(
    said: Touchpoint, page: Any, asked: dict[str, str], told: str
) -> None:
    seen = text(page(**asked))
    assert told in seen
    assert "stands at" in seen


@pytest.mark.parametrize("asked", [{"every": "year"}, {"page": "9999"}, {"persona": "x"}, {"day": "1970-01-01"}])
def test_what_means_nothing_breaks_nothing(said: Touchpoint, page: Any, asked: dict[str, str]) -> None:
    assert page(**asked)


def test_others_touchpoints_and_personas_are_not_found(
    workspace: Workspace, elsewhere: Workspace, delays: Touchpoint, vik: User, sign_in: SignIn
) -> None:
    theirs, persona = new_touchpoint(elsewhere, "Tram"), Persona.objects.create(workspace=elsewhere, name="Theirs")
    client = sign_in(vik)
    for name in ("touchpoint_explain", "touchpoint_explain_xlsx", "touchpoint_answers"):
        assert client.get(reverse(name, args=[workspace.slug, theirs.pk])).status_code == 404
    for name in ("touchpoint_explain", "touchpoint_explain_xlsx"):
        url = reverse(name, args=[workspace.slug, delays.pk])
        assert client.get(url, {"persona": persona.pk}).status_code == 404


def test_it_names_the_rule_and_who_made_it(said: Touchpoint, workspace: Workspace, olga: User, page: Any) -> None:
    assert "health-1 with the defaults, which are judgement" in text(page())
    change_rule(workspace, number=0, by=olga, nps=0)
    apply_rule(Job.objects.get().pk)
    seen = text(page())
    assert "health-1.1 rule 1 of this workspace, since 15 Mar 2026, Olga" in seen
    assert "NPS" not in [row[0] for row in table(page(), "parts-title")]


@pytest.mark.parametrize(
    ("own", "weighs", "why"),
    [
        (0, "100.00", "which differ no more than chance would have it"),
        (10, "", "of the phase Purchase."),
        (40, "2.00", "kept between 2 and 100"),
    ],
)
def test_it_names_the_peers_and_how_much_they_weigh(
    at: Clock, workspace: Workspace, given: Given, page: Any, own: int, weighs: str, why: str
) -> None:
    peers = [new_touchpoint(workspace, f"Stop {number}") for number in range(8)]
    Touchpoint.objects.of(workspace).filter(pk__in=[peer.pk for peer in peers]).update(peer_group="purchase")
    for number, peer in enumerate(peers):
        given(peer, *[5, 4, 3, 2, 1] * 3, *[1 + number % 5] * own)
    fold_all()
    at.pass_days(1)
    close_days()
    seen = text(page(peers[0]))
    assert "learned on 16 Mar 2026 and fixed for the day; its peers stand in the phase Purchase" in seen
    assert "learned from 8 touchpoints of the phase Purchase" in seen
    by_variances = [line for line in lines(page(peers[0])) if line[0].count("÷") == 1 and "(" not in line[0]]
    assert f"as much as {weighs or by_variances[0][1]} answers" in seen
    assert why in seen


def test_a_change_is_taken_apart_and_adds_up(said: Touchpoint, at: Clock, given: Given, page: Any) -> None:
    at.pass_days(100)
    close_days()
    given(said, *[2] * 40, occurred_at=at.today)
    given(said, *[6] * 12, metric="nps", occurred_at=at.today)
    health(said)
    seen = page(since=TODAY)
    told = re.search(r"From ([\d.]+) to ([\d.]+): ([+−][\d.]+) points. (\S+) because .* (\S+) because", text(seen))
    assert told
    before, after, delta, by_score, by_mix = map(shown, told.groups())
    assert after - before == delta == by_score + by_mix
    _names, *shifts, total = table(seen, "change-title")
    assert [shown(number) for number in total[1:]] == [by_score, by_mix]
    assert [sum(shown(row[column]) for row in shifts) for column in (1, 2)] == [by_score, by_mix]
    assert "too few answers n" in text(seen)  # 27 of CSAT before


def test_a_change_is_judged_as_on_every_screen(
    at: Clock, delays: Touchpoint, given: Given, page: Any, workspace: Workspace, vik: User, sign_in: SignIn
) -> None:
    given(delays, *[5, 4] * 20)
    health(delays)
    at.pass_days(100)
    close_days()
    given(delays, *[1, 2] * 20, occurred_at=at.today)
    health(delays)
    verdict = '<span class="change" data-verdict="down"><b>−75.0</b> <span>real change</span></span>'
    panel = reverse("touchpoint", args=[workspace.slug, delays.pk])
    assert verdict in sign_in(vik).get(panel).content.decode()
    assert verdict in page()
    assert "the 90 days since then with as many before" in text(page())
    assert "too few answers" in text(page(since=at.today - 10 * DAY))
