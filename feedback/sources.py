"""Where answers and counts come from: what each source is called, and how much it has told lately."""

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from feedback.actions.by_hand import COUNTER
from feedback.actions.imports import IMPORT
from feedback.actions.usage_files import USAGE
from feedback.freshness import Heard, sources_of
from feedback.models import Response, SourceTrouble, Submission, Survey, UsageDay
from touchpoints.models import Subject
from workspaces import clock
from workspaces.models import Job, Workspace

LATELY, WEEKS, WEEKS_OF_ONE = 30, 13, 26
MOST_A_DAY = 2_000  # questionnaires of a source that are counted; what lies beyond is told as “more than”
GAP = 0.16  # between two bars, of a week's width
LOOKED_AT = 500  # questionnaires of a source, by which it is told what it is about
IMPORTS_SHOWN = 10
OF_SURVEY = re.compile(r"survey (\d{1,18})", re.ASCII)

# How many questionnaires each source brought on each day: by an index, at most so many entries for each of them.
COUNT_DAYS = """
SELECT source.name, day.day::date, told.times
FROM unnest(%(sources)s::text[]) AS source (name)
CROSS JOIN generate_series(%(first)s::date, %(last)s::date, interval '1 day') AS day (day)
CROSS JOIN LATERAL (
    SELECT count(*) AS times FROM (
        SELECT FROM feedback_submission
        WHERE workspace_id = %(workspace)s AND source > '' AND feedback_submission.source = source.name
            AND feedback_submission.day = day.day::date
        LIMIT %(most)s
    ) AS here
) told
WHERE told.times > 0
"""


@dataclass(frozen=True)
class Volume:
    """How much was told on each of the last days, the last of them `today`. `capped`: at least so much."""

    today: datetime.date
    days: Mapping[datetime.date, int]
    capped: bool = False

    def __bool__(self) -> bool:
        return any(self.days.values())

    def of_last(self, days: int) -> int:
        """What was told on the last days."""
        first = self.today - datetime.timedelta(days=days - 1)
        return sum(times for day, times in self.days.items() if day >= first)

    def weeks(self, number: int) -> list["Week"]:
        """The last so many spans of seven days, earliest first; the last one ends today."""
        begins = [self.today - datetime.timedelta(days=7 * back - 1) for back in range(number, 0, -1)]
        told = [sum(self.days.get(first + datetime.timedelta(days=n), 0) for n in range(7)) for first in begins]
        highest, step = max(told, default=0) or 1, 100 / number
        return [
            Week(
                first,
                first + datetime.timedelta(days=6),
                times,
                round(step * (at + GAP / 2), 2),
                round(step * (1 - GAP), 2),
                round(100 - 100 * times / highest, 1),
                round(100 * times / highest, 1),
            )
            for at, (first, times) in enumerate(zip(begins, told, strict=True))
        ]


class Week(NamedTuple):
    """Seven days, what was told on them, and its bar in percent: how far right, how wide, how far down, how high."""

    first: datetime.date
    last: datetime.date
    times: int
    x: float
    width: float
    y: float
    height: float


@dataclass
class Source:
    """One of the sources of a workspace. `survey`: the one whose answers it brings, by id; `heard` is None where all
    that it sent was refused. `answers` counts questionnaires, `used` contacts, visits and complaints. `refused`: rows,
    lately.
    """

    name: str
    label: str
    survey: int | None
    heard: Heard | None
    answers: Volume
    used: Volume
    refused: int


def labels_of(workspace: Workspace, names: Iterable[str]) -> dict[str, tuple[str, int | None]]:
    """What people call each of these sources, and the survey it is of: one statement, if any may be a survey's."""
    numbers = {name: int(found[1]) for name in names if (found := OF_SURVEY.fullmatch(name))}
    surveys = Survey.objects.of(workspace).filter(pk__in=set(numbers.values())) if numbers else Survey.objects.none()
    known = dict(surveys.values_list("pk", "name"))
    return {name: (known[pk], pk) if (pk := numbers.get(name)) in known else (usual_name(name), None) for name in names}


def usual_name(source: str) -> str:
    """What people call a source that is no survey: by its own name, unless that is one of ours."""
    return _("At the counter") if source == COUNTER else source


def all_sources(workspace: Workspace) -> list[tuple[str, Heard | None]]:
    """Every source by name, what has stopped first, then the one last heard, and last who has only been refused."""
    heard = sources_of(workspace)
    names = {one.source for one in heard}
    refused = SourceTrouble.objects.of(workspace).exclude(source__in=names).values_list("source", flat=True)
    return [(one.source, one) for one in heard] + [(name, None) for name in sorted(set(refused))]


