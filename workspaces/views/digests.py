"""On which days the digest of a workspace comes by mail, and the way out of it that every mail shows."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from workspaces.access import WorkspaceRequest, door
from workspaces.actions import choose_digest_days, member_of_link
from workspaces.forms.people import DigestForm, PreferencesForm
from workspaces.models import Role
from workspaces.views.people import shown_preferences


@require_POST
@door(Role.VIEWER)
def digest_days(request: WorkspaceRequest) -> HttpResponse:
    """The weekdays that a member has chosen; without any, none comes any more."""
    form = DigestForm(request.POST, member=request.membership)
    if not form.is_valid():
        return shown_preferences(request, PreferencesForm(instance=request.user), form)
    choose_digest_days(request.membership, form.cleaned_data["days"])
    if form.cleaned_data["days"]:
        said = _("Saved: on which days the digest of %(workspace)s comes.")
    else:
        said = _("The digest of %(workspace)s does not come any more.")
    messages.success(request, said % {"workspace": request.workspace})
    return redirect(f"{reverse('preferences')}#digests")


@csrf_exempt  # mail providers post here on their own (RFC 8058): the signature is all the authority there is
@never_cache
@require_http_methods(["GET", "POST"])
def digest_off(request: HttpRequest, signed: str) -> HttpResponse:
    """Ask for a click, then turn the digest off: whatever merely follows links, as mail scanners do, must not."""
    member = member_of_link(signed)
    if member is None:
        raise Http404
    if request.method == "POST":
        choose_digest_days(member, [])
    over = request.method == "POST" or not member.digest_days
    return render(request, "workspaces/digest_off.html", {"workspace_of_it": member.workspace, "over": over})
