"""Whether a message comes from who it says: signatures as Standard Webhooks describes them.

`webhook-signature: v1,base64(HMAC-SHA256(key, "{webhook-id}.{webhook-timestamp}.{body}"))`, several of them apart by
spaces. The key is what follows `whsec_` in the secret, in base64.
"""

import base64
import binascii
import datetime
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

PREFIX = "whsec_"
KEY_BYTES = range(16, 129)
AGE = datetime.timedelta(minutes=5)  # by how much a message's time may differ from ours
LONGEST_ID = 200


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


def signature(key: bytes, message_id: str, timestamp: str, body: bytes) -> str:
    """The signature of a message, with its version."""
    signed = b".".join([message_id.encode(), timestamp.encode(), body])
    return f"v1,{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}"


def believed(headers: Mapping[str, str], body: bytes, *, key: bytes, now: datetime.datetime) -> Message:
    """The message that these headers and this body are, if the key signed it within five minutes of `now`.

    Raises NotBelieved.
    """
    given = {name: headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature")}
    if not all(given.values()) or len(given["id"]) > LONGEST_ID:
        raise NotBelieved(Fault.UNSIGNED)
    expected = signature(key, given["id"], given["timestamp"], body).encode()
    if not any(hmac.compare_digest(one.encode(), expected) for one in given["signature"].split()):
        raise NotBelieved(Fault.WRONG)
    stamp = given["timestamp"]
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 11):
        raise NotBelieved(Fault.STALE)
    sent_at = datetime.datetime.fromtimestamp(int(stamp), datetime.UTC)
    if abs(sent_at - now) > AGE:
        raise NotBelieved(Fault.STALE)
    return Message(given["id"], sent_at)
