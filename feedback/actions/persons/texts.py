"""Names of a person in what the team wrote: notes, insights, names of things, and what was written down of changes."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models

from feedback.actions.persons.sought import Person
from feedback.models import Erasure, Filling, Respondent, Response, Submission
from workspaces.models import ApiToken, AuditEntry, Invitation, Job, KeptAnswer, Workspace, WorkspaceOwned

INSTEAD = "…"
# These have ways of their own, hold nothing of customers, or are about members.
OTHERWISE = (Respondent, Response, Filling, Job, KeptAnswer, Erasure, AuditEntry, Invitation, ApiToken)
IDS = {(Submission, "external_id"), (Submission, "source")}  # replaced as a whole, or the name of a whole source


def count_named(workspace: Workspace, person: Person) -> int:
    """How many such texts name them."""
    return sum(_ask("SELECT count(*) FROM {table} WHERE {named}", one, workspace, person) for one in _texts(person))


def leave_unnamed(workspace: Workspace, person: Person) -> int:
    """Put an ellipsis for their names in all such texts, and return in how many. The rest of each text stays."""
    written = "UPDATE {table} SET {column} = regexp_replace({column}::text, %(pattern)s, %(instead)s, 'gi'){kind}"
    gone = 0
    for one in _texts(person):
        if _ask("SELECT count(*) FROM {table} WHERE {named}", one, workspace, person):
            gone += _ask(f"{written} WHERE {{named}}", one, workspace, person)
    return gone


def _texts(person: Person) -> "Iterator[models.Field[Any, Any]]":
    """The columns in which members write. Found, not listed: a new table shall not be forgotten."""
    if not person.pattern:
        return
    for model in apps.get_models():
        if not issubclass(model, WorkspaceOwned) or issubclass(model, OTHERWISE):
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField) and not (
                field.choices or field.unique or (model, field.name) in IDS
            ):
                yield field


def _ask(statement: str, field: "models.Field[Any, Any]", workspace: Workspace, person: Person) -> int:
    """Count or change, and return how many."""
    quoted = connection.ops.quote_name
    column = quoted(str(field.column))
    asked = statement.format(
        table=quoted(field.model._meta.db_table),
        column=column,
        kind="::jsonb" if isinstance(field, models.JSONField) else "",
        named=f"workspace_id = %(workspace)s AND {column}::text ~* %(pattern)s",
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, {"workspace": workspace.pk, "pattern": person.pattern, "instead": INSTEAD})
        return int(cursor.fetchone()[0]) if cursor.description else cursor.rowcount
