"""Messages are believed by their signature and their time, and secrets that sign are kept sealed."""

import base64
import datetime

import pytest
from django.test import override_settings
from standardwebhooks import Webhook

from workspaces.secrets import Lost, seal, unseal
from workspaces.signatures import Fault, NotBelieved, believed, key_of

NOW = datetime.datetime(2026, 3, 15, 11, tzinfo=datetime.UTC)
# The example of the Standard Webhooks specification's own libraries.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
KNOWN = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
}


def test_it_believes_what_the_specification_signs() -> None:
    sent_at = datetime.datetime.fromtimestamp(1614265330, datetime.UTC)
    message = believed(KNOWN, b'{"test": 2432232314}', key=key_of(SECRET), now=sent_at)
    assert (message.id, message.sent_at) == (KNOWN["webhook-id"], sent_at)


def headers(seconds: int = 0, body: str = "{}", *, key: bytes = key_of(SECRET), **changed: str) -> dict[str, str]:
    at = NOW + datetime.timedelta(seconds=seconds)
    signed = {
        "webhook-id": "m1",
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(key).sign("m1", at, body),
    }
    return signed | {f"webhook-{name}": value for name, value in changed.items()}


def believe(given: dict[str, str], body: bytes = b"{}") -> str:
    """The id of the message, or why it is not believed."""
    try:
        return believed(given, body, key=key_of(SECRET), now=NOW).id
    except NotBelieved as refusal:
        return refusal.fault.value


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (headers(), "m1"),
        (headers(-300), "m1"),
        (headers(300), "m1"),
        (headers(-301), Fault.STALE),
        (headers(301), Fault.STALE),
        (headers(signature=f"v1,AAAA {headers()['webhook-signature']}"), "m1"),  # while a secret is being replaced
        (headers(signature="v1,AAAA"), Fault.WRONG),
        (headers(signature="v1,ÄÖÜ"), Fault.WRONG),
        (headers(signature=headers()["webhook-signature"].replace("v1,", "v2,")), Fault.WRONG),
        (headers(signature=""), Fault.UNSIGNED),
        (headers(id=""), Fault.UNSIGNED),
        (headers(id="m2"), Fault.WRONG),
        (headers(id="m" * 201), Fault.UNSIGNED),
        (headers(timestamp="1"), Fault.WRONG),
        (headers(body='{"a":1}'), Fault.WRONG),
        (headers(key=b"k" * 24), Fault.WRONG),
    ],
)
def test_a_message_is_believed_only_as_it_was_signed_and_only_for_five_minutes(
    given: dict[str, str], outcome: str
) -> None:
    assert believe(given) == outcome


@pytest.mark.parametrize("stamp", ["later", "-5", "9" * 12, "٣", "1.5"])
def test_a_time_that_is_none_is_stale(stamp: str) -> None:
    assert believe(headers(timestamp=stamp)) == Fault.STALE


def test_a_body_that_is_no_text_is_not_believed() -> None:
    assert believe(headers(body="\ufffd"), b"\xff") == Fault.WRONG


@pytest.mark.parametrize(
    "secret", ["", "whsec_", "whsec_not base64", "whsec_c2hvcnQ=", base64.b64encode(b"x" * 129).decode(), "whsec_ä"]
)
def test_a_secret_without_a_key_is_refused(secret: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - it says nothing of a secret
        key_of(secret)


def test_a_secret_is_read_again_and_does_not_stand_where_it_is_kept() -> None:
    sealed = seal(SECRET)
    assert SECRET not in sealed
    assert unseal(sealed) == SECRET
    assert seal(SECRET) != sealed


def test_another_key_of_the_site_reads_it_only_as_a_fallback() -> None:
    with override_settings(SECRET_KEY="before"):
        sealed = seal(SECRET)
    with override_settings(SECRET_KEY="now"), pytest.raises(Lost):
        unseal(sealed)
    with override_settings(SECRET_KEY="now", SECRET_KEY_FALLBACKS=["before"]):
        assert unseal(sealed) == SECRET
