"""What the emotion lane says in words."""

from django import template
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from journeys.emotion import EmotionLane, Station
from workspaces.templatetags.look import signed

register = template.Library()


@register.filter
def quoted(text: str) -> str:
    """A customer's words in the quotation marks of the reader's language."""
    return f"„{text}“" if (get_language() or "").startswith("de") else f"“{text}”"


SOURCES: dict[str, Promise] = {
    "emotion": gettext_lazy("from the emotion question"),
    "satisfaction": gettext_lazy("from satisfaction"),
    "assumption": gettext_lazy("an assumption"),
    "": gettext_lazy("not known"),
}


@register.filter
def source_word(source: str) -> Promise:
    """How a feeling is known, in words."""
    return SOURCES[source]


@register.filter
def told(station: Station) -> str:
    """What a station says: the feeling, how it is known, and what was expected."""
    touchpoint = station.touchpoint
    if touchpoint.perceived is None:
        return _("not known")
    said = f"{signed(touchpoint.perceived, 1)}, {SOURCES[touchpoint.source]}"
    if touchpoint.expected is None:
        return said
    return _("%(said)s; expected %(feeling)s") % {"said": said, "feeling": signed(touchpoint.expected, 1)}


@register.filter
def sentence(lane: EmotionLane) -> str:
    """The emotion line in one sentence, for those who do not see it: where it is lowest and highest."""
    known = [station for station in lane.stations if station.touchpoint.perceived is not None]
    if not known:
        return (
            _("The emotion line. Feelings are not known yet.") if lane.curve else _("The trend of what customers feel.")
        )
    by_feeling = sorted(known, key=lambda station: station.y)
    best, worst = by_feeling[0], by_feeling[-1]
    said = ngettext(
        "The emotion line over %(count)s touchpoint, from -2 (frustrated) to +2 (delighted): highest at %(best)s with"
        " %(high)s, lowest at %(worst)s with %(low)s.",
        "The emotion line over %(count)s touchpoints, from -2 (frustrated) to +2 (delighted): highest at %(best)s with"
        " %(high)s, lowest at %(worst)s with %(low)s.",
        len(known),
    )
    return said % {
        "count": number_format(len(known)),
        "best": best.touchpoint.name,
        "high": signed(best.touchpoint.perceived or 0, 1),
        "worst": worst.touchpoint.name,
        "low": signed(worst.touchpoint.perceived or 0, 1),
    }
