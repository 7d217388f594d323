"""What each kind of question measures, and how it is usually asked: what the team begins with."""

from collections.abc import Iterable

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from feedback.models import QuestionKind

MEASURES: dict[str, Promise] = {
    QuestionKind.NPS: _(
        "Loyalty: whether they would recommend you. Ask it once, about the company or a whole journey."
    ),
    QuestionKind.CSAT5: _("Satisfaction with what has just happened. The usual question at a touchpoint."),
    QuestionKind.CSAT7: _("Satisfaction in finer steps, for customers who answer you often."),
    QuestionKind.CES: _("Effort: whether it was easy. For counters, forms, complaints and all that has to get done."),
    QuestionKind.EMOTION: _("What they felt, from frustrated to delighted: it draws the line of a journey."),
    QuestionKind.PAIR: _("What they expected beside what they found: the gap is what disappoints or delights."),
    QuestionKind.CHOICE: _("Which of your options applies to them. It is counted and moves no score."),
    QuestionKind.TEXT: _("Why they rated as they did. It belongs to the rating before it."),
}
USUAL: dict[str, Promise] = {
    QuestionKind.NPS: _("How likely are you to recommend us to friends or colleagues?"),
    QuestionKind.CSAT5: _("How satisfied are you with %(about)s?"),
    QuestionKind.CSAT7: _("How satisfied are you with %(about)s?"),
    QuestionKind.CES: _("It was easy for me to get what I needed."),
    QuestionKind.EMOTION: _("How did you feel about %(about)s?"),
    QuestionKind.PAIR: _("How good was %(about)s?"),
    QuestionKind.CHOICE: _("Which of these applies to you?"),
    QuestionKind.TEXT: _("What is the main reason for your answer?"),
}


def usual_wording(kind: str, *, about: str, languages: Iterable[str]) -> dict[str, str]:
    """How a question of that kind is usually asked, by language; `about`: the name of what it asks about."""
    wording = {}
    for language in languages:
        with translation.override(language):
            wording[language] = str(USUAL[kind]) % {"about": about}
    return wording
