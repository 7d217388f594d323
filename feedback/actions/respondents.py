"""Who answered, by the company's own names for them: found, made where they are new, and never made for the erased."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection

from feedback.actions import statements
from feedback.models import Erasure, seal
from workspaces import clock
from workspaces.models import Workspace


def erased_of(workspace: Workspace, references: Collection[str]) -> set[str]:
    """Those of these people whose data were erased and who may not answer again yet. No statement for nobody."""
    if not references:
        return set()
    sealed = {seal(workspace.pk, reference): reference for reference in references}
    in_force = Erasure.objects.of(workspace).filter(digest__in=sealed, lifted_at=None)
    return {sealed[digest] for digest in in_force.values_list("digest", flat=True)}


def hold_respondents(workspace: Workspace, references: Iterable[str]) -> dict[str, int]:
    """The ids of these people, made where they are new and held until the transaction ends, so that nobody erases them.

    Without those who are erased: also one for whom that was decided a moment ago.
    """
    wanted: dict[str, Any] = {"workspace": workspace.pk, "reference": sorted(set(references)), "now": clock.now()}
    with connection.cursor() as cursor:
        cursor.execute(statements.ADD_RESPONDENTS, wanted)
        made = {pk for (pk,) in cursor.fetchall()}
        cursor.execute(statements.HOLD_RESPONDENTS, wanted)
        held = dict(cursor.fetchall())
        # Whoever erases somebody holds their row, or made one for it. So one that was made is here for nothing.
        if erased := erased_of(workspace, wanted["reference"]) if made else set():
            cursor.execute(statements.DROP_RESPONDENTS, {"ids": [held.pop(reference) for reference in erased]})
    return held
