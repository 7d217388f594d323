"""The scorecards on paper: plain data for `templates/paper/scorecards.typ`, in the reader's words."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from journeys.paper import Printed, Told, document
from scorecards.columns import COLUMNS, FIGURES
from scorecards.paper import answers_of, bullet, change_words, health
from scorecards.table import TouchpointRow
from scorecards.templatetags.charts import headline
from touchpoints.borders import borders_of
from touchpoints.health.bands import Borders
from touchpoints.health.metrics import Metric
from touchpoints.periods import Period
from workspaces.models import Workspace
from workspaces.templatetags.look import evidence_word, signed

# Of what paper has room for.
WIDTHS = {
    "name": 19,
    "priority": 6,
    "health": 11,
    "gap": 14,
    "change": 14,
    "nps": 5,
    "csat": 5,
    "ces": 5,
    "evidence": 11,
    "owner": 13,
}


def table_on_paper(  # noqa: PLR0913 - what is on the screen
    workspace: Workspace,
    rows: Sequence[TouchpointRow],
    period: Period,
    *,
    columns: Sequence[str],
    finding: Sequence[str],
    printed: Printed,
) -> Told:
    """What the sheets say of these lines, in their order; `finding`: the sentences above.

    `columns`: the names of those that are shown; paper has no room for the twelve months.
    """
    names = [name for name in columns if name in WIDTHS]
    borders = borders_of(workspace)
    first, last = (date_format(day, "SHORT_DATE_FORMAT") for day in (period.first, period.last))
    facts = _(
        "health as of today; NPS, CSAT and CES from %(first)s to %(last)s, change against the %(days)s days before"
    ) % {"first": first, "last": last, "days": period.days}
    return {
        **document(workspace, _("Scorecards"), printed),
        "finding": " ".join(finding),
        "facts": facts,
        "none": _("Nothing matches."),
        "columns": [_column(name) for name in names],
        "rows": [[_cell(row, name, borders) for name in names] for row in rows],
    }


def _column(name: str) -> Told:
    return {"label": str(COLUMNS[name][0]), "width": WIDTHS[name], "figure": name in {"priority", *FIGURES}}


def _cell(row: TouchpointRow, name: str, borders: Borders) -> Told:
    touchpoint = row.touchpoint
    if name == "name":
        return _text(touchpoint.name, beside=str(touchpoint.channel or ""), strong=True, star=row.moment_of_truth)
    if name == "health":
        return {"kind": "health", **health(row)}
    if name == "gap":
        drawn = bullet(row, touchpoint.target, borders)
        return {"kind": "bullet", **drawn} if drawn else _text("–")
    if name == "evidence":
        return _text(str(evidence_word(row.evidence)), beside=answers_of(row) if row.answers else "")
    plain = {
        "priority": "–" if row.priority is None else signed(row.priority, 1),
        "change": change_words(row.change, 1),
        "owner": str(touchpoint.owner or ""),
    }
    return _text(plain[name] if name in plain else _said(row, Metric(name)))


def _said(row: TouchpointRow, metric: Metric) -> str:
    found = row.figures.get(metric)
    figure = found[0].headline if found else None
    return headline(figure, found[0].scale) if found and figure and figure.shown else "–"


def _text(text: str, *, beside: str = "", strong: bool = False, star: bool = False) -> Told:
    return {"kind": "text", "text": text, "beside": beside, "strong": strong, "star": star}
