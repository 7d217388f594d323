"""The proof: every cell, sum and score once more, straight from the answers.

It shares nothing with the fold but the tables of weights and the final divisions (`score_health`, `feelings_of`): what
the fold adds up answer by answer, this counts at one go. On what a score rests (its rule, what was usual that day) it
takes from the score.
"""

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection, transaction

from feedback.actions import statements
from touchpoints.actions import DEFAULT_GROUNDS, Grounds, hold, model_named, priors_named, rebuild, replace_cells
from touchpoints.health.bands import becomes_known
from touchpoints.health.combine import score_health
from touchpoints.health.decay import Tally, usual_table, weights
from touchpoints.health.feelings import feelings_of
from touchpoints.health.metrics import Scale, scale_of
from touchpoints.models import DailyCell, HealthDay, HealthScore, Subject, Window, WindowSum
from workspaces import clock
from workspaces.models import Workspace
from workspaces.transactions import retried

SUBJECTS_AT_ONCE = 50
DAY = datetime.timedelta(days=1)
SCORE_FIELDS = (
    *("day", *Grounds._fields, "score", "sd", "evidence", "answers", "observations", "known"),
    *("parts", "last_heard", "perception", "perception_source", "expectation"),
)

Series = tuple[str, str, int | None]  # metric, scale, persona
Cells = dict[Series, dict[datetime.date, list[int]]]


@dataclass(frozen=True)
class Difference:
    """Something stored about a subject that is not what its answers say."""

    subject: int
    what: str
    stored: object
    counted: object

    def __str__(self) -> str:
        return f"subject {self.subject}, {self.what}: stored {self.stored}, counted {self.counted}"


@dataclass
class Stored:
    """What is stored about one subject: all that the fold has left, and the choices that it was given."""

    workspace: int
    day: datetime.date
    grounds: Grounds = DEFAULT_GROUNDS
    cells: Cells = field(default_factory=dict)
    sums: dict[Series, tuple[Any, ...]] = field(default_factory=dict)
    scores: dict[int | None, dict[str, Any]] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)
    was_known: set[int | None] = field(default_factory=set)


def find_differences() -> Iterator[Difference]:
    """All that differs between what is stored and what the answers say, in one snapshot of the whole database.

    What is still to be folded is taken off the answers. Scores are counted as of the day that they state. Not to be
    called within a transaction.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for workspace in Workspace.objects.order_by("id"):
            yield from differences(workspace)


def differences(workspace: Workspace) -> Iterator[Difference]:
    """As `find_differences`, in one workspace and in the caller's transaction."""
    ids = list(Subject.objects.of(workspace).order_by("id").values_list("id", flat=True))
    for start in range(0, len(ids), SUBJECTS_AT_ONCE):
        subjects = ids[start : start + SUBJECTS_AT_ONCE]
        counted, stored = count_answers(subjects), _read_stored(workspace, subjects)
        for subject in subjects:
            for what, is_stored, is_counted in _compare(counted[subject], stored[subject]):
                yield Difference(subject, what, is_stored, is_counted)


@retried
def repair(subjects: Collection[int]) -> None:
    """Store what the answers say about these subjects: cells counted from them, sums and scores from the cells."""
    hold(subjects)
    for subject, cells in count_answers(subjects).items():
        replace_cells(subject, cells)
    rebuild(subjects)


def count_answers(subjects: Collection[int]) -> dict[int, Cells]:
    """The cells of these subjects as their answers make them, without those that are still to be folded."""
    found: dict[int, Cells] = {subject: {} for subject in subjects}
    with connection.cursor() as cursor:
        cursor.execute(statements.COUNT_ANSWERS, {"subjects": list(subjects)})
        for subject, metric, code, persona, day, value, times in cursor.fetchall():
            scale = scale_of(metric, code)
            by_day = found[subject].setdefault((metric, code, persona), {})
            by_day.setdefault(day, [0] * len(scale.values))[value - scale.low] = times
    return found


def _compare(cells: Cells, stored: Stored) -> Iterator[tuple[str, object, object]]:
    sums = _count_sums(cells, stored)
    for what, is_stored, is_counted in (
        ("cells", stored.cells, cells),
        ("sums", stored.sums, sums),
        ("scores", stored.scores, _count_scores(cells, sums, stored)),
    ):
        for key in sorted({*is_stored, *is_counted}, key=str):
            if is_stored.get(key) != is_counted.get(key):
                yield f"{what} of {key}", is_stored.get(key), is_counted.get(key)


