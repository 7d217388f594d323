"""The words and signs of the quality gate."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from scorecards.gate import Gate
from touchpoints.health.gate import Judgement

register = template.Library()

WORDS: dict[Judgement, tuple[Promise, str]] = {
    Judgement.BELOW: (_("below target"), "circle-x"),
    Judgement.WITHIN: (_("below, but within its range"), "circle-minus"),
    Judgement.FEW: (_("below, by too few answers"), "circle-minus"),
    Judgement.UNKNOWN: (_("unknown"), "circle-question-mark"),
    Judgement.MET: (_("on target"), "circle-check"),
}


@register.filter
def judgement_word(judgement: Judgement) -> Promise:
    """What the gate says of a moment of truth."""
    return WORDS[judgement][0]


@register.filter
def judgement_icon(judgement: Judgement) -> str:
    """The sign of the same."""
    return WORDS[judgement][1]


@register.filter
def gate_words(gate: Gate) -> str:
    """How many it looked at, and how many of them it does not fail though they are not known to meet their targets."""
    counts = gate.counts
    open_ones = counts[Judgement.WITHIN] + counts[Judgement.FEW] + counts[Judgement.UNKNOWN]
    looked = len(gate.moments)
    said = ngettext("%(number)d was looked at", "%(number)d were looked at", looked) % {"number": looked}
    if not open_ones:
        return f"{said}."
    unknown = gettext("of %(number)d it is not known well enough") % {"number": open_ones}
    return f"{said}; {unknown}."
