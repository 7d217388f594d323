"""Rate limits that are exact: N allowed means N, also when all come at once or pretend to come from elsewhere."""

import hashlib
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from workspaces.problems import too_many

# One statement, so that two requests at the same moment cannot both take the last place. A full window is not
# written to: no row comes back, and that is the refusal.
TAKE = """
    INSERT INTO workspaces_ratecount (key, "window", count) VALUES (%s, to_timestamp(%s), 1)
    ON CONFLICT (key, "window") DO UPDATE SET count = workspaces_ratecount.count + 1
    WHERE workspaces_ratecount.count < %s
    RETURNING count
"""


@dataclass(frozen=True)
class Allowance:
    """Whether one more is allowed, how many are left in this window, and the seconds until the next one begins."""

    allowed: bool
    limit: int
    remaining: int
    retry_after: int


def allow(key: str, *, limit: int, seconds: int) -> Allowance:
    """Count one more of `key` in the current window of that many seconds, at most `limit` (at least 1).

    Windows are fixed: they begin at multiples of their length since 1970. Call it outside a transaction, or its
    count is taken back with it. The key's subject is stored hashed.
    """
    now = timezone.now().timestamp()
    window = int(now // seconds) * seconds
    kind, _, subject = key.partition(":")
    digest = hashlib.sha256(subject.encode("utf-8", "surrogatepass")).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [f"{kind}:{seconds}:{digest}", window, limit])
        row = cursor.fetchone()
    taken = row[0] if row else limit
    return Allowance(row is not None, limit, limit - taken, max(1, round(window + seconds - now)))


def address(request: HttpRequest) -> str:
    """Where a request comes from: of what X-Forwarded-For says, only what our own proxies wrote is believed.

    TRUSTED_PROXIES says how many stand before us; none by default. IPv6 addresses count by their /64 network, which
    is what one customer has.
    """
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    trusted: int = settings.TRUSTED_PROXIES
    claimed = forwarded[-trusted] if 0 < trusted <= len(forwarded) else ""
    for candidate in (claimed.strip(), request.META.get("REMOTE_ADDR", "")):
        try:
            ip = ipaddress.ip_address(candidate)
        except ValueError:
            continue
        return str(ipaddress.ip_network((ip, 64), strict=False).network_address) if ip.version == 6 else str(ip)
    return "unknown"


def posted_email(request: HttpRequest) -> str:
    """The address that the form is about."""
    return (request.POST.get("login") or request.POST.get("email") or "").strip().casefold()


def person(request: HttpRequest) -> str:
    """Who is signed in, or whose second factor is still missing."""
    if request.user.is_authenticated:
        return str(request.user.pk)
    return str(request.session.get("account_login", {}).get("user_pk", "")) or address(request)


def email_from_here(request: HttpRequest) -> str:
    """That address, tried from this place: so that a stranger elsewhere cannot lock somebody out."""
    return f"{address(request)} {posted_email(request)}"


def place(request: HttpRequest) -> str:
    """What is asked for, whoever asks."""
    return request.path


@dataclass(frozen=True)
class Limit:
    """At most `times` posts in `seconds` for whatever `of` tells apart."""

    of: Callable[[HttpRequest], str]
    times: int
    seconds: int


# By the name of the address that is posted to. Generous to an office behind one address, strict about one account.
LIMITS: dict[str, tuple[Limit, ...]] = {
    "account_login": (Limit(address, 60, 300), Limit(email_from_here, 10, 300), Limit(posted_email, 50, 3600)),
    "account_reset_password": (Limit(address, 20, 3600), Limit(posted_email, 5, 3600)),
    "account_reset_password_from_key": (Limit(address, 20, 3600),),
    "account_reauthenticate": (Limit(person, 10, 300),),
    "account_change_password": (Limit(person, 10, 300),),
    "mfa_authenticate": (Limit(person, 10, 300),),
    "mfa_reauthenticate": (Limit(person, 10, 300),),
    "mfa_activate_totp": (Limit(person, 10, 300),),
    "openid_connect_login": (Limit(address, 60, 300),),
    "sign_in_link": (Limit(address, 20, 300),),
    "digest_off": (Limit(address, 100, 300),),  # providers post for many members from one address
    "share": (Limit(address, 20, 300), Limit(place, 200, 3600)),
    "questionnaire": (Limit(address, settings.SURVEY_POSTS_PER_MINUTE, 60),),
    "questionnaire_question": (Limit(address, settings.SURVEY_POSTS_PER_MINUTE, 60),),
    "formbricks_in": (Limit(place, 3000, 60), Limit(address, 6000, 60)),  # a cloud posts for many from one address
    "invitation": (Limit(address, 20, 300),),
    "invitation_create": (Limit(person, 50, 3600),),
    "invitation_resend": (Limit(person, 50, 3600),),
}


class RateLimits:
    """Counts posts to the addresses of `LIMITS`, answers 429 to what is too many, and tells programs what is left."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on, for what is counted is known only once the address is resolved; then tell what is left."""
        response = self.get_response(request)
        allowance: Allowance | None = getattr(request, "allowance", None)
        if allowance:
            response.headers["RateLimit-Limit"] = str(allowance.limit)
            response.headers["RateLimit-Remaining"] = str(allowance.remaining)
            response.headers["RateLimit-Reset"] = str(allowance.retry_after)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Refuse, or let the view answer."""
        if request.method != "POST" or request.resolver_match is None:
            return None
        name = request.resolver_match.url_name or ""
        for limit in LIMITS.get(name, ()):
            key = f"{name}.{limit.of.__name__}:{limit.of(request)}"
            allowance = allow(key, limit=limit.times, seconds=limit.seconds)
            if not allowance.allowed:
                return too_many(request, allowance.retry_after)
        return None
