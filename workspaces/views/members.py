"""Who belongs to a workspace."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workspaces.access import WorkspaceRequest, door, row
from workspaces.actions import change_role, remove_member
from workspaces.editing import save, status
from workspaces.errors import Refused
from workspaces.forms.members import RoleForm
from workspaces.models import Invitation, Membership, Role


@require_safe
@door(Role.VIEWER)
def members(request: WorkspaceRequest) -> HttpResponse:
    """Everyone who belongs here, and for admins who is invited."""
    found = Membership.objects.of(request.workspace).select_related("user").prefetch_related("teams")
    invited = Invitation.objects.of(request.workspace).filter(accepted_at=None, revoked_at=None)
    context = {
        "members": found.order_by("-role", "user__name", "user__email"),
        "invitations": invited.select_related("invited_by").order_by("expires_at"),
        "now": timezone.now(),
    }
    return render(request, "workspaces/members.html", context)


@require_http_methods(["GET", "POST"])
@door(Role.ADMIN)
def member_edit(request: WorkspaceRequest, member_id: int) -> HttpResponse:
    """Another role for a member."""
    member = row(Membership, request, pk=member_id)
    form = RoleForm(request.POST or None, instance=member, reach=request.membership)
    if save(form, _change_role, member, by=request.user):
        messages.success(request, _("%(member)s has a new role.") % {"member": member})
        return redirect("members", request.workspace.slug)
    return render(request, "workspaces/member.html", {"form": form, "member": member}, status=status(form))


@require_http_methods(["GET", "POST"])
@door(Role.ADMIN)
def member_remove(request: WorkspaceRequest, member_id: int) -> HttpResponse:
    """Ask first, then end a membership."""
    return _end_membership(request, row(Membership, request, pk=member_id))


@require_http_methods(["GET", "POST"])
@door(Role.VIEWER)
def leave(request: WorkspaceRequest) -> HttpResponse:
    """Ask first, then end one's own membership."""
    return _end_membership(request, request.membership)


def _end_membership(request: WorkspaceRequest, member: Membership) -> HttpResponse:
    if request.method == "POST":
        try:
            remove_member(member, by=request.user)
        except Refused as refusal:
            context = {"member": member, "refusal": refusal}
            return render(request, "workspaces/member_remove.html", context, status=422)
        if member == request.membership:
            messages.success(request, _("You have left %(workspace)s.") % {"workspace": request.workspace})
            return redirect("start")
        messages.success(request, _("%(member)s no longer belongs here.") % {"member": member})
        return redirect("members", request.workspace.slug)
    return render(request, "workspaces/member_remove.html", {"member": member})


def _change_role(member: Membership, *, role: int, **more: Any) -> Membership:
    return change_role(member, to=role, **more)
