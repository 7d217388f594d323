"""What the team does with the questions of a survey. Whoever changes them holds the survey."""

from typing import Any

from django.utils.translation import gettext as _

from feedback.actions.surveys import questions_of, sound
from feedback.models import RATED, Question, QuestionKind, Survey
from feedback.models.question import WORDED
from workspaces import clock
from workspaces.access import locked
from workspaces.actions import keeping, record
from workspaces.errors import Refused
from workspaces.models import LONGEST_ATTRIBUTE, Actor
from workspaces.transactions import retried

MOST = 20
MEASURES = ("kind", "subject")  # what an answer that was given relies on


@retried
def add_question(survey: Survey, *, kind: str, by: Actor, **facts: Any) -> Question:
    """A new question, the last one. A rating measures what the survey is about, unless `subject` says otherwise.

    Raises Refused when the survey has as many as it may have, or is open and the question is not complete.
    """
    survey = locked(survey)
    asked = len(questions_of(survey))
    if asked >= MOST:
        raise Refused(_("A survey has at most %(number)d questions.") % {"number": MOST})
    if kind in RATED:
        facts["subject"] = facts.get("subject") or survey.subject
    question = Question(workspace=survey.workspace, survey=survey, position=asked, kind=kind, **facts)
    _check(question)
    question.save()
    record(survey.workspace, "question.create", question, by=by)
    sound(survey)
    return question


@retried
def edit_question(question: Question, *, version: int, by: Actor, **facts: Any) -> Question:
    """Change a question. One that customers have answered keeps its kind, what it measures and its options' number.

    Raises Stale, and Refused for what would change the meaning of answers or leave an open survey incomplete.
    """
    survey = locked(question.survey)
    now = locked(question)
    kind = facts.get("kind", now.kind)
    if kind in RATED and not facts.get("subject", now.subject):
        facts["subject"] = survey.subject
    elif kind not in RATED:
        facts["subject"] = None
    if kind != QuestionKind.CHOICE and "attribute" not in facts:
        facts["attribute"] = None
    if now.answered:
        _keep_meaning(now, facts)
    now = keeping.edit(question, version=version, by=by, **facts)
    _check(now)
    sound(survey)
    return now


@retried
def move_question(question: Question, *, after: Question | None, by: Actor) -> Question:
    """Let a question follow another, or lead. Where it stands there already nothing happens.

    Raises Refused when the other is no longer asked, and when words of an open survey would lose their rating.
    """
    survey = locked(question.survey)
    asked = questions_of(survey)
    others = [one for one in asked if one.pk != question.pk]
    moved = next((one for one in asked if one.pk == question.pk), None)
    if moved is None or (after is not None and after not in others):
        raise Refused(_("This question is no longer asked."))
    others.insert(others.index(after) + 1 if after else 0, moved)
    if others != asked:
        _number(others)
        record(survey.workspace, "question.move", moved, by=by)
        sound(survey)
    return moved


@retried
def remove_question(question: Question, *, by: Actor) -> Question:
    """Ask it no longer; what was answered stays. Twice is harmless. Raises Refused for the last of an open survey."""
    survey = locked(question.survey)
    now = locked(question)
    if not now.archived_at:
        now.archived_at, now.position = clock.now(), None
        keeping.store(now, "remove", by=by)
        _number(questions_of(survey))
        sound(survey)
    return now


@retried
def restore_question(question: Question, *, by: Actor) -> Question:
    """Ask it again, as the last one. Twice is harmless. Raises Refused as `add_question` does.

    It fills no attribute that another question fills by now.
    """
    survey = locked(question.survey)
    now = locked(question)
    if now.archived_at:
        others = questions_of(survey)
        now.archived_at, now.position = None, len(others)
        if now.attribute_id in {one.attribute_id for one in others}:
            now.attribute = None  # another fills it by now
        if now.position >= MOST:
            raise Refused(_("A survey has at most %(number)d questions.") % {"number": MOST})
        keeping.store(now, "restore", by=by)
        sound(survey)
    return now


def _number(questions: list[Question]) -> None:
    """Give them their places, densely from 0; no version rises, for nobody sees more than an order."""
    for position, question in enumerate(questions):
        question.position = position
    Question.objects.bulk_update(questions, ["position"])


def _keep_meaning(question: Question, facts: dict[str, Any]) -> None:
    if keeping.differs(question, {name: facts[name] for name in MEASURES if name in facts}):
        raise Refused(
            _(
                "Customers have answered this question, so it keeps its kind and what it measures. Its words can be"
                " changed; to ask something else, remove it and add a new one."
            )
        )
    chosen = question.kind == QuestionKind.CHOICE
    if chosen and len(facts.get("options", question.options)) < len(question.options):
        raise Refused(_("Customers have chosen among these options: none can be taken away."))


def _check(question: Question) -> None:
    """Refuse words for steps that its scale has not, and options that an attribute cannot take."""
    steps = len(question.parts[0].scale.values) if question.kind in WORDED else None
    if question.kind != QuestionKind.CHOICE and question.options and len(question.options) != steps:
        raise Refused(
            _("Give words for each of the %(steps)s steps, or none.") % {"steps": steps}
            if steps
            else _("This kind of question has no options.")
        )
    if question.attribute and any(
        len(text) > LONGEST_ATTRIBUTE for option in question.options for text in option.values()
    ):
        limit = {"limit": LONGEST_ATTRIBUTE}
        raise Refused(_("An option that fills an attribute has at most %(limit)s characters.") % limit)
