"""The words by which is told what could be done next."""

from collections.abc import Sequence

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from measures.models import Cause, MeasureKind
from scorecards.finding.names import listed
from scorecards.next_actions import Action, Similar, WhyNot
from workspaces.templatetags.look import signed

register = template.Library()

PLACES = 1  # decimals of an effect
NAMED_IN_TITLE = 2

DO: dict[str, Promise] = {
    MeasureKind.TRAINING: gettext_lazy("Train the people there"),
    MeasureKind.PROCESS: gettext_lazy("Change the process"),
    MeasureKind.TECHNICAL: gettext_lazy("Improve the technology"),
    MeasureKind.COMMUNICATION: gettext_lazy("Tell customers better"),
}
WHY_NOT: dict[str, Promise] = {
    WhyNot.UNKNOWN: gettext_lazy(
        "Nothing is proposed: health is unknown, so nobody can say that something is wrong here. Ask customers first."
    ),
    WhyNot.ASSUMPTION: gettext_lazy(
        "Nothing is proposed: how customers feel here is an assumption so far. Ask them first."
    ),
    WhyNot.MET: gettext_lazy("Nothing is proposed: health meets its target."),
    WhyNot.NOWHERE: gettext_lazy("Nothing is proposed: no journey would gain by it."),
}


@register.filter
def do_word(kind: str) -> Promise:
    """What is to be done."""
    return DO[kind]


@register.filter
def why_not_word(why_not: str) -> Promise:
    """Why nothing is proposed."""
    return WHY_NOT[why_not]


@register.filter
def achieved(similar: Similar | None) -> str:
    """What similar measures in this workspace achieved."""
    if similar is None:
        return _("No similar measure has been reviewed yet.")
    if similar.partly:
        told = ngettext(
            "%(works)s of %(reviewed)s reviewed measure of this kind worked, %(partly)s partly: %(middle)s points.",
            "%(works)s of %(reviewed)s reviewed measures of this kind worked, %(partly)s partly:"
            " %(middle)s points in the middle.",
            similar.reviewed,
        )
    else:
        told = ngettext(
            "%(works)s of %(reviewed)s reviewed measure of this kind worked: %(middle)s points.",
            "%(works)s of %(reviewed)s reviewed measures of this kind worked: %(middle)s points in the middle.",
            similar.reviewed,
        )
    told %= {**similar._asdict(), "middle": signed(similar.middle, PLACES)}
    if not similar.is_closed:
        told = " ".join([told, _("None of these reviews is closed, so that may change.")])
    return told


@register.filter
def causes_word(causes: Sequence[str]) -> str:
    """Causes one behind the other, in words."""
    return listed([str(Cause(cause).label) for cause in causes])


@register.filter
def title_of(action: Action) -> str:
    """What a measure could be called that does it."""
    named = ", ".join(str(one.thing) for one in action.named[:NAMED_IN_TITLE])
    return f"{DO[action.kind]}: {named}"
