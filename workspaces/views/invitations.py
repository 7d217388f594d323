"""Inviting people, and what the invited see."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from workspaces.access import WorkspaceRequest, door, row
from workspaces.accounts import sign_in
from workspaces.actions import (
    accept_invitation,
    invite,
    join_as_new_person,
    open_invitation,
    resend_invitation,
    withdraw_invitation,
)
from workspaces.errors import Refused
from workspaces.forms.members import InvitationForm
from workspaces.forms.people import JoinForm
from workspaces.mail import send
from workspaces.models import Invitation, Role, User


@require_http_methods(["GET", "POST"])
@door(Role.ADMIN)
def invitation_create(request: WorkspaceRequest) -> HttpResponse:
    """A form to invite somebody; then the link, which is also mailed."""
    form = InvitationForm(request.POST or None, reach=request.membership)
    if request.method == "POST" and form.is_valid():
        try:
            invitation, secret = invite(request.workspace, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            return _show_link(request, invitation, secret)
    return render(request, "workspaces/invite.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@door(Role.ADMIN)
def invitation_resend(request: WorkspaceRequest, invitation_id: int) -> HttpResponse:
    """A fresh link, mailed and shown; the one before is dead."""
    try:
        invitation, secret = resend_invitation(row(Invitation, request, pk=invitation_id), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("members", request.workspace.slug)
    return _show_link(request, invitation, secret)


@require_POST
@door(Role.ADMIN)
def invitation_withdraw(request: WorkspaceRequest, invitation_id: int) -> HttpResponse:
    """The link is dead."""
    invitation = row(Invitation, request, pk=invitation_id)
    try:
        withdraw_invitation(invitation, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The invitation of %(email)s is withdrawn.") % {"email": invitation.email})
    return redirect("members", request.workspace.slug)


@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """What the link leads to: join as somebody new, or as the person who is signed in."""
    invited = open_invitation(secret)
    if invited is None:
        return render(request, "workspaces/invitation_closed.html", status=410)
    if request.user.is_authenticated:
        return _join_as(request, request.user, invited)
    if User.objects.filter(email=invited.email).exists():
        return redirect_to_login(request.path)
    return _join_as_new(request, invited)


def _join_as(request: HttpRequest, person: User, invited: Invitation) -> HttpResponse:
    """For somebody who is signed in: one button, or a word that the invitation is for another address."""
    if request.method == "GET" or person.email != invited.email:
        status = 200 if person.email == invited.email else 403
        return render(request, "workspaces/invitation.html", {"invitation": invited}, status=status)
    try:
        accept_invitation(invited, by=person)
    except Refused:
        return render(request, "workspaces/invitation_closed.html", status=410)
    return redirect("home", invited.workspace.slug)


def _join_as_new(request: HttpRequest, invited: Invitation) -> HttpResponse:
    """For somebody who has no account: their name and a password."""
    form = JoinForm(request.POST or None, email=invited.email)
    if request.method == "POST" and form.is_valid():
        try:
            person = join_as_new_person(invited, **form.cleaned_data, language=get_language() or "")
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            sign_in(request, person)
            return redirect("home", invited.workspace.slug)
    context = {"form": form, "invitation": invited}
    return render(request, "workspaces/join.html", context, status=422 if form.errors else 200)


def _show_link(request: WorkspaceRequest, invited: Invitation, secret: str) -> HttpResponse:
    """Mail the link and show it, for mail gets lost and some teams have none."""
    link = settings.SITE_URL + reverse("invitation", args=[secret])
    mailed = send(
        "workspaces/email/invitation",
        to=invited.email,
        language=request.workspace.language,
        workspace=request.workspace,
        inviter=request.user,
        role=invited.get_role_display(),
        link=link,
    )
    return render(request, "workspaces/invited.html", {"invitation": invited, "link": link, "mailed": mailed})
