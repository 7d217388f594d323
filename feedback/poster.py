"""A survey on paper, for a counter: plain data for `templates/paper/poster.typ` and `qr.typ`."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from feedback.models import Question, Survey
from feedback.qr import as_svg, squares_of
from feedback.wording import in_words


def poster_of(survey: Survey, questions: list[Question]) -> dict[str, Any]:
    """What the poster says in the active language: the first question, and the way to it."""
    language = get_language() or survey.languages[0]
    asks = in_words(questions[0].wording, language) if questions else ""
    return {
        "language": language,
        "title": asks or survey.name,
        "author": str(survey.workspace),
        "brand": survey.brand,
        "asks": asks,
        "svg": as_svg(squares_of(survey.url)),
        "address": survey.url.partition("://")[2].rstrip("/"),
        "privacy": in_words(survey.privacy, language),
        "words": {
            "scan": _("Point your phone’s camera here"),
            "short": _("It takes a minute."),
            "type": _("Or open"),
            "code": _("QR code that leads to %(address)s") % {"address": survey.url},
        },
    }


def code_of(survey: Survey) -> dict[str, Any]:
    """What the image of the code alone is made of: ten points a square."""
    squares = squares_of(survey.url)
    return {"svg": as_svg(squares), "side": 10 * len(squares)}
