"""How programs prove who they are, and what they may: DRF's authentication and permission.

Apart from `api`, because DRF reads both before any of its views can be imported.
"""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from workspaces.actions.tokens import may_hold
from workspaces.limits import address, allow
from workspaces.models import ApiToken, Membership, User
from workspaces.secrets import digest

MINUTE = 60
WRONG_TOKENS = 30  # a minute and address: an integration gone wrong, not a guess, for a token cannot be guessed


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer …`; the token's workspace is the request's."""

    def authenticate(self, request: Request) -> tuple[User | None, ApiToken] | None:
        """The token's person (none for a service) and the token, or None without the header."""
        kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        token = ApiToken.objects.select_related("workspace", "user").filter(token_hash=digest(secret.strip())).first()
        now, plain = timezone.now(), underlying(request)
        if token is None or not token.is_live(now) or not person_belongs(token):
            count(plain, f"wrong_token:{address(plain)}", WRONG_TOKENS)
            raise exceptions.AuthenticationFailed(_("This token is unknown, expired or ended."))
        count(plain, f"token:{token.pk}", settings.API_REQUESTS_PER_MINUTE)
        if token.last_used_at is None or (now - token.last_used_at).total_seconds() >= MINUTE:
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Makes a missing token a 401."""
        return "Bearer"


def person_belongs(token: ApiToken) -> bool:
    """Whether the person of a personal token is still a member who may what it says. A service has no person."""
    if token.user is None:
        return True
    member = Membership.objects.of(token.workspace).filter(user=token.user, user__is_active=True).first()
    return member is not None and may_hold(member, token.scopes)


def underlying(request: Request) -> HttpRequest:
    """Django's own request, which the middleware sees."""
    plain: HttpRequest = request._request  # noqa: SLF001 - DRF gives no other way to it
    return plain


def count(request: HttpRequest, key: str, limit: int) -> None:
    """Count one request of this key and minute, and refuse what is too many. The answer's headers tell what is left."""
    allowance = allow(key, limit=limit, seconds=MINUTE)
    request.allowance = allowance  # type: ignore[attr-defined]
    if not allowance.allowed:
        raise exceptions.Throttled(wait=allowance.retry_after)


class HasScope(BasePermission):
    """The token has the scope that the view names for this method: read for safe ones, else write."""

    def has_permission(self, request: Request, view: object) -> bool:
        """Whether the token may do this."""
        token = request.auth
        return isinstance(token, ApiToken) and scope_of(view, str(request.method)) in token.scopes


def scope_of(view: object, method: str) -> str:
    """The scope that a token needs for this method of this view."""
    return getattr(view, "scope", None) or ("read" if method in {"GET", "HEAD", "OPTIONS"} else "write")
