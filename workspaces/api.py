"""REST: tokens as identity, scopes as permission."""

import hashlib

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from workspaces.models import ApiToken, User


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer …`; the token's workspace is the request's."""

    def authenticate(self, request: Request) -> tuple[User | None, ApiToken] | None:
        """The token's person (none for a service) and the token, or None without the header."""
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        digest = hashlib.sha256(secret.strip().encode()).hexdigest()
        token = ApiToken.objects.select_related("workspace", "user").filter(token_hash=digest).first()
        if token is None or not token.is_live(timezone.now()):
            raise AuthenticationFailed
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Makes a missing token a 401."""
        return "Bearer"


class HasScope(BasePermission):
    """The token has the scope that the view names for this method: read for safe ones, else write."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the token may do this."""
        token = request.auth
        needed = getattr(view, "scope", None) or ("read" if request.method in {"GET", "HEAD", "OPTIONS"} else "write")
        return isinstance(token, ApiToken) and needed in token.scopes
