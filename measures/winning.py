"""Who decides on what matters most, and who of them is to be won next: arithmetic, and the sentences that say it."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from personas.models import Quadrant

MOST = 2  # measures that are spoken of


@dataclass(frozen=True)
class Decides:
    """A stakeholder. `measures`: the ids of those they decide on; `goal_on`: None without a goal, or once it is met."""

    name: str
    quadrant: Quadrant
    influence: int
    measures: Collection[int]
    goal_on: datetime.date | None = None


@dataclass(frozen=True)
class Winning:
    """What is found. `gatekeepers` decide on `theirs` of the `top` undecided measures that are worth most.

    `next_one`: of those gatekeepers the one whose goal is the next, by `day`.
    """

    top: int
    gatekeepers: int
    theirs: int
    next_one: str = ""
    day: datetime.date | None = None


def winning_of(people: Iterable[Decides], worth: Mapping[int, float], today: datetime.date) -> Winning | None:
    """What is to be said; None where no undecided measure is worth anything, or nobody is named who decides on them.

    `worth`: of each undecided measure of which it is known, what it likely brings.
    """
    paying = sorted((one for one in worth if worth[one] > 0), key=lambda one: (-worth[one], one))
    top = set(paying[:MOST])
    deciders = [one for one in people if top & set(one.measures)]
    if not deciders:
        return None
    against = [one for one in deciders if one.quadrant == Quadrant.GATEKEEPER]
    theirs = len({measure for one in against for measure in top & set(one.measures)})
    due = [(one.goal_on, -one.influence, one.name) for one in against if one.goal_on and one.goal_on >= today]
    if not due:
        return Winning(len(top), len(against), theirs)
    day, _influence, name = min(due)
    return Winning(len(top), len(against), theirs, name, day)


def said(found: Winning | None, today: datetime.date) -> tuple[str, str]:
    """Two sentences: who decides, and who is to be won next. Either is empty where there is nothing to say."""
    if found is None:
        return "", ""
    return _who_decides(found), _who_is_next(found, today)


def _who_decides(found: Winning) -> str:
    numbers = {"count": found.gatekeepers, "measures": found.top}
    if not found.gatekeepers:
        return ngettext(
            "No gatekeeper decides on the measure that matters most.",
            "No gatekeeper decides on the measures that matter most.",
            found.top,
        )
    if found.top == 1:
        return (
            ngettext(
                "%(count)d gatekeeper decides on the measure that matters most.",
                "%(count)d gatekeepers decide on the measure that matters most.",
                found.gatekeepers,
            )
            % numbers
        )
    if found.theirs < found.top:
        return (
            ngettext(
                "%(count)d gatekeeper decides on one of the %(measures)d measures that matter most.",
                "%(count)d gatekeepers decide on one of the %(measures)d measures that matter most.",
                found.gatekeepers,
            )
            % numbers
        )
    return (
        ngettext(
            "%(count)d gatekeeper decides on the %(measures)d measures that matter most.",
            "%(count)d gatekeepers decide on the %(measures)d measures that matter most.",
            found.gatekeepers,
        )
        % numbers
    )


def _who_is_next(found: Winning, today: datetime.date) -> str:
    if found.day is None:
        return ""
    words = {"name": found.next_one, "day": day_said(found.day, today)}
    if found.day == today:
        return _("%(name)s is the one to win today.") % words
    return _("%(name)s is the one to win before %(day)s.") % words


def day_said(day: datetime.date, today: datetime.date) -> str:
    """“4 December”, with its year where it is another one, in the reader's language."""
    said = date_format(day, "MONTH_DAY_FORMAT" if day.year == today.year else "DATE_FORMAT")
    return said.replace(" ", "\N{NO-BREAK SPACE}")  # in a heading's sentence, where it would break badly
