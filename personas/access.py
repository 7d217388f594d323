"""Who may see which stakeholders. The one place that says it: every page and the interface for programs ask here."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from personas.models import Stakeholder, StakeholderReader
from workspaces.access import WorkspaceRequest
from workspaces.models import Membership, Role, Workspace, WorkspaceQuerySet


def stakeholders_for(workspace: Workspace, member: Membership | None) -> WorkspaceQuerySet:
    """The stakeholders that a member sees, archived or not; None is a program that acts for nobody.

    Each is seen either by editors and above, or by the people it names and by nobody else, admins and owners included.
    Programs that act for nobody are never named; whether they may ask at all, their token's scope says.
    """
    seen = Q(named_only=False) if member is None or member.may(Role.EDITOR) else Q(pk__in=())
    if member is not None:
        names = StakeholderReader.objects.of(workspace).filter(member=member)
        seen |= Q(named_only=True, pk__in=names.values("stakeholder"))
    return Stakeholder.objects.of(workspace).filter(seen)


def stakeholders_of(request: WorkspaceRequest) -> WorkspaceQuerySet:
    """Those that whoever asks may see; 403 for a viewer who is named for none."""
    found = stakeholders_for(request.workspace, request.membership)
    if not request.membership.may(Role.EDITOR) and not found.kept().exists():
        raise PermissionDenied(_("Your role in this workspace does not allow this."))
    return found


def stakeholder_row(request: WorkspaceRequest, stakeholder_id: int) -> Stakeholder:
    """One that whoever asks may see.

    404 where there is none, as for one that names others; 403 for one that takes an editor.
    """
    found = stakeholders_for(request.workspace, request.membership).filter(pk=stakeholder_id).first()
    if found:
        return cast("Stakeholder", found)
    if Stakeholder.objects.of(request.workspace).filter(pk=stakeholder_id, named_only=False).exists():
        raise PermissionDenied(_("Your role in this workspace does not allow this."))
    raise Http404
