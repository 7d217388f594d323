"""Whether a message comes from who it says: signatures as Standard Webhooks describes them.

The library signs. It checks, too, but falls over a malformed header, and does not say which of the faults it is.
"""

import base64
import binascii
import datetime
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from standardwebhooks import Webhook

PREFIX = "whsec_"
KEY_BYTES = range(16, 129)
AGE = datetime.timedelta(minutes=5)  # by how much a message's time may differ from ours
LONGEST_ID, LONGEST_STAMP = 200, 11


class Fault(TextChoices):
    """Why a message is not believed."""

    UNSIGNED = "unsigned", _("it was not signed")
    STALE = "stale", _("its time was more than five minutes off")
    WRONG = "wrong", _("its signature did not fit the secret")
    NO_SECRET = "secret", _("there was no secret to check it by")


class NotBelieved(Exception):
    """The message is not from who it says, or not from now."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Message:
    """A message that is believed: the sender's own id of it, which a repetition keeps, and when it was sent."""

    id: str
    sent_at: datetime.datetime


def key_of(secret: str) -> bytes:
    """The key within a secret. Raises ValueError where there is none of a sensible length."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise ValueError from None
    if len(key) not in KEY_BYTES:
        raise ValueError
    return key


def believed(headers: Mapping[str, str], body: bytes, *, key: bytes, now: datetime.datetime) -> Message:
    """The message that these headers and this body are, if the key signed it within five minutes of `now`.

    Raises NotBelieved.
    """
    given = {name: headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature")}
    if not all(given.values()) or len(given["id"]) > LONGEST_ID:
        raise NotBelieved(Fault.UNSIGNED)
    stamp = given["timestamp"]
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= LONGEST_STAMP):
        raise NotBelieved(Fault.STALE)
    sent_at = datetime.datetime.fromtimestamp(int(stamp), datetime.UTC)
    try:
        expected = Webhook(key).sign(given["id"], sent_at, body.decode()).encode()
    except UnicodeDecodeError:
        raise NotBelieved(Fault.WRONG) from None
    if not any(hmac.compare_digest(one.encode(), expected) for one in given["signature"].split()):
        raise NotBelieved(Fault.WRONG)
    if abs(sent_at - now) > AGE:
        raise NotBelieved(Fault.STALE)
    return Message(given["id"], sent_at)
