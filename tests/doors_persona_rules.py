"""Who may do what with the rules by which answers come to personas, and with merging them, for tests/doors_table.py."""

from tests.doors import EDITOR, READ, VIEWER, WRITE, Door, Rest, Route, edited

RULED: dict[str, Route] = {
    **edited("persona-rules"),
    "api-persona-rules-taken": Rest(GET=READ),
    "api-persona-rules-apply": Rest(POST=WRITE),
    "api_persona_ties": Rest(GET=READ),
    "api_persona_merge": Rest(POST=WRITE),
    "api_persona_figures": Rest(GET=READ, asks={"from": "2026-01-01", "to": "2026-02-01"}),
    "persona_merge": Door(GET=EDITOR, POST=EDITOR),
    "persona_ties": Door(GET=VIEWER),
    "persona_figures": Door(GET=VIEWER),
    "persona_rules": Door(GET=VIEWER),
    "persona_rule_create": Door(GET=EDITOR, POST=EDITOR, body={"segment": "Weekend"}),
    "persona_rule_edit": Door(GET=EDITOR, POST=EDITOR, body={"segment": "Weekend", "version": "1"}),
    "persona_rule_move": Door(POST=EDITOR, body={"to": "1"}),
    "persona_rule_archive": Door(POST=EDITOR),
    "persona_rule_restore": Door(POST=EDITOR),
    "persona_rules_apply": Door(GET=EDITOR, POST=EDITOR),
    "persona_rules_cancel": Door(POST=EDITOR),
}
