"""Secrets: of links and tokens, which only have to be recognised, a hash is kept; what has to be used is sealed.

A signing key signs or verifies, so it must be read again: it is stored encrypted by a key that is made from the
site's SECRET_KEY. A copy of the database alone does not tell it; a new SECRET_KEY makes it unreadable.
"""

import base64
import hashlib
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes


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
