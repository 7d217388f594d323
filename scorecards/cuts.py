"""Answers cut by what their questionnaires say: channel, device, segment, persona or an attribute of the workspace."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from personas.models import Persona
from scorecards.statements_of_cuts import CUTS
from touchpoints.health.changes import Change, headline_difference, judged
from touchpoints.health.figures import Figure, PeriodFigures, period_figures
from touchpoints.health.metrics import Scale, scale_of, scales_of
from touchpoints.models import Touchpoint
from touchpoints.periods import Period
from workspaces.models import Attribute

METRICS = ("csat", "nps", "ces")
MOST_GROUPS = 12
MOST_ANSWERS = 1_000_000  # that are read for a page: a second's work of the database
TOO_MANY = _("Too many answers for a cut in this period; choose a shorter one, or a persona.")
Counts = dict[Scale, list[int]]


class By(TextChoices):
    """By what answers are cut."""

    CHANNEL = "channel", _("Channel")
    DEVICE = "device", _("Device")
    SEGMENT = "segment", _("Segment")
    PERSONA = "persona", _("Persona")


@dataclass(frozen=True)
class ByAttribute:
    """By an attribute of the workspace, beside the members of `By`."""

    key: str
    label: str

    @property
    def value(self) -> str:
        """How an address names it."""
        return f"attribute.{self.key}"


Way = By | ByAttribute


def ways(attributes: Sequence[Attribute]) -> list[Way]:
    """All by which a workspace's answers can be cut."""
    return [*By, *(ByAttribute(one.key, one.name) for one in attributes)]


@dataclass(frozen=True)
class Group:
    """A part of the answers: its figures by scale, and how the first of them differs from that of all the others.

    `name`: empty where it is not known, None for all the small groups together.
    """

    name: str | None
    figures: dict[Scale, PeriodFigures]
    n: int
    change: Change | None = None

    def headline(self, scale: Scale) -> Figure | None:
        """NPS or mean on that scale; None where nobody of the group was asked on it."""
        found = self.figures.get(scale)
        return found.headline if found else None


@dataclass(frozen=True)
class Cut:
    """The groups, the largest first, and the scales that were asked; the first of them is the one that is drawn.

    `refusal`: why there are none, though there are answers.
    """

    by: Way
    scales: Sequence[Scale]
    groups: Sequence[Group]
    refusal: Promise | None = None

    @property
    def drawn(self) -> list[tuple[Group, Figure]]:
        """The groups of which the first scale's figure may be shown."""
        pairs = [(group, group.headline(self.scales[0])) for group in self.groups] if self.scales else []
        return [(group, figure) for group, figure in pairs if figure and figure.shown]


def cut_by(touchpoint: Touchpoint, period: Period, by: Way, *, persona: Persona | None = None) -> Cut:
    """The answers of a period, everybody's or one persona's, each group against the others: one statement.

    The differences are judged by the rule of every screen, among each other.
    """
    counted = _read(touchpoint, period, by, persona)
    if counted is None:
        return Cut(by, (), (), TOO_MANY)
    total = _added(list(counted.values()))
    scales = sorted(total, key=lambda one: (METRICS.index(one.metric), scales_of(one.metric).index(one)))
    names = sorted(counted, key=lambda name: (name is None, -_answers(counted[name]), name or ""))
    groups = [_group(name, counted[name]) for name in names]
    if not scales or len(groups) < 2:
        return Cut(by, scales, groups)
    first = scales[0]
    nothing = [0] * len(first.values)
    differences = []
    for name in names:
        own = counted[name].get(first, nothing)
        others = [all_of_them - one for all_of_them, one in zip(total[first], own, strict=True)]
        differences.append(headline_difference(period_figures(first, others), period_figures(first, own)))
    changes = judged([one for one in differences if one is not None])
    compared = [Group(one.name, one.figures, one.n, change) for one, change in zip(groups, changes, strict=True)]
    return Cut(by, scales, compared)


def _read(touchpoint: Touchpoint, period: Period, by: Way, persona: Persona | None) -> dict[str | None, Counts] | None:
    # None: too many
    asked: dict[str, Any] = {
        "most": MOST_ANSWERS,
        "subject": touchpoint.subject_id,
        "metrics": list(METRICS),
        "first": period.first,
        "last": period.last,
        "persona": persona.pk if persona else None,
        "groups": MOST_GROUPS,
        "attribute": by.key if isinstance(by, ByAttribute) else "",
    }
    found: dict[str | None, Counts] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(CUTS["attribute" if isinstance(by, ByAttribute) else by.value], asked)
        for name, metric, code, value, times in cursor.fetchall():
            if metric is None:
                return None
            scale = scale_of(metric, code)
            found[name].setdefault(scale, [0] * len(scale.values))[scale.index(value)] += times
    return found


def _added(all_of_them: Sequence[Counts]) -> Counts:
    total: Counts = {}
    for counts in all_of_them:
        for scale, one in counts.items():
            total[scale] = [a + b for a, b in zip(total.get(scale, [0] * len(one)), one, strict=True)]
    return total


def _answers(counts: Counts) -> int:
    return sum(sum(one) for one in counts.values())


def _group(name: str | None, counts: Counts) -> Group:
    figures = {scale: period_figures(scale, one) for scale, one in counts.items()}
    return Group(name, figures, _answers(counts))
