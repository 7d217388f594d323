"""The addresses of stakeholders, for tests/doors_table.py: editors and above, and tokens that may write."""

from typing import Any

from tests.doors import EDITOR, WRITE, Door, Rest, Route, edited


def written(*resources: str) -> dict[str, Route]:
    """As `edited`, and reading asks for the same scope."""
    found: dict[str, Route] = {}
    for name, route in edited(*resources).items():
        methods: Any = dict.fromkeys(route.methods, WRITE)
        found[name] = Rest(**methods)
    return found


STAND = {"influence": "70", "support": "30", "version": "1"}
# A viewer who is named for one reads it, too: tests/personas/test_stakeholder_secrecy.py
STAKEHOLDERS: dict[str, Route] = {
    "stakeholders": Door(GET=EDITOR, asks={"show": "table", "order": "-influence"}),
    "stakeholder_create": Door(
        GET=EDITOR, POST=EDITOR, body={"name": "Works council", "influence": "60", "support": "40"}
    ),
    "stakeholder": Door(GET=EDITOR),
    "stakeholder_edit": Door(GET=EDITOR, POST=EDITOR, body={"name": "Finance", "version": "1"}),
    "stakeholder_move": Door(POST=EDITOR, body=STAND),
    "stakeholder_back": Door(POST=EDITOR),
    "stakeholder_archive": Door(GET=EDITOR, POST=EDITOR),
    "stakeholder_restore": Door(POST=EDITOR),
    "stakeholder_step_create": Door(POST=EDITOR, body={"text": "Bring the forecast"}),
    "stakeholder_step_edit": Door(GET=EDITOR, POST=EDITOR, body={"text": "Bring it", "version": "1"}),
    "stakeholder_step_done": Door(POST=EDITOR, body={"done": "1", "version": "1"}),
    "stakeholder_step_archive": Door(POST=EDITOR),
    "stakeholder_step_restore": Door(POST=EDITOR),
    **written("stakeholders", "next-steps"),
    "api-stakeholders-positions": Rest(GET=WRITE),
}
