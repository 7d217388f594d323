"""What the importer makes of three real surveys, beside their publisher's figures; what has really changed.

And with what overall satisfaction goes together.

`manage.py bench data [--folder ../shared/data/sfo_survey]`. San Francisco airport, 2015 to 2017: one row a respondent,
one column a question; field work each May.
"""

import argparse
import datetime
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bench.frame import figure
from feedback.actions import imports
from feedback.actions.imports import Upload
from feedback.columns import Column
from feedback.tasks import import_answers
from scorecards.drivers import drivers_of
from touchpoints.actions import fold_all, subject_of
from touchpoints.figures import figures_of, period_figures
from touchpoints.health.changes import headline_difference, judged
from touchpoints.health.drivers import Ranged
from touchpoints.health.figures import PeriodFigures
from touchpoints.health.metrics import Metric
from touchpoints.models import Subject, Touchpoint
from touchpoints.periods import Period
from workspaces.actions import create_workspace
from workspaces.models import Job, User, Workspace

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "sfo_survey"
SATISFIED = (
    "Q7ART", "Q7FOOD", "Q7STORE", "Q7SIGN", "Q7WALKWAYS", "Q7SCREENS", "Q7INFODOWN", "Q7INFOUP", "Q7WIFI", "Q7ROADS",
    "Q7PARK", "Q7AIRTRAIN", "Q7LTPARKING", "Q7RENTAL",
)  # fmt: skip
OVERALL = "Q7ALL"
EASY = ("Q14FIND", "Q14PASSTHRU")
NO_ANSWER = ("0", "6", "Blank")


@dataclass(frozen=True)
class Year:
    """A survey: the column of its ids, its answers to Q7ALL, and its NPS where it asked for it."""

    number: int
    id: str
    n: int
    mean: float
    top_2: float
    nps: tuple[float, int] | None = None


YEARS = (
    Year(2015, "RESPNUM", 2810, 4.048, 0.800),
    Year(2016, "*RESPNUM", 2919, 4.038, 0.810),
    Year(2017, "RESPNUM", 2688, 4.064, 0.821, nps=(39.84, 2746)),
)


def main(words: list[str]) -> None:
    """Import each year and print what came out."""
    parser = argparse.ArgumentParser(prog="manage.py bench data")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    folder: Path = parser.parse_args(words).folder
    person = User.objects.create_user(email="bench@example.org", name="Bench")
    said: dict[int, dict[str, PeriodFigures]] = {}
    for year in YEARS:
        workspace = create_workspace(name=f"SFO {year.number}", by=person)
        path = folder / f"{year.number}_SFO_Customer_Survey.csv"
        began = time.perf_counter()
        job = draft(workspace, path, year, person)
        figure(f"data.sfo{year.number}.upload", time.perf_counter() - began, "s")
        began = time.perf_counter()
        job = done(imports.check_import(job, by=person))
        figure(f"data.sfo{year.number}.check", time.perf_counter() - began, "s")
        began = time.perf_counter()
        job = done(imports.store_import(job, by=person))
        figure(f"data.sfo{year.number}.store", time.perf_counter() - began, "s")
        figure(f"data.sfo{year.number}.answers", job.result["stored"], "answers")
        figure(f"data.sfo{year.number}.refused", job.result["refused"], "answers")
        fold_all()
        report(workspace, year)
        said[year.number] = of_touchpoints(workspace, year.number)
        drive(f"data.sfo{year.number}.drivers", workspace, may(year.number))
    for before, after in pairwise(said):
        compare(f"data.sfo{before}_{after}", said[before], said[after])


def draft(
    workspace: Workspace, path: Path, year: Year, person: User, attributes: Mapping[str, str] = MappingProxyType({})
) -> Job:
    """The file, mapped as its code list says. `attributes`: of which columns tell, by their names."""
    job = imports.begin_import(workspace, Upload(path.name, path.read_bytes()), key=secrets.token_hex(8), by=person)
    csat = Column(part="question", scale="csat:1-5", about="touchpoint:", blanks=NO_ANSWER)
    job = imports.map_columns(job, SATISFIED, csat)
    whole = Column(part="question", scale="csat:1-5", about="workspace", blanks=NO_ANSWER)
    job = imports.map_columns(job, [OVERALL], whole)
    ces = Column(part="question", scale="ces:1-5", about="touchpoint:", blanks=NO_ANSWER)
    job = imports.map_columns(job, EASY, ces)
    job = imports.map_columns(job, [year.id], Column(part="id"))
    if year.nps:
        nps = Column(part="question", scale="nps:0-10", about="workspace", blanks=("11",))
        job = imports.map_columns(job, ["NETPRO"], nps)
    for name, key in attributes.items():
        job = imports.map_columns(job, [name], Column(part="attribute", attribute=key, blanks=("0",)))
    facts = {"source": path.stem, "month": f"{year.number}-05"}
    names = imports.plan_of(job).touchpoints()
    return imports.settle(job, facts=facts, touchpoints={}, values={}, create=names)


