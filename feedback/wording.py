"""Words in each language that a survey speaks: {"en": "…", "de": "…"}."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import TextField
from django.db.models.functions import Cast, Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

LONGEST = 300
MOST_OPTIONS = 12
TOO_LONG = _("All words of one thing together are too long: write less.")
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def in_words(words: Mapping[str, Any], language: str) -> str:
    """The words in that language, or in another that there is."""
    return str(words.get(language) or next(iter(words.values()), ""))


def validate_words(words: object) -> None:
    """Refuse what is no words by language, and what is too long for a screen."""
    if not isinstance(words, dict) or not all(
        language in LANGUAGES and isinstance(text, str) for language, text in words.items()
    ):
        raise ValidationError(_("Give the words by language: en, de."))
    if any(len(text) > LONGEST for text in words.values()):
        raise ValidationError(_("Write at most %(longest)s signs."), params={"longest": LONGEST})


def validate_options(options: object) -> None:
    """Refuse what is no list of words by language, and more of them than one screen takes."""
    if not isinstance(options, list):
        raise ValidationError(_("Give a list of options."))
    if len(options) > MOST_OPTIONS:
        raise ValidationError(_("Give at most %(most)s options."), params={"most": MOST_OPTIONS})
    for words in options:
        validate_words(words)


def at_most(field: str, signs: int) -> LessThanOrEqual:
    """As a constraint: a field of JSON that is no longer than that, written out."""
    return LessThanOrEqual(Length(Cast(field, TextField())), signs)
