"""Members come, change their role and go. A workspace always keeps an owner."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workspaces import clock
from workspaces.access import locked
from workspaces.actions.audit import record
from workspaces.errors import Refused
from workspaces.live import announce
from workspaces.models import ApiToken, Membership, Role, User, Workspace


def lock(workspace_id: int) -> Workspace:
    """The workspace, locked until commit: who may do what changes one at a time. Links to it stay possible."""
    return Workspace.objects.select_for_update(no_key=True).get(pk=workspace_id)


@transaction.atomic
def add_member(workspace: Workspace, *, user: User, role: int, by: User | None) -> Membership:
    """Make somebody a member. Who is one already keeps the higher of the two roles."""
    lock(workspace.pk)
    usual = {"role": role, "joined_at": clock.now()}
    member, is_new = Membership.objects.get_or_create(workspace=workspace, user=user, defaults=usual)
    if not is_new and member.role < role:
        member.role = role
        member.version += 1
        member.save()
    record(workspace, "member.add", member, by=by)
    return member


@transaction.atomic
def change_role(member: Membership, *, to: int, version: int, by: User) -> Membership:
    """Give a member another role. Raises `Stale`, and `Refused` where the asker's own role does not reach."""
    workspace = lock(member.workspace_id)
    member = locked(member, version)
    if to == member.role:
        return member
    check_reach(workspace, by=by, roles=(member.role, to))
    if member.role == Role.OWNER:
        keep_an_owner(workspace, without=member)
    member.role = to
    member.version += 1
    member.save()
    record(workspace, "member.role", member, by=by)
    announce(workspace.pk, access=member.user_id)
    return member


@transaction.atomic
def remove_member(member: Membership, *, by: User) -> None:
    """End a membership: by an admin, or by the member who leaves. What they own is then without owner.

    Their own tokens end; service tokens stay. Twice is harmless.
    """
    workspace = lock(member.workspace_id)
    current = Membership.objects.of(workspace).filter(pk=member.pk).first()
    if current is None:
        return
    if current.user_id != by.pk:
        check_reach(workspace, by=by, roles=(current.role,))
    if current.role == Role.OWNER:
        keep_an_owner(workspace, without=current)
    record(workspace, "member.remove", current, by=by)
    ApiToken.objects.of(workspace).filter(user=current.user_id, revoked_at=None).update(revoked_at=timezone.now())
    current.delete()
    announce(workspace.pk, access=current.user_id)


def check_reach(workspace: Workspace, *, by: User, roles: tuple[int, ...]) -> None:
    """Only an owner makes or unmakes owners, and the asker's role is read under the lock."""
    actor = Membership.objects.of(workspace).filter(user=by).first()
    if actor is None or not actor.may(Role.ADMIN):
        raise Refused(_("Your role in this workspace does not allow this."))
    if Role.OWNER in roles and not actor.may(Role.OWNER):
        raise Refused(_("Only an owner can make somebody an owner or take the role away."))


def keep_an_owner(workspace: Workspace, *, without: Membership) -> None:
    """Raise Refused when nobody else is an owner. Only under the lock does the answer last."""
    if not Membership.objects.of(workspace).filter(role=Role.OWNER).exclude(pk=without.pk).exists():
        raise Refused(_("A workspace needs an owner. Make somebody else an owner first."))
