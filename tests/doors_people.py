"""Who may do what with personas and what is said of them, for tests/doors_table.py."""

from tests.doors import EDITOR, READ, VIEWER, WRITE, Door, Rest, Route, edited

NOTE = {"text": "If a plan breaks, I want one person.", "evidence": "interviewed", "heard": "3", "version": "1"}

SURE = {"evidence": "researched", "interviews": "2"}
PEOPLE: dict[str, Route] = {
    **edited("personas", "persona-notes"),
    "api-personas-duplicate": Rest(POST=WRITE),
    "api-personas-review": Rest(POST=WRITE),
    "api-personas-editions": Rest(GET=READ),
    "api_persona_export": Rest(GET=READ, asks={"format": "markdown"}),
    "api_persona_import": Rest(POST=WRITE),
    "personas": Door(GET=VIEWER),
    "persona_grid": Door(GET=VIEWER),
    "persona_journeys": Door(GET=VIEWER),
    "persona_create": Door(GET=EDITOR, POST=EDITOR, body={"name": "Newcomer", **SURE}),
    "persona": Door(GET=VIEWER),
    "persona_edit": Door(GET=EDITOR, POST=EDITOR, body={"name": "Renamed", **SURE}),
    "persona_archive": Door(GET=EDITOR, POST=EDITOR),
    "persona_restore": Door(POST=EDITOR),
    "persona_duplicate": Door(GET=EDITOR, POST=EDITOR, body={"name": "Another one"}),
    "persona_review": Door(POST=EDITOR),
    "persona_fact": Door(GET=EDITOR, POST=EDITOR, body={"was": "", "value": "Alone"}),
    "persona_editions": Door(GET=VIEWER),
    "edition_restore": Door(POST=EDITOR),
    "persona_markdown": Door(GET=VIEWER),
    "persona_json": Door(GET=VIEWER),
    "persona_pdf": Door(GET=VIEWER),
    "persona_import": Door(GET=EDITOR, POST=EDITOR, body={"told": "# Newcomer", "name": "Newcomer"}),
    "persona_verbatims": Door(GET=EDITOR),
    "persona_verbatim_pick": Door(POST=EDITOR, body={"kind": "says"}),
    "note_create": Door(GET=EDITOR, POST=EDITOR, body={"kind": "thinks", "text": "A cheap fare has a catch."}),
    "note_edit": Door(GET=EDITOR, POST=EDITOR, body=NOTE),
    "note_move": Door(POST=EDITOR, body={"step": "feels"}),
    "note_archive": Door(POST=EDITOR),
    "note_restore": Door(POST=EDITOR),
}
