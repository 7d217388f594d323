"""All that a workspace holds as fingerprints, to be compared before and after."""

import functools
from collections.abc import Iterator

from django.apps import apps
from django.db import connection
from django.db.models import Model

from workspaces.models import Visit, Workspace


def owned_models() -> Iterator[type[Model]]:
    """Every table of ours that belongs to a workspace."""
    for model in apps.get_models(include_auto_created=True):
        if any(field.name == "workspace" for field in model._meta.fields):
            yield model


def dump(workspace: Workspace) -> dict[str, str]:
    """A fingerprint of all that a workspace holds, table by table, to be compared before and after."""
    with connection.cursor() as cursor:
        cursor.execute(dump_statement(), {"workspace": workspace.pk})
        return dict(cursor.fetchall())


@functools.cache
def dump_statement() -> str:
    """One statement over every table that belongs to a workspace, the workspace itself, and its people.

    All but when members looked: that is noted by looking, and is nothing that anybody wrote.
    """
    rows = {model._meta.db_table: "workspace_id = %(workspace)s" for model in owned_models() if model is not Visit}
    rows[Workspace._meta.db_table] = "id = %(workspace)s"
    parts = [fingerprint(table, f"SELECT * FROM {table} WHERE {condition}") for table, condition in rows.items()]
    people = "SELECT user_id FROM workspaces_membership WHERE workspace_id = %(workspace)s"
    known = f"SELECT id, email, name, password, is_active FROM workspaces_user WHERE id IN ({people})"
    return " UNION ALL ".join([*parts, fingerprint("people", known)])


def fingerprint(name: str, rows: str) -> str:
    """A statement that gives a name and the hash of these rows in the order of their ids."""
    return f"SELECT '{name}', coalesce(md5(string_agg(t::text, '|' ORDER BY t.id)), '') FROM ({rows}) t"