def told_of(workspace: Workspace, named: Sequence[tuple[str, Heard | None]], *, weeks: int = WEEKS) -> list[Source]:
    """What is to be told of these sources: as many statements for one as for many."""
    names = [name for name, _heard in named]
    labels = labels_of(workspace, names)
    answers, used = _answers(workspace, names, weeks), _used(workspace, names, weeks)
    refused = _refused(workspace, names)
    return [Source(name, *labels[name], heard, answers[name], used[name], refused[name]) for name, heard in named]


def _answers(workspace: Workspace, names: Sequence[str], weeks: int) -> dict[str, Volume]:
    today = clock.today(workspace.zone)
    days: dict[str, dict[datetime.date, int]] = defaultdict(dict)
    capped: set[str] = set()
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"workspace": workspace.pk, "sources": list(names), "most": MOST_A_DAY + 1}
        cursor.execute(COUNT_DAYS, asked | {"first": _first(today, weeks), "last": today})
        for name, day, times in cursor.fetchall():
            days[name][day] = min(times, MOST_A_DAY)
            if times > MOST_A_DAY:
                capped.add(name)
    return {name: Volume(today, days[name], name in capped) for name in names}


def _used(workspace: Workspace, names: Sequence[str], weeks: int) -> dict[str, Volume]:
    today = clock.today(workspace.zone)
    rows = UsageDay.objects.of(workspace).filter(Q(source__gt=""), source__in=names)
    rows = rows.filter(day__gte=_first(today, weeks), day__lte=today)
    days: dict[str, dict[datetime.date, int]] = defaultdict(dict)
    told = rows.values("source", "day").order_by().annotate(times=Sum("contacts") + Sum("visits") + Sum("complaints"))
    for name, day, times in told.values_list("source", "day", "times"):
        days[name][day] = times
    return {name: Volume(today, days[name]) for name in names}


def _first(today: datetime.date, weeks: int) -> datetime.date:
    return today - datetime.timedelta(days=7 * weeks - 1)


def _refused(workspace: Workspace, names: Collection[str]) -> Counter[str]:
    """How many rows of each were refused lately, pushed or in files."""
    since = clock.now() - datetime.timedelta(days=LATELY)
    refused: Counter[str] = Counter()
    troubles = SourceTrouble.objects.of(workspace).filter(last_at__gte=since, source__in=names)
    for name, times in troubles.values_list("source").annotate(times=Sum("times")):
        refused[name] += times
    files = Job.objects.of(workspace).filter(kind=IMPORT, created_at__gte=since, payload__plan__source__in=list(names))
    for name, times in files.values_list("payload__plan__source", "result__refused"):
        refused[name] += times or 0
    return refused


def troubles_of(workspace: Workspace, name: str) -> list[SourceTrouble]:
    """Why rows of this source were refused lately, the last first."""
    since = clock.now() - datetime.timedelta(days=LATELY)
    found = SourceTrouble.objects.of(workspace).filter(source=name, last_at__gte=since)
    return list(found.order_by("-last_at", "-pk"))


def imports_of(workspace: Workspace, name: str) -> QuerySet[Job]:
    """The files that brought what it tells, the last first."""
    counts = Q(kind=USAGE) & (Q(payload__report__sources__contains=[name]) | Q(payload__source=name))
    found = Job.objects.of(workspace).filter(Q(kind=IMPORT, payload__plan__source=name) | counts)
    return found.defer("upload").select_related("created_by").order_by("-created_at", "-pk")[:IMPORTS_SHOWN]


def subjects_of(workspace: Workspace, name: str) -> tuple[list[tuple[Subject, int]], int, list[Subject]]:
    """What its latest questionnaires are about, with how many answers, the number of these questionnaires, and what
    it counted the use of in the last weeks.
    """
    latest = Submission.objects.of(workspace).filter(Q(source__gt=""), source=name).order_by("-day", "-occurred_at")
    looked_at = list(latest.values_list("pk", flat=True)[:LOOKED_AT])
    answers = Response.objects.of(workspace).filter(submission__in=looked_at, removed_at=None)
    said = Counter(answers.values_list("subject", flat=True))
    today = clock.today(workspace.zone)
    counted = UsageDay.objects.of(workspace).filter(Q(source__gt=""), source=name)
    counted = counted.filter(day__gte=_first(today, WEEKS_OF_ONE))
    used = list(counted.values_list("subject", flat=True).order_by("subject").distinct())
    subjects = Subject.objects.of(workspace).select_related("touchpoint").in_bulk({*said, *used})
    about = [(subjects[pk], times) for pk, times in said.most_common()]
    return about, len(looked_at), [subjects[pk] for pk in used]
