"""What a persona's page asks of the database, however much is said of the persona."""

from django.urls import reverse

from bench.frame import figure, statements
from bench.frame_map import Editor
from personas.actions import add_notes, create_persona
from personas.models import NoteKind


def figures(*, sizes: tuple[int, int] = (10, 500)) -> None:
    """Statements of the page of a persona with few and with very many notes."""
    editor = Editor()
    for size in sizes:
        persona = create_persona(editor.workspace, name=f"Persona {size}", by=editor.user)
        kinds = NoteKind.values
        for number, kind in enumerate(kinds):
            texts = [f"Note {place}" for place in range(number, size, len(kinds))]
            add_notes(persona, kind, texts, by=editor.user)
        url = reverse("persona", args=[editor.workspace.slug, persona.pk])
        editor.ask(url)
        figure(f"people.persona_statements.{size}", len(statements(lambda at=url: editor.ask(at))), "statements")
