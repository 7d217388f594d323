"""What is done next to win a stakeholder."""

from personas.actions import create_step, edit_step
from personas.models import NextStep
from tests.cast import SignIn
from tests.personas.say import finance, page_of
from workspaces.models import User, Workspace


def test_a_step_is_added_ticked_and_taken_back(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    one, page = finance(workspace, edda), sign_in(edda)
    typed = {"text": "Walk through the savings", "with_whom": "Katrin Voss", "due_on": "2026-11-27"}
    page.post(page_of(one, "steps/"), typed)
    step = NextStep.objects.of(workspace).get()
    text = page.get(page_of(one)).content.decode()
    for said in ("Walk through the savings", "With Katrin Voss", "27 Nov 2026"):
        assert said in text
    for _time in range(2):  # sent twice
        page.post(page_of(one, f"steps/{step.pk}/done/"), {"done": "1", "version": "1"})
    step.refresh_from_db()
    assert (step.done, step.version) == (True, 2)
    assert "data-done" in page.get(page_of(one)).content.decode()
    page.post(page_of(one, f"steps/{step.pk}/done/"), {"done": "", "version": "2"})
    step.refresh_from_db()
    assert not step.done


def test_a_step_without_words_is_refused_beside_the_map(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    one = finance(workspace, edda)
    answer = sign_in(edda).post(page_of(one, "steps/"), {"text": " ", "with_whom": "Katrin"})
    assert answer.status_code == 422
    assert "Katrin" in answer.content.decode()
    assert not NextStep.objects.of(workspace).exists()


def test_a_step_is_edited_and_nobody_s_words_are_lost(
    workspace: Workspace, edda: User, ada: User, sign_in: SignIn
) -> None:
    one = finance(workspace, edda)
    step = create_step(workspace, stakeholder=one, text="Walk through the savings", by=edda)
    edit_step(step, version=1, text="Walk through the refund calls", by=ada)
    stale = sign_in(edda).post(page_of(one, f"steps/{step.pk}/edit/"), {"text": "Call them", "version": "1"})
    assert stale.status_code == 409
    assert "Walk through the refund calls" in stale.content.decode()
    ticked = sign_in(edda).post(page_of(one, f"steps/{step.pk}/done/"), {"done": "1", "version": "1"})
    assert ticked.status_code == 409
    saved = sign_in(edda).post(page_of(one, f"steps/{step.pk}/edit/"), {"text": "Call them", "version": "2"})
    assert saved.status_code == 302


def test_a_step_is_taken_off_and_comes_back(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    one, page = finance(workspace, edda), sign_in(edda)
    step = create_step(workspace, stakeholder=one, text="Walk through the savings", by=edda)
    page.post(page_of(one, f"steps/{step.pk}/archive/"))
    page.get(page_of(one))  # the toast that names it
    assert "Walk through the savings" not in page.get(page_of(one)).content.decode()
    page.post(page_of(one, f"steps/{step.pk}/restore/"))
    page.get(page_of(one))
    assert "Walk through the savings" in page.get(page_of(one)).content.decode()


def test_another_s_step_is_not_reached_by_this_address(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    one, other = finance(workspace, edda), finance(workspace, edda, name="Legal")
    step = create_step(workspace, stakeholder=other, text="Ask", by=edda)
    for verb in ("edit", "done", "archive", "restore"):
        assert sign_in(edda).post(page_of(one, f"steps/{step.pk}/{verb}/"), {"version": "1"}).status_code == 404
