"""Secrets that are shown once: 256 random bits, of which only a hash is kept."""

import hashlib
import secrets


def fresh() -> str:
    """A new secret that fits into an address."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of a secret. It is random and long, so a plain hash suffices: there is nothing to guess."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