def done(job: Job) -> Job:
    """What a worker makes of it."""
    import_answers(job.pk)
    after = Job.objects.get(pk=job.pk)
    told = after.payload.get("checked", after.result)  # once it is stored the result has it
    if after.error or told["refused"]:
        raise SystemExit(f"{after.error} {told['reasons']}")
    return after


def report(workspace: Workspace, year: Year) -> None:
    """Print what May of that year says, each figure beside the publisher's."""
    name = f"data.sfo{year.number}"
    found = of_may(subject_of(workspace), "csat", year.number)
    beside(f"{name}.q7all.n", found.headline.n, year.n, "answers", 0)
    beside(f"{name}.q7all.mean", found.headline.value, year.mean, "of 5", 3)
    beside(f"{name}.q7all.top2", found.top.value, year.top_2, "share", 3)
    if year.nps:
        nps = of_may(subject_of(workspace), "nps", year.number).headline
        beside(f"{name}.nps", nps.value, year.nps[0], "points", 2)
        beside(f"{name}.nps_n", nps.n, year.nps[1], "answers", 0)


def of_touchpoints(workspace: Workspace, year: int) -> dict[str, PeriodFigures]:
    """What May says of each touchpoint, by name and metric; effort beside satisfaction."""
    touchpoints = {touchpoint.subject_id: touchpoint.name for touchpoint in Touchpoint.objects.of(workspace)}
    found = figures_of(touchpoints, may(year).first, may(year).last)
    said = {touchpoints[subject]: one for subject, by in found.items() for (one, *_) in by.values()}
    said[OVERALL] = of_may(subject_of(workspace), "csat", year)
    for name in EASY:
        if name in said:
            figure(f"data.sfo{year}.{name.lower()}.mean", said[name].headline.value, "of 5, 5 is easy", decimals=3)
            figure(f"data.sfo{year}.{name.lower()}.n", said[name].headline.n, "answers")
    return said


def compare(name: str, before: dict[str, PeriodFigures], after: dict[str, PeriodFigures]) -> None:
    """How each touchpoint's mean changed, and whether that is more than chance among all of them."""
    both = sorted(before.keys() & after.keys())
    changes = judged([headline_difference(before[one], after[one]) for one in both])
    for one, change in zip(both, changes, strict=True):
        said = f"of 5, p {change.p:.4f}, n {change.before} and {change.after}: {change.verdict}"
        figure(f"{name}.{one.lower()}", change.delta, said, decimals=3)


def drive(name: str, workspace: Workspace, period: Period) -> None:
    """With what overall satisfaction goes together: shares of R², each with its 95 % interval."""
    began = time.perf_counter()
    seen = drivers_of(workspace, period, outcome=Metric.CSAT)
    figure(f"{name}.time", time.perf_counter() - began, "s")
    if seen.told is None:
        raise SystemExit(f"no drivers: {seen.refused}")
    figure(f"{name}.n", seen.told.n, "customers who answered all of it")
    figure(f"{name}.r_squared", *of_interval(seen.told.r_squared), decimals=3)
    for one in seen.drivers:
        names = "+".join(question.name.lower() for question in one.questions)
        figure(f"{name}.{names}", *of_interval(one.driver.share), decimals=3)
    for question, answers in seen.sparse:
        figure(f"{name}.left_out.{question.name.lower()}", answers, "answers")


def of_interval(value: Ranged) -> tuple[float, str]:
    """A value, and its interval as its unit."""
    return value.value, f"{value.low:.3f} to {value.high:.3f}"


def may(year: int) -> Period:
    """The month of field work."""
    return Period(datetime.date(year, 5, 1), datetime.date(year, 5, 31))


def of_may(subject: Subject, metric: str, year: int) -> Any:
    """The figures of a subject for that May."""
    return period_figures(subject, metric, may(year).first, may(year).last)[0]


def beside(name: str, value: float, expected: float, unit: str, decimals: int) -> None:
    """A figure, and the publisher's own."""
    figure(name, value, unit, decimals=decimals)
    figure(f"{name}_expected", expected, unit, decimals=decimals)