def _count_sums(cells: Cells, stored: Stored) -> dict[Series, tuple[Any, ...]]:
    """Each series' table, day, weighted counts over its window, the sum of their squares, and plain answers."""
    usual = usual_table(decay=model_named(stored.workspace, stored.grounds.model_version).decay)
    sums = {}
    for series in {*cells, *stored.sums}:
        metric, code, _ = series
        table = stored.tables.get(metric, usual)
        by_age = dict(enumerate(weights(table)))
        weighed = [(by_age.get((stored.day - day).days, 0), counts) for day, counts in cells.get(series, {}).items()]
        inside = [(weight, counts) for weight, counts in weighed if weight]
        places = range(len(scale_of(metric, code).values))
        counts = [sum(weight * counts[place] for weight, counts in inside) for place in places]
        squares = sum(weight**2 * count for weight, counts in inside for count in counts)
        sums[series] = (table, stored.day, counts, squares, sum(count for _, counts in inside for count in counts))
    return sums


def _count_scores(
    cells: Cells, sums: Mapping[Series, tuple[Any, ...]], stored: Stored
) -> dict[int | None, dict[str, Any]]:
    """What the row of the total, and that of each persona who was ever heard, must state."""
    personas = {persona for _, _, persona in sums} | {*stored.scores}
    return {persona: _count_score(persona, cells, sums, stored) for persona in (personas | {None} if personas else ())}


def _count_score(
    persona: int | None, cells: Cells, sums: Mapping[Series, tuple[Any, ...]], stored: Stored
) -> dict[str, Any]:
    tallies: dict[Scale, Tally] = {}
    for (metric, code, whose), (_, _, counts, squares, answers) in sums.items():
        if persona in {None, whose}:
            scale, tally = scale_of(metric, code), Tally(tuple(counts), squares, answers)
            tallies[scale] = tallies[scale] + tally if scale in tallies else tally
    heard = [
        day for (*_, whose), by_day in cells.items() if persona in {None, whose} for day in by_day if day <= stored.day
    ]
    model = model_named(stored.workspace, stored.grounds.model_version)
    priors = priors_named(stored.grounds.prior_version, stored.grounds.peer_group)
    health, felt = score_health(tallies, model, priors), feelings_of(tallies)
    evidence = health.evidence if health else 0.0
    answers, observations = (health.answers, health.observations) if health else (0, 0)
    return {
        "day": stored.day,
        **stored.grounds._asdict(),
        "score": health.score if health else None,
        "sd": health.sd if health else None,
        "evidence": evidence,
        "answers": answers,
        "observations": observations,
        "known": becomes_known(evidence, observations, known=persona in stored.was_known),
        "parts": [asdict(part) for part in health.parts] if health else [],
        "last_heard": max(heard, default=None),
        "perception": felt.perception,
        "perception_source": felt.source or "",
        "expectation": felt.expectation,
    }


def _read_stored(workspace: Workspace, subjects: Collection[int]) -> dict[int, Stored]:
    found = {subject: Stored(workspace.pk, clock.today(workspace.zone)) for subject in subjects}
    for subject, persona, *row in _rows(HealthScore, subjects, "persona_id", *SCORE_FIELDS):
        found[subject].scores[persona] = dict(zip(SCORE_FIELDS, row, strict=True))
        if persona is None:
            found[subject].day, found[subject].grounds = row[0], Grounds(*row[1:4])
    for subject, metric, code, persona, day, counts in _rows(
        DailyCell, subjects, "metric", "scale", "persona_id", "day", "counts"
    ):
        found[subject].cells.setdefault((metric, code, persona), {})[day] = counts
    for subject, metric, code, persona, *row in _rows(
        WindowSum, subjects, "metric", "scale", "persona_id", "table", "as_of", "sums", "squares", "answers"
    ):
        found[subject].sums[metric, code, persona] = tuple(row)
    for subject, metric, table in _rows(Window, subjects, "metric", "table"):
        found[subject].tables[metric] = table
    days_before = {stored.day - DAY for stored in found.values()}
    for subject, persona, day in _rows(HealthDay, subjects, "persona_id", "day", known=True, day__in=days_before):
        if day == found[subject].day - DAY:
            found[subject].was_known.add(persona)
    return found


def _rows(model: Any, subjects: Collection[int], *fields: str, **lookup: Any) -> Any:
    return model.objects.filter(subject__in=subjects, **lookup).values_list("subject_id", *fields)
