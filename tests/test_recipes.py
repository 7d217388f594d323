"""The recipes of docs/api.md, each run as it stands there against the real server."""

import datetime
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as house
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from config import processes
from config.processes import free_port
from feedback.actions import APPLY_RULES, create_insight, record_responses
from feedback.links import link_to, secret_of, sign
from feedback.models import Response
from journeys.models import Journey, Placement
from measures.actions import cost_measure, create_measure, create_opportunity, move_measure, write_stakeholder
from measures.models import Measure
from personas.actions import create_step
from personas.models import Persona
from tests.answering import an_answer, new_touchpoint
from tests.cooking import close, table
from tests.journeys.scene import drawn, order, placed
from tests.surveying import survey_at
from touchpoints.actions import fold_all
from touchpoints.models import HealthScore, Touchpoint
from workspaces.actions import add_webhook, create_attribute, make_token, send_again, tell_programs
from workspaces.actions.courier import deliver
from workspaces.models import Job, User, WebhookDelivery, WebhookEndpoint, Workspace
from workspaces.secrets import digest, signing_secret

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = (Path(house.BASE_DIR) / "docs" / "api.md").read_text()
RECIPES = {
    title: (language, program)
    for title, language, program in re.findall(
        r"^### (.+?)\n(?:(?!^#).)*?^```(python|sh)\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE
    )
}
RUN_BY = {"python": [sys.executable, "-c"], "sh": ["sh", "-c"]}
Run = Callable[..., str]


@pytest.fixture
def journey(workspace: Workspace, edda: User) -> Journey:
    return drawn(workspace, edda, purchase="Shop Pay", retention="Ride")


@pytest.fixture
def run(workspace: Workspace, ada: User, web: str, tmp_path: Path) -> Run:
    """`run("Move a touchpoint", "Ride", "Shop", scopes="read write")`: what it prints."""

    def go(title: str, *words: str, scopes: str, code: int = 0, **told: str) -> str:
        _token, secret = make_token(workspace, name=title, scopes=scopes.split(), by=ada)
        env = {**os.environ, "ETAPPE": f"{web}/api/v1", "TOKEN": secret, "PYTHONUTF8": "1", **told}
        language, recipe = RECIPES[title]
        program = [*RUN_BY[language], recipe, *words]
        done = subprocess.run(program, check=False, cwd=tmp_path, env=env, text=True, capture_output=True)
        assert done.returncode == code, done.stderr
        return done.stdout

    return go


def test_each_recipe_of_the_page_is_run_here() -> None:
    cooked = {name for name in globals() if name.startswith("test_")}
    assert {f"test_{re.sub('[^a-z]+', '_', name.lower())}" for name in RECIPES} <= cooked


def test_pull_a_map_into_a_spreadsheet(run: Run, journey: Journey, tmp_path: Path) -> None:
    assert run("Pull a map into a spreadsheet", scopes="read").startswith("Commute: health None")
    rows = table(tmp_path / "map.csv")
    assert [(row["station"], row["phase"], row["touchpoint"]) for row in rows] == [
        ("1", "Purchase", "Shop"),
        ("2", "Purchase", "Pay"),
        ("3", "Retention", "Ride"),
    ]
    assert {row["state"] for row in rows} == {"unknown"}


def test_take_a_persona_from_markdown(run: Run, workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "david.md").write_text("# David\n\n## Core Needs\n\n- One view\n\n## Testing\n\n- Rapid review\n")
    told = run("Take a persona from Markdown", "david.md", scopes="write").splitlines()
    assert told == [f"persona {Persona.objects.get().pk}: David, 0 goals, 1 needs", "line 9: Rapid review"]


def test_compare_two_personas(run: Run, journey: Journey, workspace: Workspace) -> None:
    ride = placed(journey, "Ride").touchpoint
    for name, value in (("Mara", 5), ("Cem", 2)):
        persona = Persona.objects.create(workspace=workspace, name=name)
        record_responses(
            workspace, [an_answer(ride, value, persona=persona, occurred_at=timezone.now()) for _ in range(40)]
        )
    fold_all()
    said = run("Compare two personas", "Mara", "Cem", scopes="read").splitlines()
    assert said[0].startswith("This journey serves Cem worse than Mara")
    assert said[1].startswith("Ride: ")
    assert said[1].endswith("p 0.0000")


def test_nightly_power_bi(run: Run, journey: Journey, workspace: Workspace, tmp_path: Path) -> None:
    close(workspace, "Ride", "2026-03-01", 61.2)
    assert run("Nightly Power BI", scopes="read") == "1 rows from 2026-01-01\n"
    close(workspace, "Ride", "2026-03-02", 64.8)
    assert run("Nightly Power BI", scopes="read") == "1 rows from 2026-03-02\n"
    assert run("Nightly Power BI", scopes="read") == "0 rows from 2026-03-03\n"
    assert [(row["day"], row["name"], row["score"]) for row in table(tmp_path / "scores.csv")] == [
        ("2026-03-01", "Ride", "61"),
        ("2026-03-02", "Ride", "65"),
    ]


