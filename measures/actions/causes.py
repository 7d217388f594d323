"""The words by which a workspace sorts what its customers name to causes."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from measures.causes import named_twice, words_of
from measures.models import CauseTable
from workspaces.access import locked
from workspaces.actions import keeping
from workspaces.errors import Refused
from workspaces.models import Actor, Workspace
from workspaces.transactions import retried


def causes_of(workspace: Workspace) -> CauseTable:
    """The table of a workspace; the defaults, not stored, where nobody has changed them."""
    return CauseTable.objects.of(workspace).first() or CauseTable(workspace=workspace)


@retried
def edit_causes(workspace: Workspace, *, version: int, by: Actor, **words: Sequence[str]) -> CauseTable:
    """Let these words stand for causes, by the cause's name; causes that are not named keep theirs.

    Raises Stale, and Refused where a word would stand under two causes, or an entry has no word in it.
    """
    was: CauseTable = locked(CauseTable.objects.get_or_create(workspace=workspace)[0])
    told: Any = {cause: list(lines) for cause, lines in words.items()}
    if empty := next((one for lines in told.values() for one in lines if not words_of(one)), None):
        raise Refused(_("“%(word)s” has neither letter nor number.") % {"word": empty})
    if twice := named_twice({**was.table, **told}):
        raise Refused(_("“%(word)s” stands under two causes: it could mean either.") % {"word": twice})
    now: CauseTable = keeping.edit(was, version=version, by=by, **told)  # type: ignore[type-var] # has a version, and no shelf
    return now
