"""The comments about a touchpoint, as themes are counted in them: those of the last 365 days, the newest 10,000."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.db.models.functions import Left

from feedback.models import Response, Theme
from feedback.themes import Commenter, Kind, Side, commenter, fold, may_name, named_by
from touchpoints.health.metrics import COUNTED, Metric, scale_of
from touchpoints.models import Touchpoint
from workspaces import clock
from workspaces.models import Membership, Workspace

DAYS = 365
MOST_COMMENTS = 10_000
LETTERS = 1000  # of a comment; what stands behind them is not read
MIDDLE = 50  # what an answer in the middle of its scale is worth


class Heard(NamedTuple):
    """A comment: the ids of its answer and of its questionnaire, its day, how its author had answered, its text."""

    response: int
    submission: int
    day: datetime.date
    side: Side
    text: str


class Voices(NamedTuple):
    """Who commented, in the order of their first comment here, each with all that they wrote."""

    comments: list[list[Heard]]
    commenters: list[Commenter]


@lru_cache(maxsize=1024)
def side_of(metric: str, scale: str, value: int) -> Side:
    """How somebody answered: below the middle of the scale unhappy (NPS 0 to 6, CSAT 1 and 2 of 5), above it happy.

    Complaints are unhappy. What was expected tells nothing of what was found.
    """
    if metric == Metric.COMPLAINT:
        return Side.UNHAPPY
    if metric in COUNTED or metric == Metric.EXPECTATION:
        return Side.NEITHER
    asked = scale_of(metric, scale)
    worth = asked.utilities[asked.index(value)]
    return Side.UNHAPPY if worth < MIDDLE else Side.HAPPY if worth > MIDDLE else Side.NEITHER


def comments_about(touchpoint: Touchpoint, *, naming: Collection[str] | None = None) -> list[Heard]:
    """The newest comments of the last 365 days, the newest first: one statement.

    `naming`: only those of customers who may name one of these terms.
    """
    since = clock.today(touchpoint.workspace.zone) - datetime.timedelta(days=DAYS - 1)
    said = Response.objects.of(touchpoint.workspace).filter(subject=touchpoint.subject_id, removed_at=None)
    said = said.exclude(text="").filter(submission__day__gte=since).order_by("-submission__day", "-id")
    facts = ("id", "submission_id", "submission__day", "metric", "scale", "value")
    rows = list(said.values_list(*facts, Left("text", LETTERS))[:MOST_COMMENTS])
    if naming is not None:
        likely = {row[1] for row in rows if may_name(naming, row[-1])}
        rows = [row for row in rows if row[1] in likely]
    return [
        Heard(pk, submission, day, side_of(metric, scale, value), text)
        for pk, submission, day, metric, scale, value, text in rows
    ]


def voices(comments: Iterable[Heard], names: Collection[str]) -> Voices:
    """The comments by who wrote them: a questionnaire is a customer, unhappy where one of its answers is."""
    by_whom: dict[int, list[Heard]] = defaultdict(list)
    for one in comments:
        by_whom[one.submission].append(one)
    whole = [*by_whom.values()]
    spoken = [
        commenter(min(one.side for one in said), "\n".join(one.text for one in said), names=names) for said in whole
    ]
    return Voices(whole, spoken)


def names_of_staff(workspace: Workspace) -> frozenset[str]:
    """The words of the members' names, folded: they never become a theme."""
    names = Membership.objects.of(workspace).values_list("user__name", flat=True)
    return frozenset(fold(word) for name in names for word in name.replace("-", " ").split())


def answers_naming(theme: Theme) -> list[int]:
    """The ids of the answers whose comments name the theme, the newest first."""
    told = voices(comments_about(theme.touchpoint, naming=theme.terms), names_of_staff(theme.workspace))
    found = naming(told, Kind(theme.kind), [theme.terms])[0]
    return [one.response for one in found]


def naming(told: Voices, kind: Kind, themes: Sequence[Collection[str]]) -> list[list[Heard]]:
    """For each of these themes of a kind the comments that name it, the newest first."""
    named = named_by(told.commenters, kind, themes)
    return [
        sorted(
            (one for place in places for one in told.comments[place] if may_name(terms, one.text)),
            key=lambda one: (one.day, one.response),
            reverse=True,
        )
        for terms, places in zip(themes, named, strict=True)
    ]