def test_push_answers_from_a_crm(run: Run, journey: Journey, workspace: Workspace, tmp_path: Path) -> None:
    cases = "case,touchpoint,satisfaction,comment,day\n4711,Ride,2,Late again,2026-03-01\n4712,Shop,9,,2026-03-01\n"
    (tmp_path / "cases.csv").write_text(cases)
    said = run("Push answers from a CRM", scopes="read ingest")
    assert "refused: 4712 {'value': ['9 is not on the scale from 1 to 5.']}" in said
    assert "'stored': 1" in said
    assert "'unchanged': 1" in run("Push answers from a CRM", scopes="read ingest")
    assert [answer.text for answer in Response.objects.of(workspace)] == ["Late again"]


def test_give_answers_their_personas(
    run: Run, journey: Journey, workspace: Workspace, commuter: Persona, edda: User
) -> None:
    create_attribute(workspace, name="Reason", key="reason", by=edda)
    ride = placed(journey, "Ride").touchpoint
    record_responses(workspace, [an_answer(ride, 4, attributes={"reason": "Work"}), an_answer(ride, 4)])
    said = run("Give answers their personas", "Commuter", "reason", "Work", scopes="read write")
    job = Job.objects.get(kind=APPLY_RULES)
    assert said == f"takes 1 of the last 2, 1 would come to another persona\njobs/{job.pk}/ is waiting\n"


def test_move_a_touchpoint(run: Run, journey: Journey) -> None:
    said = run("Move a touchpoint", "Ride", "Shop", scopes="read write")
    assert said == "“Ride” follows “Shop”, position 1 of its phase\n"
    assert order(journey) == {"purchase": "Shop Ride Pay"}


def test_open_a_touchpoint_in_more_detail(run: Run, journey: Journey) -> None:
    for _ in range(2):  # the second time it is there
        said = run("Open a touchpoint in more detail", "Ride", "On the train", scopes="read write")
        assert said == "“Ride” opens “On the train”, health None\n"
    assert Journey.objects.get(name="On the train").opened_at == placed(journey, "Ride")


@pytest.fixture
def measure(workspace: Workspace, edda: User) -> Measure:
    return create_measure(workspace, title="Smile", touchpoints=[new_touchpoint(workspace, "Desk")], by=edda)


def test_create_a_measure(run: Run, workspace: Workspace, edda: User) -> None:
    pain = create_insight(new_touchpoint(workspace, "Ride"), kind="pain", text="Too late", by=edda)
    create_opportunity(workspace, title="Tell of delays", insights=[pain], by=edda)
    said = run("Create a measure", "delays", "Reason and forecast", "technical", scopes="read write")
    measure = Measure.objects.get()
    assert said == f"measure {measure.pk}, of “Tell of delays”: idea\n"
    assert (measure.kind, measure.touchpoints.get()) == ("technical", pain.touchpoint)


def test_ask_what_to_do_next(run: Run, workspace: Workspace, journey: Journey, edda: User) -> None:
    ride = placed(journey, "Ride").touchpoint
    create_insight(ride, kind="pain", text="Rude staff", mentions=7, by=edda)
    record_responses(workspace, [an_answer(ride, value, occurred_at=timezone.now()) for value in [1, 2, 1] * 15])
    fold_all()
    told = run("Ask what to do next", scopes="read")
    assert re.fullmatch(r"Ride \(\+\d+\.\d\): training proposed, for “Rude staff” \(7\)\n", told)


def test_cost_a_measure(run: Run, measure: Measure, tmp_path: Path) -> None:
    head, line = "kind,count,each,base,low,likely,high,reason", "typed,,,,30000,50000,60000,The vendor's offer"
    (tmp_path / "benefits.csv").write_text(f"{head}\n{line}\navoided,900,500,,0,0,0,\n")
    assert run("Cost a measure", str(measure.pk), "100000", "0", scopes="read write").splitlines() == [
        "low: worth -253.94 today, does not pay",
        "likely: worth 243.43 today, pays after 2.4 years",
        "high: worth 492.11 today, pays after 1.9 years",
    ]


def test_move_a_measure(run: Run, measure: Measure) -> None:
    words = "Move a measure", str(measure.pk)
    assert "costs and brings first" in run(*words, "live", "", scopes="read write")
    assert run(*words, "dropped", "Too dear", scopes="read write") == "“Smile” went from idea to dropped\n"
    measure.refresh_from_db()
    assert measure.reason == "Too dear"


def test_whom_to_win(run: Run, workspace: Workspace, measure: Measure, edda: User) -> None:
    ops = write_stakeholder(workspace, name="Ops", influence=60, support=20, by=edda)
    write_stakeholder(workspace, name="Finance", influence=68, support=13, decides=[measure], by=edda)
    write_stakeholder(workspace, name="Katrin Voss", influence=90, support=90, by=edda)
    create_step(workspace, stakeholder=ops, text="Sit in on a late shift", by=edda)
    assert run("Whom to win", scopes="write").splitlines() == [
        "Finance (68/13): nothing planned; decides on 1",
        "Ops (60/20): Sit in on a late shift; decides on 0",
    ]
    run("Whom to win", scopes="read", code=1)


