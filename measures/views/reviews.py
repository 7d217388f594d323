"""With what a review compares."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from measures.actions import choose_controls
from measures.forms.reviews import ControlsForm
from measures.models import Measure, Review
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import save, status
from workspaces.models import Role


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def review_controls(request: WorkspaceRequest, measure_id: int) -> HttpResponse:
    """A form for the touchpoints that a measure's open review compares with; 404 where none is open."""
    measure = row(Measure, request, pk=measure_id, archived_at=None)
    review = row(Review, request, measure=measure, closed_at=None)
    form = ControlsForm(request.POST if request.method == "POST" else None, instance=review)
    if save(form, choose_controls, form.instance, by=request.user):
        messages.success(request, _("Saved. The review is told by them from now on."))
        return redirect(f"{reverse('measure', args=[request.workspace.slug, measure_id])}#review")
    shown = {"form": form, "measure": measure}
    return render(request, "measures/review_controls.html", shown, status=status(form))
