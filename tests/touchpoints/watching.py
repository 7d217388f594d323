"""Nights for tests: a history that makes a chart, and nights that pass with answers or without."""

import datetime
from collections.abc import Callable, Sequence

from feedback.actions import Used, record_responses, record_usage
from tests.answering import TODAY, Clock, an_answer
from touchpoints.actions import close_days, fold_all, watch
from touchpoints.models import Alarm, Chart, Touchpoint
from workspaces.models import Workspace

DAY = datetime.timedelta(days=1)
USUAL = (5, 4, 5, 3)  # CSAT of a day on which all is as usual: 81.25 points
WORSE = (3, 2, 3, 2, 4, 2)

Night = Callable[..., None]


def history(about: Touchpoint, days: int = 215, *, usual: Sequence[int] = USUAL, until: datetime.date = TODAY) -> None:
    """So many days of answers, all as usual, the last of them that day."""
    rows = [an_answer(about, value, occurred_at=until - day * DAY) for day in reversed(range(days)) for value in usual]
    record_responses(about.workspace, rows)
    fold_all()


def pass_night(at: Clock) -> None:
    """It is tomorrow, and what is done in the night has been done."""
    at.pass_days(1)
    fold_all()
    close_days()
    watch()


def pass_day(at: Clock, about: Touchpoint, *values: int) -> None:
    """These are answered today, then a night passes."""
    record_responses(about.workspace, [an_answer(about, value, occurred_at=at.today) for value in values])
    fold_all()
    pass_night(at)


def begin(at: Clock, about: Touchpoint) -> Chart:
    """A history, and the night in which a chart is made of it."""
    history(about)
    pass_night(at)
    chart: Chart = Chart.objects.get(subject=about.subject_id, ended_on=None)
    return chart


def worsen(at: Clock, about: Touchpoint, most: int = 20) -> Alarm:
    """Days on which much is worse, until the alarm that they raise."""
    before = set(Alarm.objects.values_list("pk", flat=True))
    for _ in range(most):
        pass_day(at, about, *WORSE)
        new: Alarm | None = Alarm.objects.exclude(pk__in=before).exclude(kind="band").first()
        if new:
            return new
    raise AssertionError("No alarm was raised.")


def alarms(workspace: Workspace) -> list[tuple[str, str]]:
    """Kind and state of all alarms, the oldest first."""
    return list(Alarm.objects.of(workspace).order_by("id").values_list("kind", "state"))


def chart_of(about: Touchpoint) -> Chart | None:
    """The chart by which it is watched now."""
    chart: Chart | None = Chart.objects.filter(subject=about.subject_id, ended_on=None).first()
    return chart


def used(
    about: Touchpoint,
    *days: datetime.date,
    contacts: int = 0,
    visits: int = 0,
    completed: int = 0,
    complaints: int = 0,
) -> None:
    """What was counted of a touchpoint on each of these days, and how many complained."""
    counts = {"contacts": contacts, "visits": visits, "completed": completed}
    record_usage(about.workspace, [Used("app", about.subject_id, day, **counts) for day in days])
    rows = [an_answer(about, 1, metric="complaint", occurred_at=day) for day in days for _ in range(complaints)]
    record_responses(about.workspace, rows)
    fold_all()
