import datetime

from personas.actions import review_persona
from personas.models import Persona
from tests.cast import SignIn
from tests.personas.scene import mara, page
from workspaces import clock
from workspaces.models import User, Workspace


def test_a_persona_is_reviewed_and_says_by_whom(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    persona = mara(workspace, edda, review_date=datetime.date(2020, 1, 1))
    client = sign_in(edda)
    assert "Review overdue" in client.get(page("persona", persona)).content.decode()
    drawn = client.post(page("persona_review", persona), follow=True).content.decode()
    assert "Review overdue" not in drawn
    assert f"by {edda}" in drawn
    assert Persona.objects.get().reviewed_on == clock.today(workspace.zone)


def test_twice_a_day_is_harmless(workspace: Workspace, edda: User) -> None:
    persona = mara(workspace, edda)
    assert review_persona(persona, by=edda).version == review_persona(persona, by=edda).version


def test_only_editors_review_and_only_here(
    workspace: Workspace, edda: User, vik: User, otto: User, sign_in: SignIn
) -> None:
    persona = mara(workspace, edda)
    assert sign_in(vik).post(page("persona_review", persona)).status_code == 403
    assert sign_in(otto).post(page("persona_review", persona)).status_code == 404
    assert Persona.objects.get().reviewed_on is None
