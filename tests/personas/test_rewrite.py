import pytest

from personas.actions import rewrite
from personas.models import Persona
from tests.cast import SignIn
from tests.personas.scene import HTMX, mara, page
from workspaces.models import User, Workspace


@pytest.mark.parametrize(
    ("fact", "typed", "shown"),
    [
        ("household", "With Ben, in Leipzig", "With Ben, in Leipzig"),
        ("age", "34", "34"),
        ("share", "46", "46% of customers"),
        ("margin", "42.50", "42.50 EUR a year"),
        ("retention", "82", "82% stay for another year"),
        ("portrait", "bob", "<svg"),
        ("name", "Mara Lindner-Öztürk", "Mara Lindner-Öztürk"),
        ("quote", "لا أحد يقول شيئًا", 'dir="auto">لا أحد يقول شيئًا</blockquote>'),
    ],
)
def test_one_fact_is_written_where_it_stands(
    workspace: Workspace, edda: User, sign_in: SignIn, fact: str, typed: str, shown: str
) -> None:
    persona, client = mara(workspace, edda), sign_in(edda)
    url = page("persona_fact", persona, fact=fact)
    assert client.get(url, headers=HTMX).status_code == 200
    was = str(getattr(persona, fact) or "")
    answer = client.post(url, {"was": was, "value": typed}, headers=HTMX)
    assert answer.status_code == 200
    assert shown in answer.content.decode()
    assert client.post(url, {"was": was, "value": typed}).headers["Location"] == page("persona", persona), "twice"


def test_of_two_who_write_the_same_fact_neither_loses_a_word(
    workspace: Workspace, edda: User, ada: User, sign_in: SignIn
) -> None:
    persona, client = mara(workspace, edda), sign_in(edda)
    url = page("persona_fact", persona, fact="job")
    rewrite(persona, "job", was="", value="Copy editor", by=ada)
    answer = client.post(url, {"was": "", "value": "Proofreader"}, headers=HTMX)
    assert answer.status_code == 409
    assert "Somebody wrote “Copy editor” here meanwhile" in answer.content.decode()
    assert 'value="Proofreader"' in answer.content.decode()
    assert client.post(url, {"was": "Copy editor", "value": "Proofreader"}, headers=HTMX).status_code == 200
    assert Persona.objects.get().job == "Proofreader"


def test_two_who_write_two_facts_do_not_meet(workspace: Workspace, edda: User, ada: User, sign_in: SignIn) -> None:
    persona = mara(workspace, edda)
    rewrite(persona, "job", was="", value="Copy editor", by=ada)
    url = page("persona_fact", persona, fact="household")
    assert sign_in(edda).post(url, {"was": "", "value": "Alone"}, headers=HTMX).status_code == 200
    persona.refresh_from_db()
    assert (persona.job, persona.household) == ("Copy editor", "Alone")


@pytest.mark.parametrize(
    ("fact", "typed", "why"),
    [
        ("share", "138", "less than or equal to 100"),
        ("retention", "100", "Fewer than all stay"),
        ("name", "", "required"),
    ],
)
def test_what_cannot_be_is_said_and_not_stored(
    workspace: Workspace, edda: User, sign_in: SignIn, fact: str, typed: str, why: str
) -> None:
    persona = mara(workspace, edda)
    url = page("persona_fact", persona, fact=fact)
    answer = sign_in(edda).post(url, {"was": str(getattr(persona, fact) or ""), "value": typed}, headers=HTMX)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert Persona.objects.get().version == 1


def test_a_name_that_is_taken_is_refused(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    persona = mara(workspace, edda)
    mara(workspace, edda, name="Jürgen Petersen")
    url = page("persona_fact", persona, fact="name")
    answer = sign_in(edda).post(url, {"was": "Mara Lindner", "value": "jürgen petersen"}, headers=HTMX)
    assert answer.status_code == 422
    assert "already a persona of that name" in answer.content.decode()


def test_there_is_no_other_fact_and_only_editors_write(
    workspace: Workspace, edda: User, vik: User, otto: User, sign_in: SignIn
) -> None:
    persona = mara(workspace, edda)
    assert sign_in(edda).get(page("persona_fact", persona, fact="workspace")).status_code == 404
    url = page("persona_fact", persona, fact="job")
    assert sign_in(vik).post(url, {"was": "", "value": "No"}).status_code == 403
    assert sign_in(otto).post(url, {"was": "", "value": "No"}).status_code == 404


def test_what_a_customer_is_worth_is_reckoned_and_the_formula_shown(
    workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    persona = mara(workspace, edda, margin=10_000, retention=85, discount=10)
    drawn = sign_in(edda).get(page("persona", persona)).content.decode()
    assert "340.00 EUR a customer" in drawn  # SCORING §9: 100, .85, .10 → 340
    assert "100.00 EUR × 85% ÷ (100% + 10% − 85%)" in drawn


def test_a_value_is_not_told_before_all_three_figures_are_there(workspace: Workspace, edda: User) -> None:
    assert mara(workspace, edda, margin=10_000, retention=85).value is None
