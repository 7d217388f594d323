import pytest

from feedback.actions import forget_picked, pick_verbatim, record_responses
from feedback.models import PickedVerbatim, Response
from personas.actions import notes_of
from personas.models import Note, Persona, PersonaEdition
from tests.answering import an_answer
from tests.cast import SignIn
from tests.personas.scene import mara, page
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

SAID = "Nobody told us anything for forty minutes."


@pytest.fixture
def persona(workspace: Workspace, edda: User) -> Persona:
    return mara(workspace, edda)


@pytest.fixture
def said(workspace: Workspace, delays: Touchpoint, persona: Persona) -> Response:
    record_responses(workspace, [an_answer(delays, 1, text=SAID, persona=persona)])
    found: Response = Response.objects.select_related("submission").get()
    return found


def test_a_comment_is_picked_and_stands_on_the_sheet_as_measured(
    persona: Persona, said: Response, edda: User, sign_in: SignIn
) -> None:
    client, listed = sign_in(edda), page("persona_verbatims", persona)
    assert SAID in client.get(listed).content.decode()
    pick = page("persona_verbatim_pick", persona, response_id=said.pk)
    drawn = client.post(pick, {"kind": "feels", "q": "forty"}, follow=True).content.decode()
    assert "On the sheet" in drawn
    note = notes_of(persona, "feels")[0]
    assert (note.text, note.evidence, note.heard) == (SAID, "measured", 1)
    assert note.source.startswith("An answer of")


def test_words_are_looked_for_among_this_persona_or_everybody(
    workspace: Workspace, delays: Touchpoint, persona: Persona, said: Response, edda: User, sign_in: SignIn
) -> None:
    record_responses(workspace, [an_answer(delays, 5, text="Two taps, done.")])
    client, listed = sign_in(edda), page("persona_verbatims", persona)
    assert "Two taps" not in client.get(listed).content.decode()
    everybody = client.get(listed, {"all": "on"}).content.decode()
    assert "Two taps" in everybody
    assert SAID in everybody
    found = client.get(listed, {"all": "on", "q": "TAPS"}).content.decode()
    assert "Two taps" in found
    assert SAID not in found
    assert "Nothing matches." in client.get(listed, {"q": "train"}).content.decode()


def test_picking_twice_is_harmless(persona: Persona, said: Response, edda: User) -> None:
    first = pick_verbatim(said, persona, kind="says", by=edda)
    assert pick_verbatim(said, persona, kind="thinks", by=edda) == first
    assert Note.objects.count() == PickedVerbatim.objects.count() == 1


def test_a_comment_that_is_gone_by_now_is_not_picked(persona: Persona, said: Response, edda: User) -> None:
    Response.objects.update(text="")
    assert pick_verbatim(said, persona, kind="says", by=edda) is None
    assert not Note.objects.exists()


def test_a_comment_that_is_longer_than_a_note_is_cut_visibly(persona: Persona, said: Response, edda: User) -> None:
    Response.objects.update(text="long " * 300)
    note = pick_verbatim(said, persona, kind="says", by=edda)
    assert len(note.text) == 500
    assert note.text.endswith("…")


def test_what_is_forgotten_leaves_the_sheet_and_every_version_of_it(
    persona: Persona, said: Response, edda: User
) -> None:
    pick_verbatim(said, persona, kind="says", by=edda)
    assert SAID in str([edition.sheet for edition in PersonaEdition.objects.all()])
    assert forget_picked(persona.workspace, [said.pk]) == 1
    assert not Note.objects.exists()
    assert SAID not in str([edition.sheet for edition in PersonaEdition.objects.all()])
    assert forget_picked(persona.workspace, [said.pk]) == 0


def test_only_editors_pick_and_only_here(
    persona: Persona, said: Response, vik: User, otto: User, sign_in: SignIn
) -> None:
    pick = page("persona_verbatim_pick", persona, response_id=said.pk)
    assert sign_in(vik).post(pick).status_code == 403
    assert sign_in(otto).post(pick).status_code == 404
    assert not Note.objects.exists()
