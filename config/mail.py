"""EMAIL_URL, as Django's settings."""

from typing import Any
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def smtp_settings(url: str) -> dict[str, Any]:
    """`smtp+tls://user:password@host:587` as EMAIL_HOST and the like.

    smtp sends in the clear, smtp+tls by STARTTLS, smtps by TLS from the first byte.
    Raises ValueError for any other scheme or without a host.
    """
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError(f"EMAIL_URL begins with {', '.join(f'{scheme}://' for scheme in PORTS)} and a host.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 10,
    }
