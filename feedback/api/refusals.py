"""What became of pushed rows that were refused: told to those who look after the source, after the answer."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import structlog
from django.db import DatabaseError
from rest_framework.request import Request

from feedback.actions import Reason, Result, Status
from feedback.actions.troubles import Trouble, Unlike, note_troubles
from feedback.api.rows import ANSWER, Misread, Shape
from workspaces.api.resource import Resource
from workspaces.models import Scope

log = structlog.get_logger(__name__)

LONGEST_SOURCE = 80


class Pushing(Resource):
    """Rows that programs push.

    `pushed`: what became of each, told with a refusal, too. `refused`: what is kept of it for those who look after the
    source.
    """

    pushed: dict[str, Any] | None = None
    refused: Sequence[Trouble] = ()

    @property
    def scope(self) -> str:
        """Pushing has a scope of its own."""
        return Scope.INGEST.value if self.request.method == "POST" else ""

    def state_now(self) -> dict[str, Any]:
        """Of pushed rows, what became of each."""
        return self.pushed or super().state_now()

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Once it is settled what was stored, keep what was refused, also where that was all.

        That this fails is nobody's trouble but ours.
        """
        if self.refused:
            try:
                note_troubles(self.workspace, self.refused)
            except DatabaseError:
                log.exception("troubles_not_kept")
        return super().finalize_response(request, response, *args, **kwargs)


def troubles_of(rows: Sequence[Any], results: Sequence[Result]) -> Iterator[Trouble]:
    """What was refused of pushed answers, by their sources; without those that others kept from being stored."""
    for row, result in zip(rows, results, strict=True):
        refusal = result.refusal
        if result.status is not Status.REFUSED or refusal is None or refusal.reason is Reason.OTHERS:
            continue
        if source := source_in(row):
            if isinstance(refusal, Misread):
                yield from of_fields(source, refusal.errors, refusal.not_here, ANSWER)
            else:
                field = str(refusal.params.get("field", ""))
                yield Trouble(source, refusal.reason.value, field, tuple(refusal.params.items()))


def of_fields(source: str, faulty: Iterable[str], known: Any, shape: Shape) -> Iterator[Trouble]:
    """A trouble for each faulty field. `known`: the reasons that are known, by field."""
    for field in faulty:
        if field in known:
            yield Trouble(source, known[field].value, field)
        elif field in shape.known:
            yield Trouble(source, Unlike.WRONG_KIND.value, field)
        else:
            yield Trouble(source, Unlike.NO_SUCH_FIELD.value)


def source_in(row: Any) -> str:
    """The source that a row names; empty where it names none."""
    source = row.get("source") if type(row) is dict else None
    return source if type(source) is str and len(source) <= LONGEST_SOURCE else ""
