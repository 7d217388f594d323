"""Personal links to a survey: they name whom they were sent to, signed, so that nobody can answer in another's name."""

import datetime
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from django.utils.crypto import salted_hmac

from feedback.models import LONGEST_REFERENCE, Survey
from workspaces import clock

REFERENCE, UNTIL, SIGNATURE = "r", "u", "s"  # what a link says, shortly: mails break long lines


class Incomplete(Exception):
    """A part of a personal link is missing, or was changed."""


class Expired(Exception):
    """Its last day has passed."""


def secret_of(survey: Survey) -> str:
    """With what the links of a survey are signed: 256 bits as text. It changes with `Survey.secret_number`.

    It is made of the server's secret key, so no copy of the database tells it.
    """
    keyed: hmac.HMAC = salted_hmac("feedback.links", f"{survey.key} {survey.secret_number}", algorithm="sha256")
    return keyed.hexdigest()


def sign(secret: str, key: str, reference: str, until: str = "") -> str:
    """HMAC-SHA256 in hexadecimal over `KEY.UNTIL.REFERENCE`. The reference stands last, for it alone may hold a dot."""
    return hmac.new(secret.encode(), f"{key}.{until}.{reference}".encode(), hashlib.sha256).hexdigest()


def link_to(survey: Survey, reference: str, *, until: datetime.date | None = None) -> str:
    """The link for whoever has this reference (`is_reference`), good until the end of that day."""
    day = until.isoformat() if until else ""
    told = {REFERENCE: reference, UNTIL: day, SIGNATURE: sign(secret_of(survey), survey.key, reference, day)}
    return f"{survey.url}?{_query({name: value for name, value in told.items() if value})}"


def is_reference(text: str) -> bool:
    """Whether that can be a company's name for a customer: one line without blanks around it, not too long."""
    return 0 < len(text) <= LONGEST_REFERENCE and text == text.strip() and text.isprintable()


def claimed(survey: Survey, asked: Mapping[str, str]) -> str:
    """Of whom the query of an address says that it was sent to them; empty where it says nothing at all.

    Raises Incomplete and Expired: a link that was meant for one person never leads to where nobody is named.
    """
    told = _told(asked)
    if not told:
        return ""
    reference, until = told.get(REFERENCE, ""), told.get(UNTIL, "")
    if not is_reference(reference):
        raise Incomplete
    signature = sign(secret_of(survey), survey.key, reference, until)
    if not hmac.compare_digest(signature.encode(), told.get(SIGNATURE, "").lower().encode()):
        raise Incomplete
    if until and _day(until) < clock.today(survey.workspace.zone):
        raise Expired
    return reference


def carried(asked: Mapping[str, str]) -> str:
    """What the query of an address says of whom it was sent to, for other addresses of the same screen."""
    return _query(_told(asked))


def _told(asked: Mapping[str, str]) -> dict[str, str]:
    return {name: asked[name] for name in (REFERENCE, UNTIL, SIGNATURE) if name in asked}


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:  # signed all the same: by a program that writes days differently
        raise Incomplete from None


def _query(told: Mapping[str, str]) -> str:
    return urlencode(told, quote_via=quote)
