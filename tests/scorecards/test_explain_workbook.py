"""The workbook of a score: its formulas, worked out from the counts, make the score that the page shows."""

import datetime
import io
import re
from math import prod, sqrt
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override
from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import range_boundaries

from personas.models import Persona
from tests.answering import TODAY, Clock, Given, health
from tests.cast import SignIn
from touchpoints.actions import change_rule, fold_all
from touchpoints.models import Touchpoint
from touchpoints.tasks import apply_rule
from workspaces.models import Job, User, Workspace

PLACE = re.compile(r"(?:'([^']+)'!)?(\$?[A-Z]{1,2}\$?\d+(?::\$?[A-Z]{1,2}\$?\d+)?)")


class Column(list[Any]):
    """Cells of a range; compared and negated cell by cell, as `--(range=0)` does."""

    def __eq__(self, other: object) -> Any:
        return Column(float(cell == other) for cell in self)

    __hash__ = None

    def __neg__(self) -> "Column":
        return Column(-cell for cell in self)


def as_column(cells: Any) -> Column:
    """A range of one cell is named like a cell."""
    return cells if isinstance(cells, Column) else Column([cells])


class Reckoner:
    """Works out the formulas of a workbook, as a spreadsheet does, from the cells that they name."""

    def __init__(self, book: Workbook) -> None:
        self.book = book

    def cell(self, sheet: str, name: str) -> Any:
        told = self.book[sheet][name.replace("$", "")].value
        return self.work_out(sheet, told[1:]) if isinstance(told, str) and told.startswith("=") else told

    def column(self, sheet: str, name: str) -> Column:
        left, top, right, bottom = range_boundaries(name.replace("$", ""))
        rows = self.book[sheet].iter_rows(top, bottom, left, right)
        return Column(self.cell(sheet, cell.coordinate) for row in rows for cell in row)

    def work_out(self, sheet: str, formula: str) -> Any:
        def named(match: re.Match[str]) -> str:
            where, place = match[1] or sheet, match[2]
            return f"{'column' if ':' in place else 'cell'}({where!r}, {place!r})"

        texts = [part if place % 2 else self._python(part, named) for place, part in enumerate(formula.split('"'))]
        return eval('"'.join(texts), {**FUNCTIONS, "cell": self.cell, "column": self.column})

    @staticmethod
    def _python(part: str, named: Any) -> str:
        return re.sub(r"(?<![<>])=", "==", PLACE.sub(named, part).replace("^", "**"))


FUNCTIONS: dict[str, Any] = {
    "SUM": lambda column: sum(column) if isinstance(column, Column) else column,
    "SUMPRODUCT": lambda *columns: sum(prod(row) for row in zip(*map(as_column, columns), strict=True)),
    "SQRT": sqrt,
    "MIN": min,
    "MAX": max,
    "ROUND": round,
    "IF": lambda condition, then, other: then if condition else other,
}


def opened(workspace: Workspace, person: User, sign_in: SignIn, of: Touchpoint, **asked: int) -> bytes:
    url = reverse("touchpoint_explain_xlsx", args=[workspace.slug, of.pk])
    answer = sign_in(person).get(url, asked)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="delay-information.xlsx"'
    return bytes(answer.content)


def translated(word: str, language: str) -> str:
    with override(language):
        return gettext(word)


