"""What every table has in common: a workspace, and a database that refuses links across workspaces."""

import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.backends.ddl_references import Columns, Statement, Table
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# Days that people write down lie between these, in forms as in the database.
EARLIEST, LATEST = datetime.date(1970, 1, 1), datetime.date(2200, 1, 1)


class DictionaryKey(models.Func):
    """Text as a dictionary sorts it: case and accents aside, ß as ss. The database itself sorts by code point."""

    template = (
        "regexp_replace(replace(lower(normalize(%(expressions)s, NFD)), 'ß', 'ss'), '[\\u0300-\\u036f]', '', 'g')"
    )
    output_field = models.CharField()


class WorkspaceQuerySet(models.QuerySet[Any]):
    """The only way to rows: `Model.objects.of(workspace)`."""

    def of(self, workspace: "models.Model") -> Self:
        """Rows of this workspace, archived ones included."""
        return self.filter(workspace=workspace)

    def kept(self) -> Self:
        """Without what has been archived."""
        return self.filter(archived_at=None)

    def archived(self) -> Self:
        """Only what has been archived and can still be restored."""
        return self.exclude(archived_at=None)

    def by_name(self) -> Self:
        """In the order of a dictionary."""
        return self.order_by(DictionaryKey("name"), "id")


class WorkspaceOwned(models.Model):
    """A row of one workspace. (workspace, id) is unique so that children can point at both (see `SameParent`)."""

    # Whether the audit trail, which admins read, may call such a row by its name. Not where a row is secret from them.
    named_in_trail: ClassVar[bool] = True

    # That unique constraint, or one that begins with a parent of the workspace, serves as index.
    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+", db_index=False)

    objects = WorkspaceQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["workspace", "id"], name="%(app_label)s_%(class)s_workspace_id")]


class Editable(models.Model):
    """What people edit: a version that each edit raises, and archiving as the only deletion."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True, editable=False)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True


def name_once(constraint: str, message: "str | _StrPromise") -> models.UniqueConstraint:
    """Of what is not archived, no two of a workspace have the same name, in capitals or not."""
    return models.UniqueConstraint(
        "workspace", Lower("name"), condition=Q(archived_at=None), name=constraint, violation_error_message=message
    )


class SameParent(models.BaseConstraint):
    """A composite foreign key: `link` must point at a row that shares `shared` with this one.

    Django's own foreign key proves that the row exists; this one proves that it is of the same workspace (or of the
    same journey). A null link is free (MATCH SIMPLE). The target needs a unique constraint over (shared, id).
    Tables that take many rows leave Django's own key out (`db_constraint=False`): this one implies it.
    """

    def __init__(self, *, link: str, to: str, shared: str = "workspace", name: str) -> None:
        super().__init__(name=name)
        self.link, self.to, self.shared = link, to, shared

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """With a new table: as `create_sql`."""
        return self.create_sql(model, schema_editor)

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """Add the key at the end of the migration, when the rows it points at are unique for certain."""
        meta = model._meta
        target = meta.apps.get_model(self.to)._meta
        quote = schema_editor.quote_name
        own = [meta.get_field(self.shared).column, meta.get_field(self.link).column]
        theirs = [target.get_field(self.shared).column, target.pk.column]
        statement = Statement(
            "ALTER TABLE %(table)s ADD CONSTRAINT %(name)s FOREIGN KEY (%(own)s) REFERENCES %(to)s (%(theirs)s)"
            " DEFERRABLE INITIALLY DEFERRED",
            table=Table(meta.db_table, quote),
            name=quote(self.name),
            own=Columns(meta.db_table, own, quote),
            to=Table(target.db_table, quote),
            theirs=Columns(target.db_table, theirs, quote),
        )
        schema_editor.deferred_sql.append(statement)

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        """The statement that drops the key."""
        quote = schema_editor.quote_name
        return Statement(
            "ALTER TABLE %(table)s DROP CONSTRAINT %(name)s",
            table=Table(model._meta.db_table, quote),
            name=quote(self.name),
        )

    def validate(self, model: type[models.Model], instance: models.Model, *args: Any, **kwargs: Any) -> None:
        """Forms offer only rows of the workspace; the database has the last word."""

    def deconstruct(self) -> tuple[str, tuple[()], dict[str, Any]]:
        """For migrations."""
        return (
            "workspaces.models.SameParent",
            (),
            {"link": self.link, "to": self.to, "shared": self.shared, "name": self.name},
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameParent) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash(self.name)
