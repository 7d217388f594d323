"""The sheet of the score: each part and the health, by formulas over the sums."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from scorecards.explaining import Explanation, PartExplained
from scorecards.templatetags.figures import COMPONENTS
from scorecards.workbook.sums import (
    S_ANSWERS,
    S_BAD,
    S_SQUARE,
    S_SUM,
    S_USUAL,
    S_USUAL_SQUARE,
    S_WEIGHTS,
    S_WORTH,
    Writing,
)  # fmt: skip
from touchpoints.health.estimate import Rate
from touchpoints.health.figures import FEWEST_SHOWN, Z95
from touchpoints.health.metrics import Metric

# Its columns, counted from 0
(
    P_PART, P_ANSWERS, P_N, P_OWN, P_USUAL, P_MASS, P_CREDIBILITY, P_SCORE, P_SD, P_LOW, P_HIGH, P_WEIGHT, P_SHARE,
    P_POINTS, P_SEEN, P_RATE, P_GOOD, P_LIMIT, P_EXPECTED,
) = range(19)  # fmt: skip


def write_score(writing: Writing) -> None:
    """The parts and the health, by formulas over the sums, and how far they are from what the page shows."""
    columns = [
        (_("Part"), 24), (_("Answers"), 10), (_("effective n"), 12), (_("Own mean"), 12), (_("Usual mean"), 12),
        (_("weighs as n"), 12), (_("from own data"), 12), (_("Finding"), 12), (_("Standard deviation"), 12),
        (_("95% from"), 10), (_("to"), 10), (_("Importance"), 12), (_("Share"), 10), (_("Points"), 12),
        (_("Seen"), 12), (_("usual"), 12), (_("good"), 10), (_("Limit"), 10), (_("to be expected"), 14),
    ]  # fmt: skip
    sheet = writing.open("score", _("Score"), columns)
    last = len(writing.explained.parts)
    for row, part in enumerate(writing.explained.parts, start=1):
        _score_part(sheet, row, last, part, writing)
    _score_health(sheet, last, writing.explained)


def _score_part(sheet: Any, row: int, last: int, explained: PartExplained, writing: Writing) -> None:
    part = explained.part
    sheet.write_string(row, P_PART, str(COMPONENTS[part.component]))
    sheet.write_number(row, P_MASS, part.prior_mass)
    sheet.write_number(row, P_WEIGHT, part.weight)
    if part.rate:
        for column, number in ((P_RATE, part.rate.usual), (P_GOOD, part.rate.good), (P_LIMIT, part.rate.limit)):
            sheet.write_number(row, column, number)
        formulas = [*_of_rate(row, explained, part.rate, writing)]
    else:
        formulas = [*_of_answers(row, explained, writing)]
    n, m, z, s, sd, w, share = (
        xl_rowcol_to_cell(row, column) for column in (P_N, P_MASS, P_CREDIBILITY, P_SCORE, P_SD, P_WEIGHT, P_SHARE)
    )
    own = ",".join(xl_range_abs(1, column, last, column) for column in (P_WEIGHT, P_CREDIBILITY))
    formulas += [
        (P_CREDIBILITY, f"{n}/({n}+{m})", part.credibility),
        (P_LOW, f"MAX(0,{s}-{Z95}*{sd})", part.low),
        (P_HIGH, f"MIN(100,{s}+{Z95}*{sd})", part.high),
        (P_SHARE, f"{w}*{z}/SUMPRODUCT({own})", part.share),
        (P_POINTS, f"{share}*{s}", part.contribution),
    ]
    for column, formula, value in formulas:
        sheet.write_formula(row, column, f"={formula}", None, value)


def _of_answers(row: int, explained: PartExplained, writing: Writing) -> Iterator[tuple[int, str, float | str]]:
    part, sums = explained.part, writing.sheets["sums"]
    rows = range(writing.summed[explained.series[0].scale.key], writing.summed[explained.series[-1].scale.key] + 1)
    answers, total, worth, square, squares, usual, usual_square = (
        sums.down(rows, column) for column in (S_ANSWERS, S_SUM, S_WORTH, S_SQUARE, S_WEIGHTS, S_USUAL, S_USUAL_SQUARE)
    )
    asked, n, m, mean, s = (xl_rowcol_to_cell(row, one) for one in (P_ANSWERS, P_N, P_MASS, P_USUAL, P_SCORE))
    own = f"SUM({worth})/SUM({total})"
    yield P_ANSWERS, f"SUM({answers})", part.answers
    yield P_N, f"SUM({total})^2/SUM({squares})", part.n_eff
    yield P_OWN, f'IF({asked}<{FEWEST_SHOWN},"",{own})', part.raw if part.answers >= FEWEST_SHOWN else ""
    yield P_USUAL, f"SUMPRODUCT({total},{usual})/SUM({total})", part.prior_mean
    yield P_SCORE, f"({n}*{own}+{m}*{mean})/({n}+{m})", part.score
    both = f"({n}*SUM({square})/SUM({total})+{m}*SUMPRODUCT({total},{usual_square})/SUM({total}))/({n}+{m})"
    yield P_SD, f"SQRT(MAX(0,{both}-{s}^2)/({n}+{m}+1))", part.sd


def _of_rate(
    row: int, explained: PartExplained, rate: Rate, writing: Writing
) -> Iterator[tuple[int, str, float | str]]:
    part, sums = explained.part, writing.sheets["sums"]
    by_metric = {one.scale.metric: writing.summed[one.scale.key] for one in explained.series}
    of_cases = by_metric.get(Metric.CONTACT, by_metric.get(Metric.VISIT, 0))
    of_bad = by_metric.get(Metric.COMPLAINT, by_metric.get(Metric.VISIT))
    bad = sums.ref(of_bad, S_BAD) if of_bad else "0"
    cases, squares = sums.ref(of_cases, S_SUM), sums.ref(of_cases, S_WEIGHTS)
    asked, n, m, usual, good, limit, expected = (
        xl_rowcol_to_cell(row, column) for column in (P_ANSWERS, P_N, P_MASS, P_RATE, P_GOOD, P_LIMIT, P_EXPECTED)
    )
    is_told = part.answers >= FEWEST_SHOWN

    def scored(share: str) -> str:
        return f"100*MIN(1,MAX(0,({limit}-{share})/({limit}-{good})))"

    yield P_ANSWERS, sums.ref(of_cases, S_ANSWERS), part.answers
    yield P_N, f"{cases}^2/{squares}", part.n_eff
    yield P_SEEN, f'IF({asked}<{FEWEST_SHOWN},"",{bad}/{cases})', rate.observed if is_told else ""
    yield P_EXPECTED, f"({n}*MIN(1,{bad}/{cases})+{m}*{usual})/({n}+{m})", rate.expected
    yield P_OWN, f'IF({asked}<{FEWEST_SHOWN},"",{scored(f"{bad}/{cases}")})', part.raw if is_told else ""
    yield P_USUAL, scored(usual), part.prior_mean
    yield P_SCORE, f"IF({bad}>{cases},0,{scored(expected)})", part.score
    yield P_SD, f"100*SQRT({expected}*(1-{expected})/({n}+{m}+1))/({limit}-{good})", part.sd


def _score_health(sheet: Any, last: int, explained: Explanation) -> None:
    """Below the parts: the health, its deviation and evidence, what the page shows of them, and the differences."""
    health, base = explained.health, explained.base
    if health is None or base is None:
        return
    points, share, sd, weight, z = (
        xl_range_abs(1, column, last, column) for column in (P_POINTS, P_SHARE, P_SD, P_WEIGHT, P_CREDIBILITY)
    )
    r, first = base.model.correlation, last + 2
    together = f"SUMPRODUCT({share},{sd})"
    rows = [
        (_("Health"), f"MIN(100,SUM({points}))", health.score),
        (
            _("Standard deviation"),
            f"SQRT({1 - r}*SUMPRODUCT({share},{share},{sd},{sd})+{r}*{together}^2)",
            health.sd,
        ),
        (_("From own data"), f"SUMPRODUCT({weight},{z})/SUM({weight})", health.evidence),
    ]
    for column, name in enumerate((_("by these formulas"), _("by Etappe"), _("Difference")), start=1):
        sheet.write_string(first, column, name)
    for row, (name, formula, value) in enumerate(rows, start=first + 1):
        sheet.write_string(row, 0, name)
        sheet.write_formula(row, 1, f"={formula}", None, value)
        sheet.write_number(row, 2, value)
        sheet.write_formula(row, 3, f"=ROUND({xl_rowcol_to_cell(row, 1)}-{xl_rowcol_to_cell(row, 2)},9)", None, 0)
