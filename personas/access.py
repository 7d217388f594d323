"""Who may see which stakeholders. The one place that says it: every page and the interface for programs ask here."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.http import Http404
from django.utils.translation import gettext as _

from personas.models import Stakeholder, StakeholderReader
from workspaces.access import WorkspaceRequest
from workspaces.models import Membership, Role, Workspace, WorkspaceQuerySet


def stakeholders_for(workspace: Workspace, member: Membership | None) -> WorkspaceQuerySet:
    """The stakeholders that a member sees, archived or not; None is a program that acts for nobody.

    Each is seen either by editors and above, or by the people it names and by nobody else, admins and owners included.
    Once none of these is a member any more owners see it, who can name others, and still nobody else: it is not lost.
    Programs that act for nobody are never named; whether they may ask at all, their token's scope says.
    """
    readers = StakeholderReader.objects.of(workspace)
    names_nobody = Q(named_only=True) & ~Exists(readers.filter(stakeholder=OuterRef("pk")))
    seen = Q(named_only=False) if member is None or member.may(Role.EDITOR) else Q(pk__in=())
    if member is not None:
        seen |= Q(named_only=True, pk__in=readers.filter(member=member).values("stakeholder"))
        if member.may(Role.OWNER):
            seen |= Q(names_nobody=True)
    said = {"names_nobody": ExpressionWrapper(names_nobody, BooleanField())}
    found: WorkspaceQuerySet = Stakeholder.objects.of(workspace).annotate(**said).filter(seen)
    return found


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
