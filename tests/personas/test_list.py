import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import SignIn
from tests.personas.scene import mara
from workspaces.models import User, Workspace


def test_an_empty_list_begins_with_one_prompt(workspace: Workspace, edda: User, vik: User, sign_in: SignIn) -> None:
    assert "First persona" in sign_in(edda).get(f"/w/{workspace.slug}/personas/").content.decode()
    assert "First persona" not in sign_in(vik).get(f"/w/{workspace.slug}/personas/").content.decode()


def test_personas_stand_in_the_order_of_a_dictionary(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    for name in ("Zoe", "Ärztin", "berufspendler", "Arzt", "Straßer", "Strasse"):
        mara(workspace, edda, name=name)
    page = sign_in(edda).get(f"/w/{workspace.slug}/personas/")
    names = [str(persona) for persona in page.context["page"]]
    assert names == ["Arzt", "Ärztin", "berufspendler", "Strasse", "Straßer", "Zoe"]


@pytest.mark.parametrize(
    ("days", "age", "words"),
    [
        (-1, "overdue", "Review overdue since"),
        (0, "soon", "Review due on"),
        (30, "soon", "Review due on"),
        (31, "later", "Review on"),
    ],
)
def test_the_review_date_ages_visibly(
    days: int, age: str, words: str, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    today = timezone.localdate(timezone=workspace.zone)
    mara(workspace, edda, review_date=today + datetime.timedelta(days=days))
    page = sign_in(edda).get(f"/w/{workspace.slug}/personas/").content.decode()
    assert f'data-age="{age}"' in page
    assert words in page


def test_more_personas_cost_no_more_statements(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    client, counted = sign_in(edda), []
    for names in (["A"], ["B", "C", "D", "E"]):
        for name in names:
            mara(workspace, edda, name=name)
        with CaptureQueriesContext(
            connection,
        ) as statements:
            client.get(f"/w/{workspace.slug}/personas/")
        counted.append(len(statements))
    assert counted[0] == counted[1]


def test_text_is_text(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    persona = mara(workspace, edda, name="<script>x</script>", quote="“Oh” & <b>no</b>", goals="<i>a</i>\n\nb")
    for page in (f"/w/{workspace.slug}/personas/", f"/w/{workspace.slug}/personas/{persona.pk}/"):
        shown = sign_in(edda).get(page).content.decode()
        assert "<script>x" not in shown
        assert "<b>no" not in shown
        assert "<i>a" not in shown
