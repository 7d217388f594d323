"""What is said about a touchpoint, a case, a measure or an opportunity, as its panel and its page show it."""

from typing import Any

from django.urls import reverse

from feedback.models import Case
from measures.models import Measure, Opportunity
from touchpoints.models import Touchpoint
from workspaces.access import WorkspaceRequest
from workspaces.forms.talk import NewCommentForm
from workspaces.talk import conversations

Thing = Touchpoint | Case | Measure | Opportunity
# Where something is said about a thing, and the name of its id there.
SAID_AT: dict[type[Thing], tuple[str, str]] = {
    Touchpoint: ("comments", "touchpoint_id"),
    Case: ("case_comments", "case_id"),
    Measure: ("measure_comments", "measure_id"),
    Opportunity: ("opportunity_comments", "opportunity_id"),
}
THINGS = tuple(str(model._meta.model_name) for model in SAID_AT)  # as their threads call them


def talk_about(request: WorkspaceRequest, thing: Thing) -> dict[str, Any]:
    """What `workspaces/_talk.html` shows: the conversations, open ones apart from settled ones, and an empty form."""
    all_of_them = conversations(thing.thread, request.membership)
    form = NewCommentForm(thread=thing.thread, member=request.membership)
    return {
        str(thing._meta.model_name): thing,
        "thread": thing.thread,
        "thing": f"{thing._meta.model_name}-{thing.pk}",
        "talk_address": talk_address(thing),
        "open_talk": [one for one in all_of_them if not one.resolved],
        "settled_talk": [one for one in all_of_them if one.resolved],
        "form_of_talk": form,
        "members": list(form.fields["mention"].queryset),  # type: ignore[attr-defined]
    }


def talk_address(thing: Thing) -> str:
    """Where something is said about it."""
    name, number = SAID_AT[type(thing)]
    return reverse(name, kwargs={"slug": thing.workspace.slug, number: thing.pk})