def score_in(book: Workbook) -> dict[str, list[Any]]:
    """The rows of the last sheet by their names, worked out."""
    reckoner, sheet = Reckoner(book), book.worksheets[-1]
    return {
        str(row[0].value): [
            None if cell.value is None else reckoner.cell(sheet.title, cell.coordinate) for cell in row[1:]
        ]
        for row in sheet.iter_rows()
        if row[0].value
    }


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("decay", [False, True])
def test_its_formulas_make_the_score(
    said: Touchpoint,
    workspace: Workspace,
    olga: User,
    sign_in: SignIn,
    given: Given,
    language: str,
    decay: bool,
) -> None:
    given(said, 3, 4, 4, 2, occurred_at=TODAY - datetime.timedelta(days=50))
    fold_all()
    if decay:
        change_rule(workspace, number=0, by=olga, decay=True)
        apply_rule(Job.objects.get().pk)
    olga.language = language
    olga.save()
    file = opened(workspace, olga, sign_in, said)
    told = score_in(load_workbook(io.BytesIO(file)))
    score = health(said)
    by_formulas, by_etappe, difference = told[translated("Health", language)][:3]
    assert by_formulas == pytest.approx(score.score, abs=1e-9)
    assert (by_etappe, difference) == (score.score, 0)
    for part, row in zip(score.parts, list(told.values())[1:], strict=False):
        names = ("answers", "n_eff", "raw", "prior_mean", "prior_mass", "credibility", "score", "sd", "low", "high")
        wanted = [part[one] for one in (*names, "weight", "share", "contribution")]
        if part["answers"] < 5:
            wanted[2] = ""
        assert row[:13] == [one if one == "" else pytest.approx(one, abs=1e-9) for one in wanted], part["component"]
    assert len(score.parts) == 5


def test_every_formula_carries_its_value(said: Touchpoint, workspace: Workspace, olga: User, sign_in: SignIn) -> None:
    file = opened(workspace, olga, sign_in, said)
    formulas, values = load_workbook(io.BytesIO(file)), load_workbook(io.BytesIO(file), data_only=True)
    reckoner, found = Reckoner(formulas), 0
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    kept = values[sheet.title][cell.coordinate].value
                    worked = reckoner.cell(sheet.title, cell.coordinate)
                    assert ("" if kept is None else kept) == (
                        worked if worked == "" else pytest.approx(worked, abs=1e-9)
                    ), cell.value
                    found += 1
    assert found > 80


def test_a_count_that_is_changed_changes_the_score(
    said: Touchpoint,
    workspace: Workspace,
    olga: User,
    sign_in: SignIn,
) -> None:
    book = load_workbook(io.BytesIO(opened(workspace, olga, sign_in, said)))
    before = score_in(book)["Health"][0]
    counts = book["Daily counts"]
    worst = next(row for row in counts.iter_rows(min_row=2) if (row[3].value, row[4].value) == ("1-5", 1))
    worst[6].value += 100
    told = score_in(book)["Health"]
    assert told[0] < before - 10
    assert told[2] == pytest.approx(told[0] - told[1], abs=1e-8)


def test_it_holds_the_counts_of_one_persona(
    said: Touchpoint,
    commuter: Persona,
    workspace: Workspace,
    olga: User,
    sign_in: SignIn,
) -> None:
    commuter.name = '=HYPERLINK("http://evil")'
    commuter.save()
    book = load_workbook(io.BytesIO(opened(workspace, olga, sign_in, said, persona=commuter.pk)))
    rows = list(book["Daily counts"].iter_rows(min_row=2))
    assert {(row[1].value, row[1].data_type) for row in rows} == {(commuter.name, "s")}
    assert sum(row[6].value for row in rows) == 24
    assert score_in(book)["Health"][0] == pytest.approx(health(said, commuter).score)


def test_where_no_number_is_told_it_holds_counts_only(
    at: Clock, delays: Touchpoint, given: Given, workspace: Workspace, olga: User, sign_in: SignIn
) -> None:
    given(delays, 4, 2)
    health(delays)
    book = load_workbook(io.BytesIO(opened(workspace, olga, sign_in, delays)))
    assert [sheet.title for sheet in book.worksheets] == ["What it is", "Daily counts", "What is usual", "Sums"]


def test_of_what_was_never_heard_it_is_empty(
    at: Clock, delays: Touchpoint, workspace: Workspace, olga: User, sign_in: SignIn
) -> None:
    book = load_workbook(io.BytesIO(opened(workspace, olga, sign_in, delays)))
    assert book["Daily counts"].max_row == 1
