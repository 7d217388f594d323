"""What a customer does with a survey: answers question after question, and sends what was answered."""

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef
from django.db.models.expressions import RawSQL
from psycopg.types.json import Jsonb

from feedback.actions import statements
from feedback.actions.answer import Answer, Reason
from feedback.actions.questionnaire import Status
from feedback.actions.record import record_responses
from feedback.actions.respondents import hold_respondents
from feedback.models import Filling, Question, QuestionKind, Respondent, Submission, Survey
from feedback.models.survey import PERSONAL
from feedback.names import masker_of
from feedback.wording import in_words
from workspaces import clock
from workspaces.access import locked
from workspaces.transactions import retried

LEFT_AFTER = datetime.timedelta(days=30)  # nobody goes on with what was begun so long ago


class Asked(NamedTuple):
    """A survey and what it asks, in order.

    `names`: those that are taken out of what customers write to it. `reference`: of whom, where a personal link says
    so and `meet` agrees.
    """

    survey: Survey
    questions: list[Question]
    names: str = ""
    reference: str = ""


class Closed(Exception):
    """The survey takes no answers: not yet, not now or no more."""


def survey_for(key: str) -> Asked:
    """The survey at that public address, by one statement. Raises Survey.DoesNotExist."""
    kept = Question.objects.kept().filter(survey__key=key).order_by("position")
    kept = kept.select_related("survey__workspace", "attribute")
    if questions := list(kept.annotate(names_to_mask=RawSQL(statements.NAMES_FOR_WORDS, ()))):  # noqa: S611 - all our own words
        names = next((question.names_to_mask for question in questions if question.names_to_mask), "")
        return Asked(questions[0].survey, questions, names)
    return Asked(Survey.objects.select_related("workspace").get(key=key), [])


def filling_of(survey: Survey, key: str) -> Filling:
    """How far somebody has come; as not begun where nothing is stored under that key.

    Raises Filling.DoesNotExist for one that only a personal link can begin.
    """
    found: Filling | None = Filling.objects.of(survey.workspace).filter(survey=survey, key=key).first()
    if found is None and key.startswith(PERSONAL):
        raise Filling.DoesNotExist
    return found or Filling(workspace=survey.workspace, survey=survey, key=key)


def answer_question(
    asked: Asked, key: str, question: Question, answers: Mapping[str, Any], *, language: str
) -> Filling:
    """Take in what somebody answered (`read_answer`) to one of the survey's questions, and begin their filling by it.

    `key`: the filling's own, as `new_key` and, of a personal link, `meet` make them: whoever has it goes on with it.
    After the last question all is submitted, if nothing is wanting. What has been submitted stays as it is. Words are
    masked before they are kept. Raises Closed, also where somebody's data are just being erased, and
    Filling.DoesNotExist when the key is one of another survey, or only a personal link can begin it.
    """
    mask = masker_of(asked.names).comment
    answers = {name: mask(said) if isinstance(said, str) else said for name, said in answers.items()}
    says_something = any(said is not None for said in answers.values())
    if says_something and asked.survey.takes_answers and not question.answered:
        _keep_meaning(question)
    return _answer(asked, key, question, answers, language)


@retried
def _answer(asked: Asked, key: str, question: Question, answers: Mapping[str, Any], language: str) -> Filling:
    filling = _held(asked, key, answers, language)
    if filling.submitted_at:
        return filling
    if not asked.survey.takes_answers:
        raise Closed
    if question == asked.questions[-1] and wanting(asked.questions, filling) is None:
        submit(asked, filling)
    return filling


def submit(asked: Asked, filling: Filling) -> None:
    """Make a submission of a filling that `answer_question` holds. Raises Closed when the survey takes no more.

    What has become responses is kept nowhere else; of the rest, what was chosen. One without any answer is not counted.
    What a choice says of an attribute goes with the ratings; without any there is nothing that could be cut by it.
    """
    now = clock.now()
    given = list(responses(asked, filling, now))
    outcome = record_responses(asked.survey.workspace, given, atomic=True)
    if refused := [result.refusal for result in outcome.results if result.status is Status.REFUSED and result.refusal]:
        if refused[0].reason in (Reason.ERASED, Reason.ATTRIBUTE):  # the one or the other went a moment ago
            raise Closed
        raise refused[0]  # each was read by its scale before: somebody broke that
    chosen = {
        name: filling.answers.get(name)
        for question in asked.questions
        if question.kind == QuestionKind.CHOICE
        for name in question.names()
    }
    filling.submitted_at, filling.answers = now, chosen
    counts = bool(given) or any(option is not None for option in chosen.values())
    with connection.cursor() as cursor:
        columns: dict[str, Any] = {
            "survey": asked.survey.pk,
            "filling": filling.pk,
            "now": now,
            "answers": Jsonb(chosen),
        }
        cursor.execute(statements.SUBMIT_FILLING if counts else statements.PASS_OVER_FILLING, columns)
        if cursor.fetchone() is None:
            raise Closed


