"""What a customer chooses among: the steps of a scale in words, and a question's options."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from feedback.models import Question, QuestionKind
from feedback.wording import in_words

# Lowest first, as on the scale.
USUAL: dict[str, tuple[Promise, ...]] = {
    QuestionKind.CSAT5: (
        _("Very dissatisfied"),
        _("Dissatisfied"),
        _("Neither satisfied nor dissatisfied"),
        _("Satisfied"),
        _("Very satisfied"),
    ),
    QuestionKind.CSAT7: (
        _("Very dissatisfied"),
        _("Dissatisfied"),
        _("Rather dissatisfied"),
        _("Neither satisfied nor dissatisfied"),
        _("Rather satisfied"),
        _("Satisfied"),
        _("Very satisfied"),
    ),
    QuestionKind.CES: (
        _("Strongly disagree"),
        _("Disagree"),
        _("Rather disagree"),
        _("Neither agree nor disagree"),
        _("Rather agree"),
        _("Agree"),
        _("Strongly agree"),
    ),
    QuestionKind.EMOTION: (
        pgettext_lazy("I felt", "frustrated"),
        pgettext_lazy("I felt", "disappointed"),
        pgettext_lazy("I felt", "neutral"),
        pgettext_lazy("I felt", "pleased"),
        pgettext_lazy("I felt", "delighted"),
    ),
    QuestionKind.PAIR: (
        pgettext_lazy("it was", "very bad"),
        pgettext_lazy("it was", "bad"),
        pgettext_lazy("it was", "so-so"),
        pgettext_lazy("it was", "good"),
        pgettext_lazy("it was", "very good"),
    ),
}
FACES = ("angry", "frown", "meh", "smile", "laugh")
ASKED: dict[str, Promise] = {"expected": _("Before: what did you expect?"), "found": _("And how was it?")}


class Step(NamedTuple):
    """One answer that can be chosen: its value, its words (of 0 to 10 none but the number), and its face."""

    value: int
    words: str | Promise
    face: str = ""


class Group(NamedTuple):
    """Steps of which one is chosen. `field`: the form's; `name`: the filling's; `label`: of one among several."""

    field: str
    name: str
    label: str | Promise
    steps: list[Step]


def groups_of(question: Question, language: str) -> list[Group]:
    """All that is to be chosen at a question, one group a rating; none of one that asks for words.

    Where steps stand below each other the best is first.
    """
    if question.kind == QuestionKind.TEXT:
        return []
    if question.kind == QuestionKind.CHOICE:
        steps = [Step(number, in_words(words, language)) for number, words in enumerate(question.options)]
        return [Group(question.fields()[0], question.names()[0], "", steps)]
    return [
        Group(field, name, ASKED.get(part.name, ""), _steps(question, part.scale.values, language))
        for part, field, name in zip(question.parts, question.fields(), question.names(), strict=True)
    ]


def _steps(question: Question, values: range, language: str) -> list[Step]:
    if question.kind == QuestionKind.NPS:
        return [Step(value, str(value)) for value in values]
    own = [in_words(words, language) for words in question.options]
    words: Sequence[str | Promise] = own or USUAL[question.kind]
    faces = FACES if question.kind == QuestionKind.EMOTION else [""] * len(values)
    steps = [Step(*step) for step in zip(values, words, faces, strict=True)]
    return steps if question.kind == QuestionKind.PAIR else steps[::-1]
