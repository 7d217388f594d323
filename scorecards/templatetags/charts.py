"""The words and places of a touchpoint's charts. Places are attributes of SVG: the content policy admits no style."""

from collections.abc import Sequence
from decimal import Decimal

from django import template
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from scorecards.about import Noted
from scorecards.answered import FEELINGS, Bar, Distribution, Felt, across
from scorecards.cuts import Cut, Group
from scorecards.months import Month
from scorecards.templatetags.figures import scale_range
from touchpoints.health.changes import Change, Verdict
from touchpoints.health.figures import Figure
from touchpoints.health.metrics import Metric, Scale
from touchpoints.templatetags.alarms import metric_word
from touchpoints.templatetags.changes import verdict_word
from workspaces.templatetags.look import decimals, percent, signed

register = template.Library()

PLOT, WIDTH = 36, 50  # where the drawing begins beside its labels, and how wide it is, in percent
ROW = 24  # height of a row in pixels
LONGEST = 26  # letters of a label

NPS_WORDS: dict[int, Promise] = {
    0: gettext_lazy("Detractors"),
    7: gettext_lazy("Passives"),
    9: gettext_lazy("Promoters"),
}
SATISFIED: dict[int, Promise] = {
    1: gettext_lazy("Very dissatisfied"),
    2: gettext_lazy("Dissatisfied"),
    3: pgettext_lazy("satisfaction", "Neither"),
    4: gettext_lazy("Satisfied"),
    5: gettext_lazy("Very satisfied"),
}
# The words of a scale's ends, the worst one first
ENDS: dict[Metric, tuple[Promise, Promise]] = {
    Metric.CSAT: (gettext_lazy("very dissatisfied"), gettext_lazy("very satisfied")),
    Metric.CES: (gettext_lazy("very hard"), gettext_lazy("very easy")),
    Metric.RATING: (gettext_lazy("worst"), gettext_lazy("best")),
    Metric.EMOTION: (gettext_lazy("frustrated"), gettext_lazy("delighted")),
}
TOPS: dict[Metric, Promise] = {Metric.CSAT: gettext_lazy("satisfied"), Metric.CES: gettext_lazy("found it easy")}
AGAINST: dict[Verdict, Promise] = {
    Verdict.UP: gettext_lazy("higher than the others"),
    Verdict.DOWN: gettext_lazy("lower than the others"),
}


@register.filter
def times(number: int, factor: int = ROW) -> int:
    """So many rows further down."""
    return number * factor


@register.filter
def part(share: Decimal, longest: Decimal) -> float:
    """The length of a bar, in percent of the chart."""
    return round(WIDTH * float(share) / float(longest or 1), 2)


@register.filter
def beside(share: Decimal, longest: Decimal) -> float:
    """Where a bar ends, in percent of what is right of the labels."""
    return round(100 * part(share, longest) / (100 - PLOT), 2)


@register.filter
def as_percent(share: Decimal) -> str:
    """A share that is in whole percent."""
    return percent(float(share) / 100)


@register.filter
def feeling_x(value: float) -> float:
    """Where a feeling lies across the chart."""
    return round(PLOT + WIDTH * across(value, *FEELINGS) / 100, 2)


@register.filter
def scale_x(value: float, scale: Scale) -> float:
    """Where a mean, or the NPS, lies across the chart of a cut."""
    return round(PLOT + WIDTH * across(value, *scale_ends(scale)) / 100, 2)


@register.filter
def scale_ends(scale: Scale) -> tuple[int, int]:
    """Between which values the headline of a scale lies."""
    return (-100, 100) if scale.metric is Metric.NPS else (scale.low, scale.high)


@register.filter
def short(label: object) -> str:
    """A label that has room beside its row."""
    return Truncator(str(label)).chars(LONGEST)


@register.filter
def answer_word(bar: Bar, scale: Scale) -> str:
    """What was answered: the words of the question, or the value with the words of the scale's ends."""
    value = bar.values[0]
    if scale.metric is Metric.NPS:
        return str(NPS_WORDS[value])
    if scale.metric is Metric.CSAT and scale.high == max(SATISFIED):
        return str(SATISFIED[value])
    written = signed(value) if scale.low < 0 else str(value)
    worst, best = (scale.high, scale.low) if scale.reversed else (scale.low, scale.high)
    word = {worst: ENDS[scale.metric][0], best: ENDS[scale.metric][1]}.get(value)
    return f"{written}, {word}" if word else written


