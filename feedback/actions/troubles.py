"""What sources have had refused, kept for those who look after them: the reasons, never what was said."""

import datetime
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from feedback.actions.answer import Reason, refusal_message
from feedback.actions.usage import Wrong
from feedback.models import SourceTrouble
from workspaces import clock
from workspaces.models import Workspace
from workspaces.transactions import retried

KEPT = datetime.timedelta(days=30)  # after the last time
MOST = 200  # reasons that a workspace keeps, the latest ones
UNSAID = "…"  # in the place of a value that was refused, which is the customer's
TOLD = frozenset({"field", "low", "high", "limit", "attribute"})  # parameters that hold nothing of a customer

KEEP = """
INSERT INTO feedback_sourcetrouble (workspace_id, source, reason, field, params, times, first_at, last_at)
SELECT %(workspace)s, source, reason, field, params::jsonb, times, %(now)s, %(now)s
FROM unnest(%(source)s::text[], %(reason)s::text[], %(field)s::text[], %(params)s::text[], %(times)s::int[])
    AS told (source, reason, field, params, times)
ON CONFLICT (workspace_id, source, reason, field) DO UPDATE
SET times = LEAST(feedback_sourcetrouble.times::bigint + excluded.times, 2147483647)::int,
    params = excluded.params, last_at = GREATEST(feedback_sourcetrouble.last_at, excluded.last_at)
"""
FORGET = """
DELETE FROM feedback_sourcetrouble
WHERE workspace_id = %(workspace)s AND (
    last_at < %(before)s
    OR id IN (
        SELECT id FROM feedback_sourcetrouble WHERE workspace_id = %(workspace)s
        ORDER BY last_at DESC, id DESC OFFSET %(most)s
    )
)
"""


class Unlike(TextChoices):
    """Why a row is none, beside what stands against what it says; the label is the message."""

    NO_SUCH_FIELD = "no such field", _("It has a field that does not exist.")
    WRONG_KIND = "wrong kind", _("“%(field)s” is missing, or not of its kind.")


class Trouble(NamedTuple):
    """A row of a source that was refused. `reason`: an Unlike, Reason or Wrong; `params` fill its message."""

    source: str
    reason: str
    field: str = ""
    params: tuple[tuple[str, object], ...] = ()


@retried
def note_troubles(workspace: Workspace, troubles: Iterable[Trouble]) -> None:
    """Count these refusals; what nobody had for 30 days, or is beyond the latest 200 reasons, is forgotten."""
    listed = list(troubles)
    counted = Counter((one.source, one.reason, one.field) for one in listed)
    if not counted:
        return
    params = {(one.source, one.reason, one.field): told_of(one) for one in listed}
    keys = sorted(counted)  # in one order, so that nobody waits for anybody in turn
    source, reason, field = (list(column) for column in zip(*keys, strict=True))
    now = clock.now()
    with connection.cursor() as cursor:
        rows = {"params": [json.dumps(params[key]) for key in keys], "times": [counted[key] for key in keys]}
        told: dict[str, Any] = {
            "workspace": workspace.pk,
            "source": source,
            "reason": reason,
            "field": field,
            "now": now,
            **rows,
        }
        cursor.execute(KEEP, told)
        cursor.execute(FORGET, {"workspace": workspace.pk, "before": now - KEPT, "most": MOST})


def told_of(trouble: Trouble) -> dict[str, object]:
    """The parameters of its message that hold nothing of a customer."""
    return {name: value for name, value in trouble.params if name in TOLD}


def words_for(trouble: SourceTrouble) -> str:
    """Why it was refused, in the language that is active now."""
    params: Mapping[str, object] = {"value": UNSAID, "field": trouble.field, **trouble.params}
    if trouble.reason in Unlike.values:
        return str(Unlike(trouble.reason).label) % params
    if trouble.reason in Wrong.values:
        return str(Wrong(trouble.reason).label)
    return refusal_message(trouble.reason, params) if trouble.reason in Reason.values else trouble.reason
