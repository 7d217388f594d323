"""The words by which a score is explained."""

from django import template
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from journeys.placed import MapTouchpoint
from scorecards.explaining import PartExplained
from scorecards.formulas import num, put
from scorecards.over_time import Moment, Reason
from scorecards.scorecard import PLACES
from scorecards.trend import Trend
from touchpoints.health.metrics import Metric, Scale
from touchpoints.health.usual import Learned
from touchpoints.models import PhaseKind
from workspaces.templatetags.look import percent

register = template.Library()

REASONS: dict[Reason, Promise] = {
    Reason.RULE: gettext_lazy("another rule was in force"),
    Reason.USUAL: gettext_lazy("the usual means were learned anew"),
    Reason.CAME: gettext_lazy("answers came later"),
    Reason.WENT: gettext_lazy("answers were removed or moved to another day"),
    Reason.ANSWERS: gettext_lazy("answers were changed"),
}

VALUES: dict[tuple[Metric, int], Promise] = {
    (Metric.CONTACT, 1): gettext_lazy("came"),
    (Metric.VISIT, 0): gettext_lazy("left"),
    (Metric.VISIT, 1): gettext_lazy("completed"),
}

register.filter("put", put)
register.filter("num", num)


@register.filter
def reason_word(reason: Reason) -> Promise:
    """Why a score is told otherwise than it was then."""
    return REASONS[reason]


@register.filter
def window_words(table: str) -> str:
    """How far a table of weights looks back."""
    kind, _dash, days = table.partition("-")
    words = _("the last %(days)s days") if kind == "flat" else _("older answers weigh less, half after %(days)s days")
    return words % {"days": days}


@register.filter
def value_word(value: int, scale: Scale) -> str:
    """A value as it was answered, or what it stands for where nobody was asked."""
    return str(VALUES.get((scale.metric, value), value))


@register.filter
def phase_word(kind: str) -> str:
    """The word of a phase's kind."""
    return str(PhaseKind(kind).label)


@register.filter
def usual_words(explained: PartExplained) -> str:
    """Among whom it was learned what is usual, and why it weighs what it does."""
    learned = explained.learned
    if learned is None:
        return _("a default, until eight touchpoints have enough answers to learn from")
    among = _("the phase %(phase)s") % {"phase": phase_word(learned.peer_group)} if learned.peer_group else ""
    told = ngettext(
        "learned from %(count)s touchpoint of %(among)s",
        "learned from %(count)s touchpoints of %(among)s",
        learned.peers,
    ) % {"count": learned.peers, "among": among or pgettext("learned from touchpoints of", "the workspace")}
    if not learned.between:
        return _("%(told)s, which differ no more than chance would have it") % {"told": told}
    least, most = explained.limits
    if learned.mass in explained.limits:
        return _("%(told)s, kept between %(least)s and %(most)s") % {
            "told": told,
            "least": put(least),
            "most": put(most),
        }
    return told


@register.filter
def weight_formula(at: MapTouchpoint) -> str:
    """What a touchpoint weighs on its journey, worked out."""
    twice = " × 2" if at.moment_of_truth else ""
    return f"{at.importance}{twice} × √{put(at.share / 100)} = {num(at.weight, 2)}"


@register.filter
def source_word(source: str) -> Promise:
    """From whom it was learned what is usual, in a word or two."""
    return SOURCES[Learned(source)]


SOURCES: dict[Learned, Promise] = {
    Learned.PHASE: gettext_lazy("of its phase"),
    Learned.WORKSPACE: gettext_lazy("of the workspace"),
    Learned.DEFAULT: gettext_lazy("default"),
}


@register.filter
def chance_word(share: float) -> str:
    """A probability in whole percent, never told as 0 or 100."""
    space = percent(0)[1:-1]
    if share < 0.01:
        return f"< 1{space}%"
    return f"> 99{space}%" if share > 0.99 else percent(share)


@register.filter
def trend_words(trend: Trend) -> str:
    """The drawing in one sentence; empty where there is nothing to draw."""
    if trend.words is None:
        return ""
    first, last, lowest, highest = trend.words
    return _("Health over time: %(first)s, then lowest %(lowest)s and highest %(highest)s, and %(last)s.") % {
        "first": _told(first),
        "lowest": _told(lowest),
        "highest": _told(highest),
        "last": _told(last),
    }


def _told(one: Moment) -> str:
    day = date_format(one.day, "SHORT_DATE_FORMAT")
    return _("%(score)s on %(day)s") % {"score": num(float(one.now or 0), PLACES), "day": day}
