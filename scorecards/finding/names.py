"""How a finding names and counts touchpoints."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from scorecards.finding.facts import Facts

NAMED = 3  # touchpoints that a sentence names

COUNTS: dict[int, Promise] = {
    2: pgettext_lazy("a sentence begins", "Two"),
    3: pgettext_lazy("a sentence begins", "Three"),
    4: pgettext_lazy("a sentence begins", "Four"),
    5: pgettext_lazy("a sentence begins", "Five"),
    6: pgettext_lazy("a sentence begins", "Six"),
    7: pgettext_lazy("a sentence begins", "Seven"),
    8: pgettext_lazy("a sentence begins", "Eight"),
    9: pgettext_lazy("a sentence begins", "Nine"),
    10: pgettext_lazy("a sentence begins", "Ten"),
    11: pgettext_lazy("a sentence begins", "Eleven"),
    12: pgettext_lazy("a sentence begins", "Twelve"),
}


def counted(number: int) -> str:
    """A number as a sentence begins with it: a word up to twelve."""
    return str(COUNTS.get(number, number))


def listed(names: Sequence[str]) -> str:
    """All of these names; of more than three and one more the first three, and how many more there are."""
    if len(names) > NAMED + 1:
        more = len(names) - NAMED
        return ngettext("%(names)s and %(number)d more", "%(names)s and %(number)d more", more) % {
            "names": ", ".join(names[:NAMED]),
            "number": more,
        }
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def with_truths(rows: Sequence[Facts]) -> str:
    """Their names, and which of them are moments of truth."""
    names, truths = [row.name for row in rows], [row for row in rows if row.moment_of_truth]
    if len(truths) < len(rows) or len(rows) > NAMED + 1:
        marked = _("%(name)s (moment of truth)")
        return listed([marked % {"name": row.name} if row.moment_of_truth else row.name for row in rows])
    if len(rows) == 1:
        return _("%(names)s, a moment of truth") % {"names": names[0]}
    if len(rows) == 2:
        return _("%(names)s, both moments of truth") % {"names": listed(names)}
    return _("%(names)s, all moments of truth") % {"names": listed(names)}
