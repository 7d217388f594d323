"""The words of changes."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchpoints.health.changes import Change, Verdict

register = template.Library()

VERDICTS: dict[Verdict, Promise] = {
    Verdict.UP: _("real change"),
    Verdict.DOWN: _("real change"),
    Verdict.NOISE: _("within noise"),
    Verdict.FEW: _("too few answers"),
}


@register.filter
def verdict_word(change: Change) -> Promise:
    """What is said of a change, by the one rule of every difference."""
    return VERDICTS[change.verdict]
