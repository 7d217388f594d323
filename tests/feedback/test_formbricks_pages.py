"""A connection to Formbricks from the pages: made, given its secret, mapped and ended."""

from typing import Any

import pytest
from django.test import Client

from feedback.models import Formbricks, FormbricksQuestion, Response
from journeys.actions.journeys import create_journey
from tests.answering import Clock
from tests.cast import SignIn
from tests.feedback.bricks import SECRET, Bricks, ask, bricks_for, filled
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


@pytest.fixture
def edit(workspace: Workspace, edda: User, sign_in: SignIn) -> Any:
    """`edit("new/", name="Ours")`: what Edda sees then."""
    client: Client = sign_in(edda)

    def send(path: str, **facts: str) -> str:
        url = f"/w/{workspace.slug}/answers/formbricks/{path}"
        answer = client.post(url, facts, follow=True) if facts else client.get(url)
        content: str = answer.content.decode()
        return content

    return send


def test_from_the_first_click_to_the_first_answer(
    at: Clock, workspace: Workspace, delays: Touchpoint, edit: Any
) -> None:
    assert "Connect Formbricks" in edit("")
    page = edit("new/", name="Station survey")
    made = Formbricks.objects.get()
    assert made.url in page
    assert "whsec_" in page
    page = edit(f"{made.pk}/", secret=f"  {SECRET} ", version=str(made.version))
    assert "The secret is stored." in page
    assert SECRET not in page
    assert SECRET.removeprefix("whsec_") not in str(Formbricks.objects.values())
    bricks = Bricks(made)
    bricks.send(filled({"q1": 3}))
    page = edit(f"{made.pk}/")
    assert "not decided yet" in page
    assert "numbers, 3 to 3" in page
    asked = bricks.question("q1")
    form = edit(f"{made.pk}/questions/{asked.pk}/")
    assert '<option value="csat:1-5" selected>' in form, "proposed by what the answers look like"
    facts = {"label": "How was it?", "part": "rating", "scale": "csat:1-5", "version": str(asked.version)}
    page = edit(f"{made.pk}/questions/{asked.pk}/", subject=str(delays.subject_id), **facts)
    assert "How was it?" in page
    bricks.send(filled({"q1": 5}, id="r2"))
    assert Response.objects.get().subject == delays.subject


def test_a_question_may_measure_a_journey(workspace: Workspace, edda: User, edit: Any) -> None:
    journey = create_journey(workspace, name="A day out", by=edda)
    bricks = bricks_for(workspace, by=edda)
    asked = ask(bricks, "q1")
    facts = {"part": "rating", "scale": "nps:0-10", "subject": str(journey.subject_id), "version": "1"}
    assert "A day out" in edit(f"{bricks.connection.pk}/questions/{asked.pk}/", **facts)
    assert bricks.question("q1").subject == journey.subject


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({"part": "rating", "scale": "csat:1-5"}, "This field is required."),
        ({"part": "rating", "subject": "company"}, "This field is required."),
        ({"part": "attribute"}, "This field is required."),
        ({"part": ""}, "This field is required."),
        ({"part": "rating", "scale": "csat:1-9", "subject": "company"}, "Select a valid choice."),
    ],
)
def test_a_rating_needs_a_scale_and_what_it_measures(
    workspace: Workspace, edda: User, edit: Any, facts: dict[str, str], wrong: str
) -> None:
    bricks = bricks_for(workspace, by=edda)
    asked = ask(bricks, "q1")
    assert wrong in edit(f"{bricks.connection.pk}/questions/{asked.pk}/", version="1", **facts)
    assert FormbricksQuestion.objects.get().part == ""


