"""Under which persona answers are counted: their own one only where five of its people answered about the subject.

Whoever writes answers holds the personas concerned first (after the questionnaires, as every writer does), observes
what came and went by what `hold_personas` says, and then settles who has come to five people or fell below.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection

from feedback.actions import statements_of_personas as statements
from touchpoints.actions import Observed, observe


class Pair(NamedTuple):
    """A persona about a subject."""

    subject: int
    persona: int


@dataclass(frozen=True)
class Held:
    """Personas about subjects, as they stay until the transaction ends. `heard`: those with figures of their own."""

    heard: set[Pair] = field(default_factory=set)
    unheard: set[Pair] = field(default_factory=set)

    def counted(self, subject: int, persona: int | None) -> int | None:
        """The persona under whom an answer is counted, None for none."""
        return persona if persona is not None and (subject, persona) in self.heard else None


def hold_personas(workspace: int, pairs: Collection[Pair]) -> Held:
    """Hold these until the transaction ends: one statement where all have figures of their own, none for none.

    Those that have none are held against all others who write answers of theirs.
    """
    held = Held()
    if not pairs:
        return held
    with connection.cursor() as cursor:
        cursor.execute(statements.HOLD_HEARD, _columns(pairs))
        held.heard.update(Pair(*row) for row in cursor.fetchall())
        if others := set(pairs) - held.heard:
            cursor.execute(statements.BEGIN_TO_HEAR, {"workspace": workspace, **_columns(others)})
            cursor.execute(statements.HOLD_UNHEARD, _columns(others))
            for *pair, has_come in cursor.fetchall():
                (held.heard if has_come else held.unheard).add(Pair(*pair))
    return held


def settle_personas(
    workspace: int, held: Held, *, came: Iterable[tuple[int, int, int]] = (), went: Collection[Pair] = ()
) -> None:
    """Count as a persona's own what was not, now that five of its people were heard, and no longer what too few said.

    After what came and went is stored and observed. `came`: subject, persona and questionnaire of new answers;
    `went`: of whom answers went or changed.
    """
    if new := [one for one in came if one[:2] in held.unheard]:
        columns = dict(zip(("subject", "persona", "submission"), map(list, zip(*new, strict=True)), strict=True))
        _judge(workspace, held, statements.TAKE_WITNESSES, columns)
    if went:
        _judge(workspace, held, statements.REPLACE_WITNESSES, _columns(went))


def who_came(submissions: Collection[int], pairs: Collection[Pair]) -> list[tuple[int, int, int]]:
    """Of these questionnaires, which `settle_personas` may look at for these personas about these subjects."""
    if not pairs:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statements.WHO_CAME, {"id": list(submissions), **_columns(pairs)})
        found: list[tuple[int, int, int]] = cursor.fetchall()
        return found


def _judge(workspace: int, held: Held, statement: str, columns: dict[str, list[Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, columns)
        judged = {Pair(*pair): is_heard for *pair, is_heard in cursor.fetchall()}
    come = {pair for pair, is_heard in judged.items() if is_heard} - held.heard
    gone = {pair for pair, is_heard in judged.items() if not is_heard} & held.heard
    _count_otherwise(workspace, come, sign=+1)
    _count_otherwise(workspace, gone, sign=-1)
    held.heard.update(come)
    held.heard.difference_update(gone)


def _count_otherwise(workspace: int, pairs: Collection[Pair], *, sign: int) -> None:
    # +1: from nobody's to the personas' own; -1: back
    if not pairs:
        return
    observed = []
    with connection.cursor() as cursor:
        cursor.execute(statements.WHAT_WAS_HEARD, _columns(pairs))
        for subject, persona, metric, scale, day, value, times in cursor.fetchall():
            observed.append(Observed(subject, None, metric, scale, day, value, -sign * times))
            observed.append(Observed(subject, persona, metric, scale, day, value, sign * times))
    observe(workspace, observed)


def _columns(pairs: Iterable[Pair]) -> dict[str, list[Any]]:
    there = list(pairs)
    return {"subject": [one.subject for one in there], "persona": [one.persona for one in there]}