def test_what_worked(run: Run, measure: Measure, edda: User) -> None:
    assert run("What worked", scopes="read") == ""
    pays = {"kind": "typed", "low": 1, "likely": 2, "high": 3, "reason": "The vendor's offer"}
    costed = cost_measure(measure, version=measure.version, benefits=[pays], once=1, yearly=0, by=edda)
    move_measure(costed, to="live", version=costed.version, by=edda)
    assert run("What worked", scopes="read") == "Smile: weeks\n"


def test_hold_a_release(run: Run, journey: Journey, workspace: Workspace) -> None:
    assert run("Hold a release", scopes="read") == ""
    pay = placed(journey, "Pay")
    Placement.objects.filter(pk=pay.pk).update(moment_of_truth=True)
    facts = {"score": 30.0, "sd": 2.0, "answers": 60, "observations": 60, "known": True}
    subject = pay.touchpoint.subject
    HealthScore.objects.create(workspace=workspace, subject=subject, day=datetime.date(2026, 3, 1), **facts)
    said = run("Hold a release", scopes="read", code=1)
    assert said.startswith("A moment of truth is below its target:")
    assert '"name":"Pay"' in said
    assert run("Hold a release", scopes="ingest", code=22) == ""


def test_watch_for_changes(run: Run, journey: Journey, edda: User) -> None:
    assert run("Watch for changes", scopes="read").count("\n") == 6, "three placed, three in the library"
    long_ago = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    Touchpoint.objects.exclude(name="Ride").update(updated_at=long_ago)
    ride = placed(journey, "Ride").touchpoint
    run("Move a touchpoint", "Ride", "Shop", scopes="read write")
    Touchpoint.objects.filter(pk=ride.pk).update(archived_at=datetime.datetime.now(datetime.UTC))
    assert run("Watch for changes", scopes="read").splitlines() == [
        "Commute: Move a touchpoint move Ride",
        f"touchpoint {ride.pk} is archived",
    ]


def test_links_for_a_mailing(run: Run, journey: Journey, edda: User, client: Client, tmp_path: Path) -> None:
    survey = survey_at(placed(journey, "Ride").touchpoint, by=edda)
    (tmp_path / "customers.csv").write_text("number\nK-1001\nü & 2\n", encoding="utf-8")
    for until, day in [("", None), ("2199-12-31", datetime.date(2199, 12, 31))]:
        words = [str(survey.pk), *([until] if until else [])]
        run("Links for a mailing", *words, scopes="read", SURVEY_SECRET=secret_of(survey))
        for row in table(tmp_path / "links.csv"):
            assert parse_qs(urlsplit(row["link"]).query) == parse_qs(
                urlsplit(link_to(survey, row["number"], until=day)).query
            )
            assert "Question 1 of 3" in client.get(f"/q/{survey.key}/?{urlsplit(row['link']).query}").content.decode()


def test_the_signature_that_the_page_shows_is_right() -> None:
    said = re.search(r"the secret `(.+?)` and the customer `(.+?)` that is\n`([0-9a-f]{64})`", PAGE)
    key = re.search(r"For the key\n`(\w{24})`", PAGE)
    assert said
    assert key
    assert sign(said[1], key[1], said[2]) == said[3]


def test_receive_webhooks(workspace: Workspace, olga: User, settings: Settings) -> None:
    port = free_port()
    settings.WEBHOOKS_MAY_REACH = [f"127.0.0.1:{port}"]
    facts = {"name": "Recipe", "url": f"http://127.0.0.1:{port}/", "events": ["case.opened"]}
    endpoint, secret = add_webhook(workspace, **facts, by=olga)  # type: ignore[arg-type]
    env = {**os.environ, "SECRET": secret, "PORT": str(port), "PYTHONUTF8": "1"}
    words = [sys.executable, "-c", RECIPES["Receive webhooks"][1]]
    with subprocess.Popen(words, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as program:
        try:
            processes.wait_until(lambda: socket.socket().connect_ex(("127.0.0.1", port)) == 0, 20)
            tell_programs(workspace, "case.opened", [{"case": {"id": 17}}])
            for _ in range(2):
                deliver()
                send_again(WebhookDelivery.objects.get())
            WebhookEndpoint.objects.update(secret_hash=digest(signing_secret("forged")), salt="forged")
            deliver()
        finally:
            program.kill()
        assert program.stdout
        assert program.stdout.read() == "case.opened {'workspace': 'lindbahn', 'case': {'id': 17}}\n"
    assert (WebhookDelivery.objects.get().status, WebhookDelivery.objects.get().error) == (400, "status")
    assert str(endpoint) == "Recipe"
