"""Secrets: of links and tokens, which only have to be recognised, a hash is kept.

What signs or verifies must be read again. Our own is made of the site's SECRET_KEY and a salt whenever it is needed;
somebody else's is sealed, encrypted by a key that is made of SECRET_KEY. Either way a copy of the database alone does
not tell it, and a new SECRET_KEY loses it.
"""

import base64
import hashlib
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_bytes

SIGNING = "workspaces.webhook"  # apart from all else that is made of SECRET_KEY
SIGNING_BYTES = 24  # 192 bits, as Standard Webhooks recommends


class Lost(Exception):
    """What was sealed cannot be read any more: the site has another SECRET_KEY."""


def fresh() -> str:
    """A new secret that fits into an address: 256 random bits."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of a secret. It is random and long, so a plain hash suffices: there is nothing to guess."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def seal(secret: str) -> str:
    """The secret as it can be stored and, by `unseal`, read again."""
    return _fernet().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """The secret that was sealed. Raises Lost."""
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Lost from None


def _fernet() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    derived = (hashlib.sha256(b"sealed secrets\0" + force_bytes(key)).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])


def signing_secret(salt: str) -> str:
    """The secret by which webhooks are signed, as receivers are given it: whsec_ and 192 bits.

    It is made anew of SECRET_KEY and a random salt whenever it is needed, so neither the database nor its backup alone
    can sign. `salt`: of `fresh`.
    """
    key = salted_hmac(SIGNING, salt, algorithm="sha256").digest()[:SIGNING_BYTES]
    return f"whsec_{base64.b64encode(key).decode()}"
