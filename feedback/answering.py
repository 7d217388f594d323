"""From what a form sent to an answer of a question, or the reason why it is none. Nothing is ever clamped."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from feedback.actions.answer import Reason, refusal_message
from feedback.models import LONGEST_TEXT, Question, QuestionKind
from touchpoints.health.metrics import Refusal, Scale


class NotAnAnswer(Exception):
    """What was sent does not answer the question: by the field's name, what to do about it, in the active language."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(", ".join(problems.values()))
        self.problems = dict(problems)


def passed_over(question: Question) -> dict[str, Any]:
    """As `read_answer`, of somebody who skips the question. Raises NotAnAnswer when it must be answered."""
    if question.required:
        raise NotAnAnswer(dict.fromkeys(question.fields()[:1], _missing(question)))
    return dict.fromkeys(question.names())


def read_answer(question: Question, sent: Mapping[str, str]) -> dict[str, Any]:
    """What was sent, as a filling keeps it. Raises NotAnAnswer."""
    fields = question.fields()
    if question.kind == QuestionKind.TEXT:
        return {question.names()[0]: _read_text(question, sent.get(fields[0], ""))}
    answers: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for place, (name, field) in enumerate(zip(question.names(), fields, strict=True)):
        raw = sent.get(field, "")
        scale = question.parts[place].scale if question.parts else None
        value = scale.read_text(raw) if scale else _chosen(question, raw)
        if isinstance(value, Refusal):
            problems[field] = _problem(question, scale, value, raw)
        answers[name] = value
    if problems:
        raise NotAnAnswer(problems)
    return answers


def _chosen(question: Question, raw: str) -> int | Refusal:
    if not raw:
        return Refusal.EMPTY
    number = int(raw) if raw.isascii() and raw.isdecimal() and len(raw) <= 2 else -1
    return number if 0 <= number < len(question.options) else Refusal.OUT_OF_RANGE


def _read_text(question: Question, raw: str) -> str | None:
    text = raw.replace("\r\n", "\n").strip()
    if len(text) > LONGEST_TEXT:
        too_long = _("Write at most %(limit)s signs; these are %(length)s.")
        raise NotAnAnswer({"answer": too_long % {"limit": LONGEST_TEXT, "length": len(text)}})
    if not text and question.required:
        raise NotAnAnswer({"answer": _missing(question)})
    return text or None


def _missing(question: Question) -> str:
    if question.kind == QuestionKind.TEXT:
        return _("Write an answer")
    return _("Choose an answer") if question.required else _("Choose an answer or skip the question")


def _problem(question: Question, scale: Scale | None, refusal: Refusal, raw: str) -> str:
    if refusal is Refusal.EMPTY:
        return _missing(question)
    if scale is None:
        return _("Choose one of the answers")
    return refusal_message(Reason(refusal.value), {"value": raw[:40], "low": scale.low, "high": scale.high})
