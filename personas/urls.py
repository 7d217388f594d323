"""Addresses of personas, below /w/<slug>/. Each one's own page stands in `scorecards.urls`."""

from django.urls import URLPattern, URLResolver, include, path

from personas.views import editions, facts, files, notes, personas

note_urls: list[URLPattern] = [
    path("edit/", notes.note_edit, name="note_edit"),
    path("move/", notes.note_move, name="note_move"),
    path("archive/", notes.note_archive, name="note_archive"),
    path("restore/", notes.note_restore, name="note_restore"),
]
persona_urls: list[URLPattern | URLResolver] = [
    path("edit/", personas.persona_edit, name="persona_edit"),
    path("duplicate/", personas.persona_duplicate, name="persona_duplicate"),
    path("review/", personas.persona_review, name="persona_review"),
    path("archive/", personas.persona_archive, name="persona_archive"),
    path("restore/", personas.persona_restore, name="persona_restore"),
    path("facts/<slug:fact>/", facts.persona_fact, name="persona_fact"),
    path("notes/", notes.note_create, name="note_create"),
    path("notes/<int:note_id>/", include(note_urls)),
    path("persona.md", files.persona_markdown, name="persona_markdown"),
    path("persona.json", files.persona_json, name="persona_json"),
    path("versions/", editions.persona_editions, name="persona_editions"),
    path("versions/<int:edition_id>/restore/", editions.edition_restore, name="edition_restore"),
]
urlpatterns = [
    path("personas/", personas.personas, name="personas"),
    path("personas/new/", personas.persona_create, name="persona_create"),
    path("personas/file/", files.persona_import, name="persona_import"),
    path("personas/<int:persona_id>/", include(persona_urls)),
]
