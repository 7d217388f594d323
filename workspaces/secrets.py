"""Secrets that are shown once: random bits, of which no more is kept than their use asks for."""

import base64
import hashlib
import secrets

from django.utils.crypto import salted_hmac

SIGNING = "workspaces.webhook"  # apart from all else that is made of SECRET_KEY
SIGNING_BYTES = 24  # 192 bits, as Standard Webhooks recommends


def fresh() -> str:
    """A new secret of 256 bits that fits into an address."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of a secret. It is random and long, so a plain hash suffices: there is nothing to guess."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def signing_secret(salt: str) -> str:
    """The secret by which webhooks are signed, as receivers are given it: whsec_ and 192 bits.

    It is made anew of SECRET_KEY and a random salt whenever it is needed, so neither the database nor its backup alone
    can sign. `salt`: of `fresh`.
    """
    key = salted_hmac(SIGNING, salt, algorithm="sha256").digest()[:SIGNING_BYTES]
    return f"whsec_{base64.b64encode(key).decode()}"