@register.filter
def top_word(scale: Scale) -> str:
    """What the top answers of a scale mean."""
    return str(TOPS.get(scale.metric, _("top")))


@register.filter
def headline(figure: Figure, scale: Scale) -> str:
    """An NPS with its sign, or a mean with two decimals."""
    value = figure.value or 0
    return signed(value, 1) if scale.metric is Metric.NPS else decimals(value, 2)


@register.filter
def headline_of(group: Group, scale: Scale) -> Figure | None:
    """The group's NPS or mean on that scale."""
    return group.headline(scale)


@register.filter
def scale_word(scale: Scale) -> str:
    """A metric with its scale; of the NPS there is but one."""
    word = metric_word(scale.metric.value)
    return word if scale.metric is Metric.NPS else f"{word} {scale_range(scale)}"


@register.filter
def group_word(group: Group) -> str:
    """The name of a group."""
    if group.name is None:
        return _("all others")
    return group.name or _("not known")


@register.filter
def against_word(change: Change) -> Promise:
    """How a group differs from all the others, by the one rule of every difference."""
    return AGAINST.get(change.verdict) or verdict_word(change)


@register.filter
def felt_name(felt: Felt) -> str:
    """Of whom it is told."""
    return felt.name or _("everybody")


@register.filter
def noted_words(noted: Noted) -> str:
    """What happened."""
    if noted.measure:
        return _("%(measure)s is live") % {"measure": noted.text}
    if noted.scale is None:
        return noted.text
    asked = {"metric": metric_word(noted.scale.metric.value), "scale": scale_range(noted.scale)}
    return _("%(metric)s asked on another scale, %(scale)s") % asked


@register.filter
def months_words(months: Sequence[Month], target: int) -> str:
    """The drawing by month in one sentence; empty where nothing is known."""
    known = [month for month in months if month.reading.number is not None]
    if not known:
        return ""
    by_score = sorted(known, key=lambda month: month.reading.number or 0)
    told = {name: _of(month) for name, month in zip(("lowest", "highest"), (by_score[0], by_score[-1]), strict=True)}
    told |= {"first": _of(known[0]), "last": _of(known[-1]), "target": str(target)}
    sentence = _("Health by month: %(first)s, lowest %(lowest)s, highest %(highest)s, and %(last)s; target %(target)s.")
    return sentence % told


def _of(month: Month) -> str:
    return _("%(score)s in %(month)s") % {
        "score": month.reading.number,
        "month": date_format(month.day, "YEAR_MONTH_FORMAT"),
    }


@register.filter
def distribution_words(drawn: Distribution) -> str:
    """Who answered what, in one sentence."""
    listed = ", ".join(f"{answer_word(bar, drawn.scale)} {percent(float(bar.share) / 100)}" for bar in drawn.bars)
    told = ngettext("%(scale)s, %(n)s answer: %(listed)s.", "%(scale)s, %(n)s answers: %(listed)s.", drawn.n)
    return told % {"scale": scale_word(drawn.scale), "n": drawn.n, "listed": listed}


@register.filter
def felt_words(rows: Sequence[Felt]) -> str:
    """What was expected and perceived, in one sentence."""
    listed = "; ".join(
        _("%(who)s expected %(expected)s and perceived %(perceived)s")
        % {"who": felt_name(one), "expected": signed(one.expected or 0, 1), "perceived": signed(one.perceived or 0, 1)}
        for one in rows
    )
    return _("Expected and perceived, from −2 to +2: %(listed)s.") % {"listed": listed}


@register.filter
def cut_words(cut: Cut) -> str:
    """How the groups answered, in one sentence."""
    scale = cut.scales[0]
    listed = ", ".join(f"{group_word(group)} {headline(figure, scale)}" for group, figure in cut.drawn)
    return _("%(scale)s by %(way)s: %(listed)s.") % {
        "scale": scale_word(scale),
        "way": cut.by.label,
        "listed": listed,
    }
