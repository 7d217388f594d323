"""A survey that can be opened as it is made."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from feedback.actions.questions import add_question
from feedback.actions.surveys import create_survey
from feedback.models import QuestionKind, Survey
from feedback.usual import usual_wording
from touchpoints.models import Subject
from workspaces.models import Actor, Workspace


class Start(models.TextChoices):
    """The questions that a survey begins with."""

    CSAT = "csat", _("How satisfied, and why")
    NPS = "nps", _("Would they recommend you, and why")
    CES = "ces", _("Was it easy, and why")
    NOTHING = "nothing", _("No question yet")


FIRST = {Start.CSAT: QuestionKind.CSAT5, Start.NPS: QuestionKind.NPS, Start.CES: QuestionKind.CES}


@transaction.atomic
def begin_survey(
    workspace: Workspace, *, start: str, about: str, by: Actor, subject: Subject | None = None, **facts: Any
) -> Survey:
    """A survey with a rating that must be answered and the reason for it. `about`: the name of what it asks about.

    Raises IntegrityError when the name is taken.
    """
    survey = create_survey(workspace, by=by, subject=subject, **facts)
    if start != Start.NOTHING:
        for kind in (FIRST[Start(start)], QuestionKind.TEXT):
            wording = usual_wording(kind, about=about, languages=survey.languages)
            add_question(survey, kind=kind, wording=wording, required=kind != QuestionKind.TEXT, by=by)
    return survey
