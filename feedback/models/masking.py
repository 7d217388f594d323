"""Whose names are taken out of what customers write."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from workspaces.models import WorkspaceOwned

NAME = re.compile(r"\D*[^\W\d_]{2}\D*")
MOST_NAMES = 2000
LONGEST_NAME = 100  # characters of one
LONGEST_LIST = MOST_NAMES * (LONGEST_NAME + 1)


def validate_names(lines: str) -> None:
    """Refuse more names than a list holds, longer ones, and lines that hold none: a name has two letters at least."""
    names = lines.splitlines()
    if len(names) > MOST_NAMES:
        counted = {"most": MOST_NAMES, "count": len(names)}
        raise ValidationError(_("At most %(most)s names; these are %(count)s."), params=counted)
    for number, name in enumerate(names, start=1):
        if len(name) > LONGEST_NAME:
            raise ValidationError(_("Line %(line)s is longer than a name."), params={"line": number})
        if name.strip() and not NAME.fullmatch(name):
            raise ValidationError(_("Line %(line)s holds no name."), params={"line": number})


class MaskedNames(WorkspaceOwned):
    """The names that a workspace has taken out of comments, and out of what answers are cut by. No row: there are none.

    `names`: one a line. `members`: and those of the workspace's members.
    """

    names = models.TextField(_("names"), blank=True, default="", validators=[validate_names])
    members = models.BooleanField(_("and the names of all members of this workspace"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("names to mask")
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["workspace"], name="maskednames_once"),
            models.CheckConstraint(
                condition=Q(
                    LessThanOrEqual(
                        Func(F("names"), function="char_length", output_field=models.IntegerField()),
                        Value(LONGEST_LIST),
                    )
                ),
                name="maskednames_bounded",
            ),
        ]
