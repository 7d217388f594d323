"""Invitations: a link that lets one person join, by the address it was sent to."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workspaces.actions.audit import record
from workspaces.actions.members import add_member, check_reach, lock
from workspaces.errors import Refused
from workspaces.models import Invitation, Membership, User, Workspace
from workspaces.secrets import digest, fresh

LIVES = datetime.timedelta(days=14)


@transaction.atomic
def invite(workspace: Workspace, *, email: str, role: int, by: User) -> tuple[Invitation, str]:
    """An invitation and the secret of its link, which is told here and never again.

    An expired invitation to the same address is withdrawn. Raises Refused for somebody who is a member already or
    has an open invitation, and for a role beyond the asker's reach.
    """
    workspace = lock(workspace.pk)
    check_reach(workspace, by=by, roles=(role,))
    email = email.strip().lower()
    if Membership.objects.of(workspace).filter(user__email=email).exists():
        raise Refused(_("%(email)s is a member already.") % {"email": email})
    earlier = Invitation.objects.of(workspace).filter(email=email, accepted_at=None, revoked_at=None)
    if earlier.filter(expires_at__gt=timezone.now()).exists():
        raise Refused(_("%(email)s already has an open invitation. You can send it again.") % {"email": email})
    earlier.update(revoked_at=timezone.now())
    secret = fresh()
    invitation = Invitation.objects.create(
        workspace=workspace,
        email=email,
        role=role,
        token_hash=digest(secret),
        invited_by=by,
        expires_at=timezone.now() + LIVES,
    )
    record(workspace, "invitation.create", invitation, by=by)
    return invitation, secret


@transaction.atomic
def resend_invitation(invitation: Invitation, *, by: User) -> tuple[Invitation, str]:
    """Give the invitation a new link for another 14 days; the old link is dead. Raises Refused when it is closed."""
    workspace = lock(invitation.workspace_id)
    invitation = Invitation.objects.of(workspace).get(pk=invitation.pk)
    check_reach(workspace, by=by, roles=(invitation.role,))
    _refuse_closed(invitation)
    secret = fresh()
    invitation.token_hash = digest(secret)
    invitation.expires_at = timezone.now() + LIVES
    invitation.save(update_fields=["token_hash", "expires_at"])
    record(workspace, "invitation.resend", invitation, by=by)
    return invitation, secret


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """The link is dead from now on. Withdrawing twice is harmless; an accepted one is Refused."""
    workspace = lock(invitation.workspace_id)
    invitation = Invitation.objects.of(workspace).get(pk=invitation.pk)
    check_reach(workspace, by=by, roles=(invitation.role,))
    if invitation.revoked_at is None:
        _refuse_closed(invitation)
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])
        record(workspace, "invitation.withdraw", invitation, by=by)
    return invitation


def open_invitation(secret: str) -> Invitation | None:
    """The invitation behind a link, if it can still be accepted. The one look-up by a secret instead of a workspace."""
    invitation = Invitation.objects.select_related("workspace", "invited_by").filter(token_hash=digest(secret)).first()
    return invitation if invitation and is_open(invitation) else None


def is_open(invitation: Invitation) -> bool:
    """Neither accepted nor withdrawn nor expired."""
    return not (invitation.accepted_at or invitation.revoked_at) and invitation.expires_at > timezone.now()


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: User) -> Membership:
    """Join the workspace. Raises Refused when the invitation is closed by now or was for another address."""
    workspace = lock(invitation.workspace_id)
    invitation = Invitation.objects.of(workspace).get(pk=invitation.pk)
    if invitation.email != by.email:
        raise Refused(_("This invitation is for %(email)s.") % {"email": invitation.email})
    if not is_open(invitation):
        raise Refused(_("This invitation is no longer open. Ask for a new one."))
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    record(workspace, "invitation.accept", invitation, by=by)
    return add_member(workspace, user=by, role=invitation.role, by=by)


@transaction.atomic
def join_as_new_person(invitation: Invitation, *, name: str, password: str, language: str) -> User:
    """Make the invited person's account and join. Raises Refused when there is an account by now, or as above."""
    try:
        with transaction.atomic():
            person = User.objects.create_user(invitation.email, password, name=name, language=language)
    except IntegrityError as taken:
        sentence = _("There is an account for %(email)s already. Sign in first.") % {"email": invitation.email}
        raise Refused(sentence) from taken
    accept_invitation(invitation, by=person)
    return person


@transaction.atomic
def enter_by_company(emails: list[str], *, name: str) -> User | None:
    """Whom the company's sign-in lets in: members, and people with an open invitation, who join by it.

    `emails` are those that the company has verified. None for everybody else. Whoever had a password before loses it:
    an account that was made with a forwarded invitation must not stay open to whoever made it.
    """
    wanted = [email.strip().lower() for email in emails]
    invitations = Invitation.objects.filter(email__in=wanted).order_by("workspace_id")
    open_ones = [invitation for invitation in invitations if is_open(invitation)]
    person = User.objects.filter(email__in=wanted).order_by("pk").first()
    if person is None and open_ones:
        person = User.objects.create_user(open_ones[0].email, name=name)
    if person is None or not person.is_active:
        return None
    for invitation in open_ones:
        if invitation.email == person.email:
            accept_invitation(invitation, by=person)
    if not (person.is_staff or Membership.objects.filter(user=person).exists()):
        return None
    if person.has_usable_password():
        person.set_unusable_password()
        person.save(update_fields=["password"])
    return person


def _refuse_closed(invitation: Invitation) -> None:
    if invitation.accepted_at or invitation.revoked_at:
        raise Refused(_("This invitation is no longer open. Ask for a new one."))
