"""The quality gate: as a command for pipelines, over REST, and on its page, all by one rule."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journeys.actions.journeys import archive_journey
from journeys.models import Journey, Placement
from tests.answering import Clock, Given
from tests.cast import SignIn
from tests.journeys.scene import drawn, placed
from tests.rest import Rest
from tests.scorecards.pages import table, text
from touchpoints.actions import fold_all
from touchpoints.models import HealthScore, Touchpoint
from workspaces.models import User, Workspace


@pytest.fixture
def commute(at: Clock, workspace: Workspace, edda: User, given: Given) -> Journey:
    """Four moments of truth (Shop 69, Pay 30 by many answers, Ask 30 by few, Ride unknown) and Wait, which is none."""
    journey = drawn(workspace, edda, purchase="Shop Pay Ask", retention="Ride Wait")
    for name, score, sd, answers in [("Shop", 69.0, 2.0, 60), ("Pay", 30.0, 2.0, 60), ("Ask", 30.0, 8.0, 12)]:
        score_of(placed(journey, name), given, score=score, sd=sd, answers=answers)
    score_of(placed(journey, "Wait"), given, score=10.0, sd=1.0, answers=90)
    Placement.objects.filter(journey=journey).exclude(touchpoint__name="Wait").update(moment_of_truth=True)
    return journey


def score_of(placement: Placement, given: Given, *, score: float, sd: float, answers: int) -> None:
    """Let it have that health."""
    given(placement.touchpoint, *[3] * answers)
    fold_all()
    HealthScore.objects.filter(subject=placement.touchpoint.subject_id).update(score=score, sd=sd, known=True)


def command(*words: str) -> tuple[int, str]:
    """Its exit code, and what it prints."""
    printed = io.StringIO()
    try:
        call_command("gate", *words, stdout=printed)
    except SystemExit as ended:
        return int(ended.code or 0), printed.getvalue()
    return 0, printed.getvalue()


def verdicts(told: dict[str, Any]) -> dict[str, str]:
    return {one["name"]: one["verdict"] for one in told["results"]}


def test_the_command_fails_and_names_what_is_below(workspace: Workspace, commute: Journey) -> None:
    code, printed = command("--workspace", workspace.slug)
    assert code == 1
    beside = "1 below, but within its range, 1 below, by too few answers, 1 unknown"
    assert printed.splitlines() == [
        "below            30 of 70 (26 to 34, measured)      Commute: 2 Pay",
        "within range     69 of 70 (65 to 73, measured)      Commute: 1 Shop",
        "too few answers  30 of 70 (14 to 46, indicative)    Commute: 3 Ask",
        "unknown          – of 70 (unknown)                  Commute: 4 Ride",
        f"Failed: 1 of 4 moments of truth below target, {beside}.",
    ]


def test_it_passes_once_the_target_is_met_or_lowered(workspace: Workspace, commute: Journey) -> None:
    Touchpoint.objects.filter(name="Pay").update(target=34)
    code, printed = command("--workspace", workspace.slug)
    assert code == 0
    assert printed.splitlines()[-1].startswith("Passed: 0 of 4 moments of truth below target, 2 below, but within")


def test_a_workspace_without_moments_of_truth_passes_and_says_so(workspace: Workspace) -> None:
    assert command("--workspace", workspace.slug) == (0, "Passed: there is no moment of truth.\n")


def test_what_does_not_exist_is_a_misuse_not_a_failure(
    workspace: Workspace, elsewhere: Workspace, otto: User, commute: Journey
) -> None:
    theirs = drawn(elsewhere, otto, "Theirs", purchase="Tram")
    for words in [("--workspace", "nowhere"), ("--workspace", workspace.slug, "--journey", str(theirs.pk))]:
        with pytest.raises(CommandError) as refused:
            command(*words)
        assert refused.value.returncode == 2


def test_plans_are_judged_only_by_name_and_archived_ones_never(
    workspace: Workspace, edda: User, commute: Journey
) -> None:
    Journey.objects.update(standing="to_be")
    assert command("--workspace", workspace.slug)[0] == 0
    assert command("--workspace", workspace.slug, "--journey", str(commute.pk))[0] == 1
    archive_journey(Journey.objects.get(), by=edda)
    with pytest.raises(CommandError):
        command("--workspace", workspace.slug, "--journey", str(commute.pk))


def test_what_nobody_passes_or_is_archived_takes_no_part(workspace: Workspace, commute: Journey) -> None:
    Placement.objects.filter(touchpoint__name="Pay").update(share=0)
    Touchpoint.objects.filter(name="Ask").update(archived_at="2026-03-01T00:00Z")
    printed = command("--workspace", workspace.slug)[1]
    assert "Pay" not in printed
    assert "Ask" not in printed


def test_rest_and_command_tell_the_same(workspace: Workspace, tess: Client, commute: Journey) -> None:
    answer = Rest(tess).get("gate/")
    assert answer.status_code == 200
    told = answer.json()
    assert (told["passed"], told["checked"], told["failed"]) == (False, 4, 1)
    assert verdicts(told) == {"Pay": "below", "Shop": "within range", "Ask": "too few answers", "Ride": "unknown"}
    pay = placed(commute, "Pay").touchpoint
    assert told["results"][0] == {
        "journey": commute.pk,
        "journey_name": "Commute",
        "station": 2,
        "touchpoint": pay.pk,
        "name": "Pay",
        "score": 30,
        "low": 26,
        "high": 34,
        "target": 70,
        "answers": 60,
        "state": "measured",
        "verdict": "below",
    }
    assert json.loads(command("--workspace", workspace.slug, "--json")[1]) == told
    assert Rest(tess).get("gate/", If_None_Match=answer["ETag"]).status_code == 304


def test_rest_judges_one_journey_and_knows_no_other_workspaces(
    workspace: Workspace, elsewhere: Workspace, otto: User, edda: User, tess: Client, commute: Journey
) -> None:
    other = drawn(workspace, edda, "Weekend", purchase="Kiosk")
    theirs = drawn(elsewhere, otto, "Theirs", purchase="Tram")
    nothing = {"passed": True, "checked": 0, "failed": 0, "results": []}
    assert Rest(tess).get(f"gate/?journey={other.pk}").json() == nothing
    assert Rest(tess).get(f"gate/?journey={theirs.pk}").status_code == 404
    archive_journey(other, by=edda)
    assert Rest(tess).get(f"gate/?journey={other.pk}").status_code == 400, "it must not pass as what has no moment"


def test_the_page_shows_each_and_roll_ups_lead_there(
    workspace: Workspace, vik: User, sign_in: SignIn, commute: Journey
) -> None:
    client, address = sign_in(vik), reverse("gate", args=[workspace.slug])
    page = client.get(address).content.decode()
    assert "1 moment of truth is below its target for sure. 4 were looked at; of 3 it is not known well" in text(page)
    rows = [[cell.split(" ")[0] for cell in row[1:]] for row in table(page, "main")[1:]]
    assert rows[0] == ["Commute", "30", "26", "70", "Measured", "below"]
    roll_ups = client.get(reverse("roll_ups", args=[workspace.slug])).content.decode()
    assert "1 moment of truth is below its target for sure." in text(roll_ups)
    assert f'href="{address}"' in roll_ups


def test_statements_do_not_grow_with_moments_of_truth(workspace: Workspace, edda: User, tess: Client) -> None:
    counted = []
    for number in range(3):
        drawn(workspace, edda, f"Journey {number}", purchase=f"A{number} B{number}")
        Placement.objects.update(moment_of_truth=True)
        with CaptureQueriesContext(connection) as statements:
            command("--workspace", workspace.slug)
        counted.append(len(statements))
    assert counted[0] == counted[1] == counted[2] <= 5  # the fifth asks which journeys lie below
