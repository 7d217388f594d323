"""What pages across journeys say in a sentence."""

from collections.abc import Sequence

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.models import Category
from personas.models import Persona
from scorecards.across import Grid, Life
from workspaces.templatetags.look import signed

register = template.Library()
NAMED = 3  # personas that a sentence names


@register.filter
def listed(names: Sequence[object]) -> str:
    """Names one behind the other: “Ada, Olga and Vik”."""
    said = [str(name) for name in names]
    if len(said) < 2:
        return "".join(said)
    return _("%(first)s and %(last)s") % {"first": ", ".join(said[:-1]), "last": said[-1]}


@register.filter
def gaps_named(grid: Grid) -> str:
    """Who has no journey of which category, in one sentence."""
    told = [_missing(category, personas, all_of=len(grid.rows)) for category, personas in grid.gaps]
    return _("%(gaps)s.") % {"gaps": "; ".join(told)} if told else _("Every persona has a journey of each category.")


@register.filter
def own_gaps(life: Life) -> str:
    """The same of one persona; empty where there is none."""
    if not life.gaps:
        return ""
    told = {"categories": listed([category.label for category in life.gaps]), "name": life.persona}
    return _("No journey of %(categories)s is drawn for %(name)s.") % told


@register.filter
def felt_worst(life: Life) -> str:
    """Where on the line it feels worst; empty where nothing is known."""
    if not life.weakest:
        return ""
    worst = life.weakest[0]
    told = {
        "name": life.persona,
        "touchpoint": worst.at.name,
        "journey": worst.journey,
        "feeling": signed(worst.at.perceived or 0.0, 1),
    }
    return _("%(name)s feels worst at “%(touchpoint)s” on “%(journey)s”: %(feeling)s.") % told


def _missing(category: Category, personas: Sequence[Persona], *, all_of: int) -> str:
    if len(personas) == all_of:
        return _("no %(category)s journey for anybody") % {"category": category.label}
    names = [str(one) for one in personas[:NAMED]]
    more = len(personas) - NAMED
    if more > 0:
        names.append(ngettext("%(number)d more", "%(number)d more", more) % {"number": more})
    return _("no %(category)s journey for %(names)s") % {"category": category.label, "names": listed(names)}
