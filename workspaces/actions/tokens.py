"""Tokens: keys for programs. They are made, shown once, and ended."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workspaces.actions.audit import record
from workspaces.errors import Refused
from workspaces.models import ApiToken, Membership, Role, Scope, User, Workspace
from workspaces.secrets import digest, fresh

PREFIX = "etp_"  # so that scanners for leaked secrets know ours


@transaction.atomic
def make_token(  # noqa: PLR0913 - what a token is
    workspace: Workspace,
    *,
    name: str,
    scopes: Iterable[str],
    by: User,
    personal: bool = False,
    expires_at: datetime.datetime | None = None,
) -> tuple[ApiToken, str]:
    """A token and its secret, which is told here and never again.

    A service token belongs to the workspace and takes an admin; a personal one acts for its maker, ends with the
    membership, and never may more than its maker.
    """
    member = Membership.objects.of(workspace).get(user=by)
    if not personal and not member.may(Role.ADMIN):
        raise Refused(_("Only an admin can make a token for the whole workspace."))
    if not may_hold(member, scopes):
        raise Refused(_("Your role in this workspace does not allow this."))
    secret = PREFIX + fresh()
    token = ApiToken.objects.create(
        workspace=workspace,
        name=name,
        prefix=secret[:12],
        token_hash=digest(secret),
        scopes=sorted(scopes),
        user=by if personal else None,
        expires_at=expires_at,
    )
    record(workspace, "token.make", token, by=by)
    return token, secret


def may_hold(member: Membership, scopes: Iterable[str]) -> bool:
    """Whether this member's personal tokens may have these scopes: viewers only read."""
    return member.may(Role.EDITOR) or set(scopes) <= {Scope.READ}


@transaction.atomic
def end_token(token: ApiToken, *, by: User) -> ApiToken:
    """The token is dead from this moment on. Twice is harmless."""
    now = timezone.now()
    if ApiToken.objects.of(token.workspace).filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
        token.revoked_at = now
        record(token.workspace, "token.end", token, by=by)
    return token
