"""Pages outside any workspace: the start, the ways in, one's own preferences."""

import requests
from allauth.socialaccount.providers.openid_connect.views import login as oidc_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from workspaces.access import PersonRequest
from workspaces.accounts import safe_next, sign_in
from workspaces.actions import (
    change_preferences,
    create_workspace,
    is_live_link,
    may_create_workspace,
    use_sign_in_link,
)
from workspaces.forms.people import DigestForm, PreferencesForm
from workspaces.forms.settings import NewWorkspaceForm
from workspaces.models import Membership


@require_safe
@login_required
def start(request: PersonRequest) -> HttpResponse:
    """The one workspace that somebody has, or a choice."""
    together = Membership.objects.filter(workspace=OuterRef("workspace")).order_by().values("workspace")
    mine = request.user.memberships.select_related("workspace").order_by("workspace__name", "workspace")
    choices = list(mine.annotate(people=Subquery(together.values(people=Count("pk")))))
    if len(choices) == 1:
        return redirect("home", choices[0].workspace.slug)
    return render(
        request, "workspaces/start.html", {"choices": choices, "may_create": may_create_workspace(request.user)}
    )


@require_http_methods(["GET", "POST"])
@login_required
def workspace_create(request: PersonRequest) -> HttpResponse:
    """A form for a new workspace, for those who may have one."""
    if not may_create_workspace(request.user):
        return render(request, "workspaces/no_new.html", status=403)
    form = NewWorkspaceForm(request.POST or None, initial={"language": request.LANGUAGE_CODE})
    if request.method == "POST" and form.is_valid():
        workspace = create_workspace(**form.cleaned_data, by=request.user)
        return redirect("home", workspace.slug)
    return render(request, "workspaces/create.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask for a click, then sign in: whatever merely looks at a link, as mail programs do, must not use it up.

    The link that the terminal prints ends in #now. That part stays in the browser, where a script sends the form at
    once, so one click on it is enough.
    """
    if request.method == "POST":
        user = use_sign_in_link(secret)
        if user:
            return sign_in(request, user)
    if request.method == "POST" or not is_live_link(secret):
        return render(request, "workspaces/sign_in_link_dead.html", status=410)
    return render(request, "workspaces/sign_in_link.html", {"next": safe_next(request)})


@require_http_methods(["GET", "POST"])
def company_sign_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Off to the company's own sign-in; when that does not answer, back to ours with a word about it."""
    try:
        response: HttpResponse = oidc_login(request, provider_id)
    except requests.RequestException:
        messages.error(request, _("%(company)s does not answer. Try again later.") % {"company": settings.OIDC_NAME})
        return redirect("account_login")
    return response


@require_http_methods(["GET", "POST"])
@login_required
def preferences(request: PersonRequest) -> HttpResponse:
    """One's own name, language, look and mails. A menu may post only one of them."""
    form = PreferencesForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        change_preferences(request.user, **form.cleaned_data)
        return redirect(safe_next(request, otherwise=request.path))
    return shown_preferences(request, form)


def shown_preferences(request: PersonRequest, form: PreferencesForm, digest: DigestForm | None = None) -> HttpResponse:
    """The page of one's own settings, with what was wrong in one of its forms. `digest`: of one of one's workspaces."""
    mine = request.user.memberships.select_related("workspace").order_by("workspace__name", "workspace")
    digests = [digest if digest and digest.member == member else DigestForm(member=member) for member in mine]
    failed = form.errors or (digest and digest.errors)
    shown = {"form": form, "digests": digests}
    return render(request, "workspaces/preferences.html", shown, status=422 if failed else 200)
