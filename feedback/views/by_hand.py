"""Pages on which members write down what customers said elsewhere: at a counter, or in public."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feedback.actions.by_hand import enter_at_counter, entered_today, may_take_back, take_back_at_counter, write_rating
from feedback.actions.questionnaire import Status
from feedback.forms.by_hand import CounterForm, RatingForm
from feedback.models.survey import KEY
from touchpoints.models import Contact, Touchpoint
from workspaces.access import WorkspaceRequest, door, row
from workspaces.errors import Refused
from workspaces.models import Role


@door(Role.EDITOR)
@require_safe
def counters(request: WorkspaceRequest) -> HttpResponse:
    """The touchpoints at which customers meet a person: those of the member's own teams first."""
    found = Touchpoint.objects.of(request.workspace).kept().filter(contact=Contact.PERSONAL)
    personal = list(found.select_related("channel", "owner_team", "owner_member__user").by_name())
    teams = set(request.membership.teams.values_list("pk", flat=True))
    mine = [one for one in personal if one.owner_team_id in teams or one.owner_member_id == request.membership.pk]
    shown = {"mine": mine, "others": [one for one in personal if one not in mine]}
    return render(request, "feedback/counters.html", shown)


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def counter(request: WorkspaceRequest, touchpoint_id: int) -> HttpResponse:
    """Three taps for what a customer said; then the same again, with a way to take it back for a minute."""
    touchpoint = touchpoint_of(request, touchpoint_id)
    form = CounterForm(request.POST or None, touchpoint=touchpoint)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        try:
            status = enter_at_counter(touchpoint, form.entry(), key=key)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            if status is not Status.UNCHANGED or may_take_back(touchpoint, key):
                return redirect(f"{request.path}?kept={key}")
            messages.info(request, _("This entry had been sent before, or was taken back. Here is a new one."))
            return redirect(request.path)
    kept = request.GET.get("kept", "")
    shown = {
        "form": form,
        "touchpoint": touchpoint,
        "kept": may_take_back(touchpoint, kept) if KEY.fullmatch(kept) and not form.is_bound else None,
        "today": entered_today(touchpoint),
    }
    status_code = 422 if form.is_bound else 200
    return render(request, "feedback/counter.html", shown, status=status_code)


@door(Role.EDITOR)
@require_POST
def counter_take_back(request: WorkspaceRequest, touchpoint_id: int) -> HttpResponse:
    """Take back what was entered a moment ago."""
    touchpoint = touchpoint_of(request, touchpoint_id)
    try:
        take_back_at_counter(touchpoint, key=request.POST.get("key", ""))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken back: it counts nowhere."))
    return redirect("counter", request.workspace.slug, touchpoint_id)


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def rating_create(request: WorkspaceRequest, touchpoint_id: int) -> HttpResponse:
    """A form for a rating or review that somebody read elsewhere."""
    touchpoint = touchpoint_of(request, touchpoint_id)
    form = RatingForm(request.POST or None, touchpoint=touchpoint)
    if request.method == "POST" and form.is_valid():
        try:
            write_rating(touchpoint, **form.cleaned_data, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The public rating is stored."))
            return redirect(f"{reverse('touchpoint', args=[request.workspace.slug, touchpoint_id])}#public-ratings")
    shown = {"form": form, "touchpoint": touchpoint}
    return render(request, "feedback/rating.html", shown, status=422 if form.is_bound else 200)


def touchpoint_of(request: WorkspaceRequest, touchpoint_id: int) -> Touchpoint:
    """A touchpoint of this workspace that is not archived, or 404."""
    touchpoint = row(Touchpoint, request, pk=touchpoint_id, archived_at=None)
    touchpoint.workspace = request.workspace
    return touchpoint
