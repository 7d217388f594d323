"""All that is kept of one person, to be handed to them."""

from collections import defaultdict
from typing import Any

from feedback.actions.persons.sought import Person, naming, submissions_of
from feedback.columns.plan import WORDS
from feedback.models import Response, Submission
from touchpoints.health.metrics import Metric
from touchpoints.models import SubjectKind
from workspaces import clock
from workspaces.models import Workspace


def export_person(workspace: Workspace, person: Person) -> dict[str, Any]:
    """What they said, questionnaire by questionnaire, in words that a reader understands; the oldest first.

    `named_in`: comments of others, or of nobody, that name them. Three statements, however much there is.
    """
    submissions = submissions_of(workspace, person).select_related("respondent", "persona", "channel")
    sheets = list(submissions.order_by("occurred_at", "pk"))
    answers: dict[int, list[dict[str, Any]]] = defaultdict(list)
    given = Response.objects.filter(submission__in=[sheet.pk for sheet in sheets], removed_at=None)
    for response in given.select_related("subject__touchpoint", "workspace").order_by("pk"):
        answers[response.submission_id].append(_told(response))
    elsewhere = naming(workspace, person).exclude(submission__in=[sheet.pk for sheet in sheets])
    return {
        "person": person.names,
        "kept_by": workspace.name,
        "made_at": clock.now().astimezone(workspace.zone).isoformat(timespec="seconds"),
        "questionnaires": [_sheet(sheet) | {"answers": answers[sheet.pk]} for sheet in sheets],
        "named_in": [
            _told(response) for response in elsewhere.select_related("subject__touchpoint", "workspace").order_by("pk")
        ],
    }


def _sheet(sheet: Submission) -> dict[str, Any]:
    told: dict[str, Any] = {
        "source": sheet.source,
        "id": sheet.external_id,
        "experienced": sheet.occurred_at.astimezone(sheet.workspace.zone).isoformat(timespec="minutes"),
        "customer": sheet.respondent.reference if sheet.respondent else "",
        "persona": str(sheet.persona or ""),
        "channel": str(sheet.channel or ""),
        "device": str(sheet.get_device_display()),
        "segment": sheet.segment,
        **sheet.attributes,
    }
    return {name: value for name, value in told.items() if value}


def _told(response: Response) -> dict[str, Any]:
    subject = response.subject
    about = subject.touchpoint.name if subject.kind == SubjectKind.TOUCHPOINT else str(subject.get_kind_display())
    told = {
        "about": about,
        "measured": str(WORDS[Metric(response.metric)]),
        "scale": response.scale,
        "value": response.value,
        "comment": response.text,
        "question": response.question,
    }
    return {name: value for name, value in told.items() if value not in ("", None)}
