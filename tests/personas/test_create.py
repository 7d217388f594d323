import datetime

import pytest

from personas.models import Persona
from tests.cast import SignIn
from tests.personas.scene import mara, typed
from workspaces.models import AuditEntry, User, Workspace


def address(workspace: Workspace) -> str:
    return f"/w/{workspace.slug}/personas/new/"


def test_editor_creates_a_persona(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    facts = typed(share="38", age="34", quote="I mind the silence.", goals="Dinner\nSleep", review_date="2027-02-01")
    answer = sign_in(edda).post(address(workspace), facts, follow=True)
    assert answer.redirect_chain
    page = answer.content.decode()
    for shown in ("Mara Lindner", "I mind the silence.", "38% of customers", "Dinner", "Sleep", "1 February 2027"):
        assert shown in page
    persona = Persona.objects.of(workspace).get()
    assert persona.review_date == datetime.date(2027, 2, 1)
    assert AuditEntry.objects.of(workspace).filter(verb="persona.create", actor=edda).count() == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "This field is required."),
        ("name", "  ", "This field is required."),
        ("name", "x" * 201, "at most 200 characters"),
        ("goals", "ab\n" * 4_000, "at most 10000 characters"),
        ("goals", "x" * 501, "at most 500 characters"),
        ("share", "101", "less than or equal to 100"),
        ("share", "-1", "greater than or equal to 0"),
        ("share", "many", "Enter a whole number."),
        ("age", "121", "less than or equal to 120"),
        ("review_date", "9999-12-31", "less than or equal to 2200-01-01"),
        ("review_date", "tomorrow", "Enter a valid date."),
        ("evidence", "rumour", "Select a valid choice."),
    ],
)
def test_bad_input_is_said_beside_its_field(
    field: str, value: str, said: str, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    answer = sign_in(edda).post(address(workspace), typed(**{field: value}))
    assert answer.status_code == 422
    assert said in answer.context["form"].errors[field][0]
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Persona.objects.of(workspace).exists()


def test_a_name_is_given_once(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    mara(workspace, edda)
    answer = sign_in(edda).post(address(workspace), typed(name="mara LINDNER"))
    assert answer.status_code == 422
    assert answer.context["form"].errors["name"] == ["There is already a persona of that name."]
    assert Persona.objects.of(workspace).count() == 1


def test_viewer_cannot_create_a_persona(workspace: Workspace, vik: User, sign_in: SignIn) -> None:
    assert sign_in(vik).post(address(workspace), typed()).status_code == 403
    assert "New persona" not in sign_in(vik).get(f"/w/{workspace.slug}/personas/").content.decode()


def test_outsider_finds_no_form(workspace: Workspace, otto: User, sign_in: SignIn) -> None:
    assert sign_in(otto).post(address(workspace), typed()).status_code == 404
