import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from personas.actions import add_notes, notes_of
from personas.models import MOST_NOTES, Note, NoteKind
from tests.cast import SignIn
from tests.personas.scene import HTMX, mara, page
from workspaces.errors import Refused
from workspaces.models import User, Workspace

NEW = "note_create"


def test_a_note_is_typed_and_stands_last_in_its_list(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    persona, client = mara(workspace, edda), sign_in(edda)
    for text in ("Trains should beat the car.", "A cheap fare has a catch."):
        answer = client.post(page(NEW, persona), {"kind": "thinks", "text": text}, headers=HTMX)
        assert answer.status_code == 200
    drawn = answer.content.decode()
    assert drawn.index("Trains should beat the car.") < drawn.index("A cheap fare has a catch.")
    assert 'hx-target="#notes-thinks"' in drawn
    assert 'data-grade="open"' in drawn, "until somebody says what it rests on, it is an assumption"
    assert [note.text for note in notes_of(persona, "thinks")] == [
        "Trains should beat the car.",
        "A cheap fare has a catch.",
    ]


def test_without_script_the_form_leads_back_to_the_page(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    persona, client = mara(workspace, edda), sign_in(edda)
    assert client.get(page(NEW, persona), {"kind": "pain"}).status_code == 200
    answer = client.post(page(NEW, persona), {"kind": "pain", "text": "Silence during delays"})
    assert answer.headers["Location"] == page("persona", persona)
    assert "Silence during delays" in client.get(page("persona", persona)).content.decode()


def test_many_lines_become_as_many_notes(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    persona = mara(workspace, edda)
    sign_in(edda).post(page(NEW, persona), {"kind": "does", "text": "Books\n\n  Asks twice \nBooks\n"}, headers=HTMX)
    assert [note.text for note in notes_of(persona, "does")] == ["Books", "Asks twice"]


def test_what_is_said_already_is_not_said_twice(workspace: Workspace, edda: User) -> None:
    persona = mara(workspace, edda)
    first = add_notes(persona, "thinks", ["Never again"], by=edda)
    assert add_notes(persona, "thinks", ["Never again"], by=edda) == first
    assert Note.objects.filter(persona=persona).count() == 1


@pytest.mark.parametrize(
    ("body", "why"),
    [({"text": "x" * 501}, "at most 500"), ({"text": " "}, "required"), ({"kind": "dreams", "text": "x"}, "dreams")],
)
def test_what_cannot_be_kept_is_told_and_nothing_is_stored(
    workspace: Workspace, edda: User, sign_in: SignIn, body: dict[str, str], why: str
) -> None:
    persona = mara(workspace, edda)
    answer = sign_in(edda).post(page(NEW, persona), {"kind": "thinks", **body}, headers=HTMX)
    assert why in answer.content.decode()
    assert not Note.objects.exists()
    assert sign_in(edda).post(page(NEW, persona), {"kind": "thinks", **body}).status_code == 422


def test_a_persona_has_at_most_five_hundred_notes(workspace: Workspace, edda: User) -> None:
    persona = mara(workspace, edda)
    add_notes(persona, "does", [f"No. {number}" for number in range(MOST_NOTES)], by=edda)
    with pytest.raises(Refused, match="at most 500 notes"):
        add_notes(persona, "feels", ["One too many"], by=edda)
    assert Note.objects.filter(kind=NoteKind.FEELS).count() == 0


def test_only_editors_add_and_only_here(
    workspace: Workspace, edda: User, vik: User, otto: User, sign_in: SignIn
) -> None:
    persona = mara(workspace, edda)
    body = {"kind": "thinks", "text": "No"}
    assert sign_in(vik).post(page(NEW, persona), body).status_code == 403
    assert sign_in(otto).post(page(NEW, persona), body).status_code == 404
    assert not Note.objects.exists()


def test_signs_emoji_and_writing_from_right_to_left_stand_as_they_are(
    workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    persona = mara(workspace, edda)
    said = ["<b>bold</b> & “so”", "🚆❤️ 12 %", "لا أحد يقول شيئًا"]
    add_notes(persona, "says", said, by=edda)
    drawn = sign_in(edda).get(page("persona", persona)).content.decode()
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; “so”" in drawn
    assert '<span class="note-text" dir="auto">لا أحد يقول شيئًا</span>' in drawn
    assert "🚆❤️ 12 %" in drawn


@pytest.mark.django_db
def test_the_page_asks_as_much_for_many_notes_as_for_few(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    few, many, client = mara(workspace, edda), mara(workspace, edda, name="Jürgen"), sign_in(edda)
    for kind in NoteKind.values:
        add_notes(few, kind, ["One"], by=edda)
        add_notes(many, kind, [f"No. {number}" for number in range(40)], by=edda)
    asked = []
    for persona in (few, many):
        client.get(page("persona", persona))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(page("persona", persona)).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
