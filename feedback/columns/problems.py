"""What can stand against a row, and how it is told."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from feedback.actions.answer import refusal_message
from feedback.actions.usage import Wrong
from feedback.files import as_text, shown
from feedback.masking import masked

Mask = Callable[[str], str]


class Fault(TextChoices):
    """Why a row or a cell cannot become an answer; beside what `record_responses` itself refuses."""

    RAGGED = "ragged", _("The row has %(cells)s cells, but there are %(columns)s columns.")
    NO_ID = "no id", _("The id of the questionnaire is missing.")
    TWICE = "twice", _("The same answer stands in row %(row)s already.")
    DATE = "date", _("“%(value)s” is not a date.")
    DAY = "day", _("The month has no day “%(value)s”.")
    UNKNOWN_METRIC = "metric unknown", _("“%(value)s” is not a metric.")
    UNKNOWN_SCALE = "scale unknown", _("There is no scale from %(low)s to %(high)s for this metric.")
    UNASSIGNED = "unassigned", _("It is not settled what “%(value)s” means.")
    TOUCHPOINT = "touchpoint unknown", _("“%(value)s” is not in the library.")
    PERSONA = "persona unknown", _("“%(value)s” is not a persona of this workspace.")
    NO_NUMBER = "no number", _("“%(value)s” is not a whole number.")
    NOT_COUNTED = "not counted", _("The row counts nothing.")
    COUNTED_TWICE = "counted twice", _("The same day of the same touchpoint stands in row %(row)s already.")
    COMMENT_ALONE = "comment alone", _("A comment without a score cannot be stored.")


def quoted(cell: object, mask: Mask = masked) -> str:
    """A cell as what is kept of an import quotes it: shortened, and masked as comments are."""
    return shown(mask(as_text(cell)))


class Problem(NamedTuple):
    """What stands against one cell or row. `code`: a Fault, a Reason or a Wrong; `params` fill its message."""

    row: int
    column: str
    value: str
    code: str
    params: Mapping[str, object]

    @property
    def message(self) -> str:
        """What to tell people, in the language that is active now."""
        if self.code in Fault.values:
            return str(Fault(self.code).label) % self.params
        if self.code in Wrong.values:
            return str(Wrong(self.code).label)
        return refusal_message(self.code, self.params)
