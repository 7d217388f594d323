"""What the team does with its surveys."""

from collections.abc import Collection, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from feedback.models import Question, QuestionKind, Survey, SurveyStatus
from touchpoints.actions import subject_of
from touchpoints.models import Subject
from workspaces.access import locked
from workspaces.actions import keeping, record
from workspaces.errors import Refused
from workspaces.models import Actor, Workspace
from workspaces.transactions import retried

LEAST_OPTIONS = 2  # or there is nothing to choose


@transaction.atomic
def create_survey(workspace: Workspace, *, by: Actor, subject: Subject | None = None, **facts: Any) -> Survey:
    """A survey to be filled with questions, about the relationship as a whole unless about this subject.

    Raises IntegrityError when the name is taken.
    """
    about = subject or subject_of(workspace)
    survey: Survey = Survey.objects.create(workspace=workspace, subject=about, **facts)
    record(workspace, "survey.create", survey, by=by)
    return survey


@retried
def edit_survey(survey: Survey, *, version: int, by: Actor, **facts: Any) -> Survey:
    """Change how a survey looks, whom it asks or when it ends.

    Raises Stale, IntegrityError when the name is taken, and Refused for a quota below what has been given already and
    for what would leave an open survey without words.
    """
    given = locked(survey).submitted  # nobody submits before this has ended
    if facts.get("quota") is not None and facts["quota"] < given:
        raise Refused(_("%(number)s have answered already: the limit cannot be lower.") % {"number": given})
    return sound(keeping.edit(survey, version=version, by=by, **facts))


def archive_survey(survey: Survey, *, by: Actor) -> Survey:
    """Put a survey away; customers meet it as closed."""
    return keeping.archive(survey, by=by)


def restore_survey(survey: Survey, *, by: Actor) -> Survey:
    """Take a survey back as it was. Raises IntegrityError when its name has been given to another meanwhile."""
    return keeping.restore(survey, by=by)


@retried
def open_survey(survey: Survey, *, by: Actor) -> Survey:
    """Let customers answer. Twice is harmless. Raises Refused, saying what is missing, or when it was closed."""
    opened = _change(survey, SurveyStatus.OPEN, "open", after=(SurveyStatus.DRAFT, SurveyStatus.PAUSED), by=by)
    if opened.is_over:
        raise Refused(_("Its last day has passed."))
    return sound(opened)


@retried
def pause_survey(survey: Survey, *, by: Actor) -> Survey:
    """Take no answers until it is opened again. Twice is harmless. Raises Refused unless it is open."""
    return _change(survey, SurveyStatus.PAUSED, "pause", after=(SurveyStatus.OPEN,), by=by)


@retried
def close_survey(survey: Survey, *, by: Actor) -> Survey:
    """Take no answers any more. Twice is harmless."""
    before = (SurveyStatus.DRAFT, SurveyStatus.OPEN, SurveyStatus.PAUSED)
    return _change(survey, SurveyStatus.CLOSED, "close", after=before, by=by)


def _change(survey: Survey, to: SurveyStatus, verb: str, *, after: Collection[SurveyStatus], by: Actor) -> Survey:
    now = locked(survey)
    if now.status == to:
        return now
    if now.status not in after:
        standing = SurveyStatus(now.status)
        raise Refused(_("“%(name)s” is %(status)s: this cannot be done.") % {"name": now, "status": standing.label})
    now.status = to
    keeping.store(now, verb, by=by)
    return now


def sound(survey: Survey) -> Survey:
    """The survey, unless it is open and customers would meet something missing. Raises Refused, so that it stays."""
    if survey.status == SurveyStatus.OPEN and (missing := problems_of(survey)):
        raise Refused(missing[0])
    return survey


def questions_of(survey: Survey) -> list[Question]:
    """What it asks, in order; by one statement."""
    return list(
        Question.objects.of(survey.workspace)
        .kept()
        .filter(survey=survey)
        .select_related("attribute")
        .order_by("position")
    )


def problems_of(survey: Survey, questions: Sequence[Question] | None = None) -> list[str]:
    """What keeps a survey from being open, in words; empty when nothing does. `questions`: its own, if read already."""
    questions = questions_of(survey) if questions is None else questions
    found = [] if questions else [_("There is no question yet.")]
    if survey.is_over and survey.status != SurveyStatus.OPEN:  # one that has run out may still be edited
        found.append(_("Its last day has passed."))
    for number, question in enumerate(questions, start=1):
        problems = [*_lacking(survey, question), *_out_of_place(questions[: number - 1], question)]
        found += [
            _("Question %(number)s: %(problem)s") % {"number": number, "problem": problem} for problem in problems
        ]
    return found


def advice_of(survey: Survey, questions: Sequence[Question]) -> list[str]:
    """What will be missed though the survey can be opened without it, in words."""
    names = dict(settings.LANGUAGES)
    found = [
        _("There is no privacy line in %(language)s.") % {"language": names[language]}
        for language in survey.languages
        if not survey.privacy.get(language)
    ]
    found += _attributes_missed(questions)
    return found if survey.privacy_url else [*found, _("There is no link to your privacy notice.")]


def _attributes_missed(questions: Sequence[Question]) -> list[str]:
    """Where what is chosen fills no attribute."""
    found = []
    for number, question in enumerate(questions, start=1):
        named = {"number": number, "attribute": question.attribute}
        if question.attribute and question.attribute.archived_at:
            found.append(_("Question %(number)s fills nothing: the attribute “%(attribute)s” is archived.") % named)
        elif question.attribute and not any(one.parts and one.required for one in questions):
            found.append(
                _(
                    "Question %(number)s fills “%(attribute)s” only where a rating is answered, too. None has to be:"
                    " let one be required."
                )
                % named
            )
    return found


def _lacking(survey: Survey, question: Question) -> list[str]:
    names = dict(settings.LANGUAGES)
    found = [
        _("it has no words in %(language)s.") % {"language": names[language]}
        for language in survey.languages
        if not question.wording.get(language) or not all(option.get(language) for option in question.options)
    ]
    if question.kind == QuestionKind.CHOICE and len(question.options) < LEAST_OPTIONS:
        found.append(_("give at least two options."))
    return found


def _out_of_place(before: Sequence[Question], question: Question) -> list[str]:
    """What is wrong with where words are asked for: they belong to the rating before, which must be there, once."""
    if question.kind != QuestionKind.TEXT:
        return []
    since = [one.kind for one in before]
    rated = [place for place, one in enumerate(before) if one.parts]
    if not rated or not before[rated[-1]].required:
        return [_("words belong to the rating before, which must be one that has to be answered.")]
    if QuestionKind.TEXT in since[rated[-1] :]:
        return [_("the words for this rating are asked for already.")]
    return []