def test_another_part_drops_what_it_has_no_use_for(
    workspace: Workspace, delays: Touchpoint, edda: User, edit: Any
) -> None:
    bricks = bricks_for(workspace, by=edda)
    asked = ask(bricks, "q1", part="rating", scale="csat:1-5", subject=delays.subject)
    same = {"scale": "csat:1-5", "subject": str(delays.subject_id)}
    edit(f"{bricks.connection.pk}/questions/{asked.pk}/", part="words", version="1", **same)
    now = bricks.question("q1")
    assert (now.part, now.scale, now.subject) == ("words", "", None)


def test_a_mapping_that_somebody_else_changed_is_not_overwritten(workspace: Workspace, edda: User, edit: Any) -> None:
    bricks = bricks_for(workspace, by=edda)
    asked = ask(bricks, "q1")
    edit(f"{bricks.connection.pk}/questions/{asked.pk}/", part="words", version="1")
    page = edit(f"{bricks.connection.pk}/questions/{asked.pk}/", part="left_out", version="1")
    assert "Somebody saved a newer version" in page
    assert bricks.question("q1").part == "words"


def test_answers_do_not_make_a_mapping_stale(at: Clock, workspace: Workspace, edda: User, edit: Any) -> None:
    bricks = bricks_for(workspace, by=edda)
    asked = ask(bricks, "q1")
    bricks.send(filled({"q1": "Words"}))
    edit(f"{bricks.connection.pk}/questions/{asked.pk}/", part="words", version="1")
    assert bricks.question("q1").part == "words"


@pytest.mark.parametrize("secret", ["secret", "whsec_c2hvcnQ="])
def test_what_is_no_secret_is_refused(workspace: Workspace, edda: User, edit: Any, secret: str) -> None:
    bricks = bricks_for(workspace, by=edda)
    version = str(bricks.connection.version)
    assert "This is no signing secret" in edit(f"{bricks.connection.pk}/", secret=secret, version=version)


def test_another_key_of_the_site_is_told(workspace: Workspace, edda: User, edit: Any, settings: Any) -> None:
    bricks = bricks_for(workspace, by=edda)
    Formbricks.objects.update(secret="gAAAA-of-another-key")
    assert "Paste it once more" in edit(f"{bricks.connection.pk}/")
    assert bricks.send(filled({"q1": 1})).status_code == 401


def test_it_is_disconnected_and_taken_back(workspace: Workspace, edda: User, edit: Any, sign_in: SignIn) -> None:
    bricks = bricks_for(workspace, by=edda)
    assert "The answers that came stay." in edit(f"{bricks.connection.pk}/archive/")
    assert "is archived" in edit(f"{bricks.connection.pk}/archive/", sure="yes")
    assert bricks.send(filled({"q1": 1})).status_code == 404
    edit(f"{bricks.connection.pk}/restore/", sure="yes")
    assert bricks.send(filled({"q1": 1})).status_code == 202


def test_a_name_is_taken_once(workspace: Workspace, edda: User, edit: Any) -> None:
    bricks_for(workspace, by=edda)
    assert "already a connection of that name" in edit("new/", name="formbricks")


def test_viewer_sees_no_address(workspace: Workspace, edda: User, vik: User, sign_in: SignIn) -> None:
    bricks = bricks_for(workspace, by=edda)
    client = sign_in(vik)
    for path in ("", f"{bricks.connection.pk}/"):
        answer = client.get(f"/w/{workspace.slug}/answers/formbricks/{path}")
        assert answer.status_code == 403
        assert bricks.connection.key not in answer.content.decode()


def test_the_page_asks_as_much_for_many_questions(
    workspace: Workspace, delays: Touchpoint, edda: User, edit: Any, django_assert_num_queries: Any
) -> None:
    bricks = bricks_for(workspace, by=edda)
    ask(bricks, "q0", part="rating", scale="csat:1-5", subject=delays.subject)
    with django_assert_num_queries(5) as few:
        edit(f"{bricks.connection.pk}/")
    for number in range(1, 6):
        ask(bricks, f"q{number}", part="rating", scale="csat:1-5", subject=delays.subject)
    with django_assert_num_queries(len(few)):
        edit(f"{bricks.connection.pk}/")
