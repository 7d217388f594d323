"""What is said of a comparison: its sides by name, and one generated text of what differs."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from journeys.comparing import Compared, Pair
from journeys.two_maps import Kind
from touchpoints.health.changes import Change, Verdict
from workspaces.templatetags.look import band_word

NAMED = 3  # touchpoints in a row of names


@dataclass(frozen=True)
class Comparison:
    """A comparison with the names of its sides, in the reader's language."""

    kind: Kind
    a: str
    b: str
    found: Compared

    @property
    def verdicts(self) -> bool:
        """Whether differences can be told from chance at all: on two plans answers are the same."""
        return self.kind != Kind.PLAN


def sentence(told: Comparison) -> str:
    """What differs, in the reader's language: the journeys as a whole first, then where."""
    say = {Kind.PERSONA: _of_personas, Kind.DAYS: _of_days, Kind.PLAN: _of_plans}[told.kind]
    return " ".join(part for part in say(told) if part)


def beyond(change: Change | None) -> str:
    """What is said of a difference, by the one rule."""
    if change is None or change.verdict == Verdict.FEW:
        return _("too few answers to tell it from chance")
    return _("within noise") if change.verdict == Verdict.NOISE else _("beyond chance")


def _of_personas(told: Comparison) -> list[str]:
    found, names = told.found, {"a": told.a, "b": told.b}
    was, now = found.a.health.number, found.b.health.number
    if was is None and now is None:
        return [_("Too few answers of %(a)s and of %(b)s to compare them.") % names]
    if was is None or now is None:
        return [_("Too few answers of %(who)s to compare them.") % {"who": told.a if was is None else told.b}]
    said = names | {"was": was, "now": now, "verdict": beyond(found.b.health.change)}
    if now < was:
        whole = _("This journey serves %(b)s worse than %(a)s: health %(now)s against %(was)s, %(verdict)s.")
    elif now > was:
        whole = _("This journey serves %(b)s better than %(a)s: health %(now)s against %(was)s, %(verdict)s.")
    else:
        whole = _("This journey serves %(a)s and %(b)s alike: health %(now)s.")
    return [whole % said, *_where(told)]


def _where(told: Comparison) -> list[str]:
    real = told.found.real
    if not real:
        if not told.found.largest:
            return []
        widest = {"names": _named(told.found.largest[:NAMED])}
        if all(one.change is None or one.change.verdict == Verdict.FEW for one in told.found.known):
            return [
                _("Of no touchpoint are there answers enough to tell that from chance; most apart: %(names)s.") % widest
            ]
        return [_("At no single touchpoint do they differ beyond chance; most apart: %(names)s.") % widest]
    worse, better = ([one for one in real if (one.points or 0) * way > 0] for way in (-1, 1))
    said = []
    if worse:
        said.append(_("%(b)s is served worse at %(names)s.") % {"b": told.b, "names": _named(worse)})
    if better:
        said.append(_("%(b)s is served better at %(names)s.") % {"b": told.b, "names": _named(better)})
    return said


def _of_days(told: Comparison) -> list[str]:
    found = told.found
    was, now = found.a.health.number, found.b.health.number
    said = {"a": told.a, "b": told.b, "was": was, "now": now, "verdict": beyond(found.b.health.change)}
    if was is None or now is None:
        whole = _("Between %(a)s and %(b)s: the health of this journey is not known on both days.")
    elif was == now:
        whole = _("Between %(a)s and %(b)s the health of this journey stayed at %(now)s.")
    else:
        whole = _("Between %(a)s and %(b)s the health of this journey went from %(was)s to %(now)s, %(verdict)s.")
    parts = [
        whole % said,
        found.came and _("New: %(names)s.") % {"names": _named(found.came)},
        found.went and _("Gone: %(names)s.") % {"names": _named(found.went)},
        found.moved and _("Moved: %(names)s.") % {"names": _named(found.moved)},
        found.banded and _("In another band: %(names)s.") % {"names": _named(found.banded, bands=True)},
    ]
    if not any(parts[1:]):
        parts.append(_("Nothing is new, gone, moved or in another band."))
    return [part for part in parts if isinstance(part, str)]


def _of_plans(told: Comparison) -> list[str]:
    found = told.found
    said = {"a": told.a, "b": told.b, "was": found.a.health.number, "now": found.b.health.number}
    if None in said.values():
        whole = _("The health of “%(a)s” and “%(b)s” is not known on both sides.")
    else:
        whole = _("“%(a)s” has a health of %(was)s, “%(b)s” of %(now)s.")
    both = len([pair for pair in found.pairs if pair.a and pair.b])
    shared = ngettext("%(count)s touchpoint stands on both.", "%(count)s touchpoints stand on both.", both)
    parts = [
        whole % said,
        shared % {"count": both},
        found.came and _("Only on “%(b)s”: %(names)s.") % {"b": told.b, "names": _named(found.came)},
        found.went and _("Only on “%(a)s”: %(names)s.") % {"a": told.a, "names": _named(found.went)},
        found.moved and _("Moved: %(names)s.") % {"names": _named(found.moved)},
    ]
    return [part for part in parts if isinstance(part, str)]


def _named(pairs: Sequence[Pair], *, bands: bool = False) -> str:
    """The first few by name, with their figures where both are known, and how many more there are."""
    names = [_name(pair, bands=bands) for pair in pairs[:NAMED]]
    more = len(pairs) - NAMED
    if more > 0:
        names.append(ngettext("%(count)s more", "%(count)s more", more) % {"count": more})
    return str(get_text_list(names, pgettext("last of a list", "and")))


def _name(pair: Pair, *, bands: bool) -> str:
    if bands and pair.a and pair.b:
        was, now = (str(band_word(stop.seen.band or "")) for stop in (pair.a, pair.b))
    elif pair.points:
        was, now = str(pair.number("a")), str(pair.number("b"))
    else:
        return pair.name
    return _("%(name)s (%(was)s to %(now)s)") % {"name": pair.name, "was": was, "now": now}
