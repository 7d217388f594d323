"""An answer as a source gives it, and why it may be refused."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from feedback.masking import masked
from touchpoints.health.metrics import Refusal


@dataclass(slots=True, kw_only=True)
class Answer:
    """One answer. Ids are those of the workspace's rows.

    `external_id`: the source's own name of the questionnaire; answers with the same one belong together.
    `question`: names the answer within it for ever; by default metric and subject. `version`: a higher one replaces
    what was stored. `scale`: code of a declared scale ("1-5", "1-7r"); by default the metric's usual one. `value`: a
    whole number on that scale, or text that reads as one; of a complaint its severity, 1-3. `occurred_at`: aware
    moment or local date; it and all that follows belong to the whole questionnaire. `attributes`: what it says of the
    workspace's attributes, by their keys; nothing and an empty text are the same. `respondent`: the company's own name
    for who answered, if it says so; blanks around it aside.
    """

    source: str
    external_id: str
    subject: int
    metric: str
    value: object
    occurred_at: datetime.datetime | datetime.date
    question: str = ""
    version: int = 1
    scale: str = ""
    text: str = ""
    persona: int | None = None
    channel: int | None = None
    device: str = ""
    segment: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    respondent: str = ""


class Reason(TextChoices):
    """Why an answer is refused; the label is the message, to be filled with the refusal's parameters."""

    EMPTY = Refusal.EMPTY.value, _("The value is missing.")
    BOOLEAN = Refusal.BOOLEAN.value, _("The value is “%(value)s”, not a number.")
    NOT_A_NUMBER = Refusal.NOT_A_NUMBER.value, _("“%(value)s” is not a number.")
    DECIMAL = Refusal.DECIMAL.value, _("%(value)s is not a whole number.")
    OUT_OF_RANGE = Refusal.OUT_OF_RANGE.value, _("%(value)s is not on the scale from %(low)s to %(high)s.")
    METRIC = "unknown metric", _("“%(value)s” is not a metric.")
    SCALE = "unknown scale", _("“%(value)s” is not a scale of this metric.")
    SUBJECT = "unknown subject", _("What was answered about is not in this workspace.")
    PERSONA = "unknown persona", _("This persona is not in this workspace.")
    CHANNEL = "unknown channel", _("This channel is not in this workspace.")
    DEVICE = "unknown device", _("“%(value)s” is not a device.")
    ATTRIBUTE = "unknown attribute", _("“%(value)s” is not an attribute of this workspace.")
    ATTRIBUTE_TEXT = "attribute no text", _("What is said of the attribute “%(attribute)s” is not a text.")
    ATTRIBUTE_LONG = (
        "attribute too long",
        _("What is said of the attribute “%(attribute)s” is longer than %(limit)s characters."),
    )
    MISSING = "missing", _("“%(field)s” is missing.")
    UNREADABLE = "unreadable", _("“%(field)s” holds characters that cannot be stored.")
    TOO_LONG = "too long", _("“%(field)s” is longer than %(limit)s characters.")
    VERSION = "bad version", _("“%(value)s” is not a version, which is a whole number from 1.")
    NO_DATE = "no date", _("It does not say when it was experienced.")
    NO_TIME_ZONE = "no time zone", _("The time of the experience has no time zone.")
    IMPOSSIBLE_DATE = "impossible date", _("The date %(value)s is not between 1970 and 2200.")
    FUTURE = "future", _("The date %(value)s lies more than a day ahead.")
    ERASED = "erased", _("This person's data were erased; answers of theirs are not stored.")
    OTHERS = "others refused", _("Not stored, because other answers were refused.")


FIELDS = {
    "source": _("source"),
    "external_id": _("questionnaire"),
    "question": _("question"),
    "text": _("comment"),
    "segment": _("segment"),
    "respondent": _("respondent"),
}
LONGEST_QUOTE = 40


def quoted(text: str) -> str:
    """The beginning of what came, as a message quotes it: messages are kept, so that it is masked as comments are."""
    return masked(text)[:LONGEST_QUOTE]


class Refused(Exception):
    """An answer cannot be stored: the reason, and what its message is filled with (JSON can hold both)."""

    def __init__(self, reason: Reason, **params: object) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.params = {name: value if isinstance(value, int) else quoted(str(value)) for name, value in params.items()}

    @property
    def message(self) -> str:
        """What to tell people, in the language that is active now."""
        return refusal_message(self.reason, self.params)


def refusal_message(code: str, params: Mapping[str, object]) -> str:
    """The message of a refusal of which code and parameters were kept, in the language that is active now."""
    field = params.get("field")
    return str(Reason(code).label) % {**params, "field": FIELDS.get(str(field), field)}