def responses(asked: Asked, filling: Filling, now: datetime.datetime) -> Iterator[Answer]:
    """What was answered, as ratings of their subjects; words go with the rating before them."""
    survey, chosen = asked.survey, _attributes(asked, filling)
    for place, question in enumerate(asked.questions):
        for part, name in zip(question.parts, question.names(), strict=False):
            if (value := filling.answers.get(name)) is not None:
                yield Answer(
                    source=survey.source,
                    external_id=filling.key,
                    question=name,
                    subject=question.subject_id or survey.subject_id,
                    metric=part.scale.metric.value,
                    scale=part.scale.code,
                    value=value,
                    occurred_at=now,
                    text=_words_after(asked.questions[place + 1 :], filling) if part is question.parts[-1] else "",
                    persona=survey.persona_id,
                    segment=survey.segment,
                    respondent=filling.respondent.reference if filling.respondent else "",
                    attributes=chosen,
                )


def _attributes(asked: Asked, filling: Filling) -> dict[str, str]:
    """What was chosen says of the workspace's attributes, in the survey's first language; nothing of archived ones."""
    filled: dict[str, str] = {}
    for question in asked.questions:
        option = filling.answers.get(str(question.pk))
        if question.attribute and not question.attribute.archived_at and option is not None:
            filled[question.attribute.key] = in_words(question.options[option], asked.survey.languages[0])
    return filled


def wanting(questions: Sequence[Question], filling: Filling) -> Question | None:
    """The first question that is still to be answered or, where it may be, passed over."""
    for question in questions:
        known = [filling.answers[name] for name in question.names() if name in filling.answers]
        if len(known) < len(question.names()) or (question.required and None in known):
            return question
    return None


@retried
def forget_left(now: datetime.datetime) -> int:
    """Delete what was begun more than 30 days before `now` and never sent; return how many.

    With the respondents of whom nothing else is known.
    """
    left = Filling.objects.filter(submitted_at=None, begun_at__lt=now - LEFT_AFTER)
    whose = set(left.exclude(respondent=None).values_list("respondent", flat=True))
    gone, _by_model = left.delete()
    silent = Respondent.objects.filter(answered_at=None, pk__in=whose).order_by("reference")
    held = list(
        silent.select_for_update().values_list("pk", flat=True)
    )  # whoever tells of them meanwhile is waited for
    told_of = [~Exists(model.objects.filter(respondent=OuterRef("pk"))) for model in (Filling, Submission)]
    Respondent.objects.filter(*told_of, pk__in=held).delete()
    return gone


def _words_after(following: Sequence[Question], filling: Filling) -> str:
    for question in following:
        if question.parts:
            break
        if question.kind == QuestionKind.TEXT:
            return filling.answers.get(str(question.pk)) or ""
    return ""


def _held(asked: Asked, key: str, answers: Mapping[str, Any], language: str) -> Filling:
    survey = asked.survey
    columns: dict[str, Any] = {"workspace": survey.workspace_id, "survey": survey.pk, "key": key, "language": language}
    columns |= {"answers": Jsonb(answers), "now": clock.now(), "respondent": _respondent(asked)}
    begins = asked.reference or not key.startswith(PERSONAL)
    with connection.cursor() as cursor:
        cursor.execute(statements.HOLD_FILLING if begins else statements.HOLD_BEGUN_FILLING, columns)
        row = cursor.fetchone()
    if row is None:
        raise Filling.DoesNotExist
    pk, kept, begun_at, submitted_at, respondent, reference = row
    held = {"pk": pk, "answers": json.loads(kept), "begun_at": begun_at, "submitted_at": submitted_at}
    if respondent:
        held["respondent"] = Respondent(pk=respondent, workspace=survey.workspace, reference=reference)
    return Filling(workspace=survey.workspace, survey=survey, key=key, language=language, **held)


def _respondent(asked: Asked) -> int | None:
    """The id of whom a personal link was sent to, known from now on. Raises Closed where they are being erased."""
    if not asked.reference:
        return None
    held = hold_respondents(asked.survey.workspace, [asked.reference])
    if asked.reference not in held:
        raise Closed
    return held[asked.reference]


@retried
def _keep_meaning(question: Question) -> None:
    """From its first answer on a question measures the same. Raises Closed when it was changed since it was read."""
    now = locked(question)
    if (now.kind, now.subject_id, len(now.options)) != (question.kind, question.subject_id, len(question.options)):
        raise Closed
    if not now.answered:
        Question.objects.filter(pk=now.pk).update(answered=True)
