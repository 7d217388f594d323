"""Questionnaires that come to another persona: they, their answers and what was observed go together."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection

from feedback.actions import statements, statements_of_personas
from feedback.actions.heard_personas import Pair, hold_personas, settle_personas, who_came
from touchpoints.actions import Observed, observe
from workspaces.models import Workspace


class Moved(NamedTuple):
    """A locked questionnaire by its id, whose it was, whose it is now, and whether a rule says so."""

    submission: int
    was: int | None
    persona: int | None
    by_rule: bool


def move_to_personas(workspace: Workspace, moved: Sequence[Moved]) -> None:
    """Give locked questionnaires their new personas. In the caller's transaction, as any edit: what came goes.

    So that at every moment the scores of each persona, less what waits to be folded, are what its answers say.
    """
    if not moved:
        return
    columns: dict[str, list[Any]] = {
        "id": [one.submission for one in moved],
        "was": [one.was for one in moved],
        "persona": [one.persona for one in moved],
        "by_rule": [one.by_rule for one in moved],
    }
    with connection.cursor() as cursor:
        cursor.execute(statements_of_personas.GIVE_PERSONAS, columns)
        cursor.execute(statements.TOUCH_RESPONSES, columns)
        cursor.execute(statements_of_personas.WHAT_THEY_ANSWERED, columns)
        answered = cursor.fetchall()
    went = {Pair(subject, was) for subject, *_, was, _persona, _times in answered if was is not None}
    came = {Pair(subject, persona) for subject, *_, persona, _times in answered if persona is not None}
    held = hold_personas(workspace.pk, went | came)
    observed = []
    for subject, metric, scale, day, value, was, persona, times in answered:
        observed.append(Observed(subject, held.counted(subject, was), metric, scale, day, value, -times))
        observed.append(Observed(subject, held.counted(subject, persona), metric, scale, day, value, +times))
    observe(workspace.pk, observed)
    settle_personas(workspace.pk, held, came=who_came(columns["id"], came & held.unheard), went=went)
