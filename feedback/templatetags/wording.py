"""Words that are kept by language, in the reader's."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import get_language

from feedback.wording import in_words

register = template.Library()


@register.filter
def worded(words: Mapping[str, Any]) -> str:
    """The words in the reader's language, or in another that there is."""
    return in_words(words, get_language() or settings.LANGUAGE_CODE)
