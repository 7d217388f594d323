"""What a workspace notes of a questionnaire beside who answered, when and where."""

import re

from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from workspaces.models.owned import Editable, WorkspaceOwned, name_once

MOST_ATTRIBUTES = 10  # that a workspace has at a time
ATTRIBUTE_KEY = (r"^[a-z0-9][a-z0-9_-]*$", _("A key has small letters, digits, hyphens and underscores."))
# What an attribute is called that tells which employee somebody met, as words of its name or key.
EMPLOYEE = re.compile(
    r"(?i)(?<![^\W_])(?:(?:mitarbeiter|sachbearbeiter|bearbeiter)(?:in|innen|s|n|name|nummer|nr|id)?"
    r"|(?:mitarbeitend|angestellt|besch(?:ä|ae)ftigt)e[rns]?|kolleg(?:e|en|in|innen)|personal(?:nummer|nr)"
    r"|employees?|employee_?(?:id|name|number)|staff|agents?|clerks?|colleagues?)(?![^\W_])"
)
LONGEST_ATTRIBUTE = 200  # characters of what a questionnaire says of one


class Attribute(WorkspaceOwned, Editable):
    """A line, a station, a tariff, a reason for the visit: by what answers can be cut. It never names an employee.

    `key`: what sources call it, for ever; answers keep their values under it. `position`: its place among those that
    are kept, from 1; an archived one has none.
    """

    key = models.CharField(_("key"), max_length=40)
    name = models.CharField(_("name"), max_length=60)
    position = models.PositiveSmallIntegerField(_("place"), null=True)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("attribute")
        verbose_name_plural = _("attributes")
        ordering = ["position", "id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            name_once("attribute_name_once", _("There is already an attribute of that name.")),
            models.UniqueConstraint(
                fields=["workspace", "key"],
                name="attribute_key_once",
                violation_error_message=_("There is already an attribute with that key."),
            ),
            models.UniqueConstraint(
                fields=["workspace", "position"], name="attribute_position_once", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=Q(key__regex=ATTRIBUTE_KEY[0]),
                name="attribute_key_plain",
                violation_error_message=ATTRIBUTE_KEY[1],
            ),
            models.CheckConstraint(
                condition=Q(archived_at=None, position__isnull=False, position__range=(1, MOST_ATTRIBUTES))
                | Q(archived_at__isnull=False, position=None),
                name="attribute_at_most_ten",
                violation_error_message=_("A workspace has at most ten attributes. Archive one first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
