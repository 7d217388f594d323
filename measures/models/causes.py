"""To which cause a workspace sorts what its customers name."""

from itertools import combinations
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from measures import cause_words
from measures.causes import Causes
from measures.models.measure import MeasureKind
from workspaces.models import WorkspaceOwned

MOST_WORDS = 300
LONGEST_WORD = 60


class Cause(models.TextChoices):
    """Why customers suffer, as far as a team can do something about it."""

    PEOPLE = "people", pgettext_lazy("cause", "people")
    PROCESS = "process", _("process")
    TECHNICAL = "technical", _("technical")
    COMMUNICATION = "communication", _("communication")


KIND_OF = {  # what is done about a cause
    Cause.PEOPLE: MeasureKind.TRAINING,
    Cause.PROCESS: MeasureKind.PROCESS,
    Cause.TECHNICAL: MeasureKind.TECHNICAL,
    Cause.COMMUNICATION: MeasureKind.COMMUNICATION,
}


def words(label: Any, default: Any) -> Any:
    """The words of a cause, as people wrote them."""
    word = models.CharField(max_length=LONGEST_WORD)
    return ArrayField(
        word, verbose_name=label, default=default, blank=True, validators=[MaxLengthValidator(MOST_WORDS)]
    )


class CauseTable(WorkspaceOwned):
    """By cause, the words by which themes and insights are sorted (`measures.causes`). No row: the defaults hold."""

    people = words(Cause.PEOPLE.label, cause_words.people)
    process = words(Cause.PROCESS.label, cause_words.process)
    technical = words(Cause.TECHNICAL.label, cause_words.technical)
    communication = words(Cause.COMMUNICATION.label, cause_words.communication)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("table of causes")
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["workspace"], name="causetable_once"),
            *(
                models.CheckConstraint(condition=Q(**{f"{cause}__len__lte": MOST_WORDS}), name=f"causetable_{cause}")
                for cause in Cause.values
            ),
            *(
                models.CheckConstraint(
                    condition=~Q(**{f"{one}__overlap": F(other)}),
                    name=f"causetable_{one[:6]}_or_{other[:6]}",
                    violation_error_message=_("A word belongs to one cause."),
                )
                for one, other in combinations(Cause.values, 2)
            ),
        ]

    @property
    def table(self) -> dict[str, list[str]]:
        """By cause its words."""
        return {cause: getattr(self, cause) for cause in Cause.values}

    @property
    def is_default(self) -> bool:
        """Whether nobody has changed it, or somebody took the changes back."""
        return self.table == CauseTable().table

    @property
    def causes(self) -> Causes:
        """The table, ready to sort by."""
        return Causes(self.table)
