"""The hosts whose pages may show a survey inside theirs, as a content security policy names them."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_HOSTS = 20
# One label of a name has at most 63 signs; without a scheme the page's own is meant, or https.
HOST = re.compile(
    r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*(:[1-9][0-9]{0,4})?"
)


def validate_host(host: str) -> None:
    """Refuse what is not exactly one host: an address with a path, a pattern, or what could end the policy."""
    if not HOST.fullmatch(host):
        raise ValidationError(
            _("“%(host)s” is no host. Write it without https:// and path, for example www.example.org."),
            params={"host": host[:80]},
        )
