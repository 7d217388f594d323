"""The scorecards on paper: plain data for `templates/paper/scorecards.typ`, in the reader's words."""

from collections.abc import Sequence

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from journeys.paper import Printed, Told, document
from scorecards.paper import METRICS, answers_of, bullet, change_words, health
from scorecards.table import TouchpointRow
from touchpoints.borders import borders_of
from touchpoints.health.bands import Borders
from touchpoints.health.metrics import Metric
from touchpoints.periods import Period
from touchpoints.templatetags.alarms import metric_word
from workspaces.models import Workspace
from workspaces.templatetags.look import evidence_word, signed


def table_on_paper(
    workspace: Workspace,
    rows: Sequence[TouchpointRow],
    period: Period,
    *,
    finding: Sequence[str],
    printed: Printed,
) -> Told:
    """What the sheets say of these lines, in their order; `finding`: the sentences above."""
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
        "columns": _columns(),
        "rows": [_row(row, borders) for row in rows],
    }


def _columns() -> list[Told]:
    return [
        _column(_("Touchpoint"), 19),
        _column(_("Priority"), 6, figure=True),
        _column(_("Health"), 11),
        _column(_("Against target"), 14),
        _column(pgettext("difference", "Change"), 14),
        *[_column(str(metric_word(metric)), 5, figure=True) for metric in METRICS],
        _column(_("Evidence"), 11),
        _column(pgettext("responsible", "Owner"), 13),
    ]


def _column(label: str, width: int, *, figure: bool = False) -> Told:
    return {"label": label, "width": width, "figure": figure}


def _row(row: TouchpointRow, borders: Borders) -> list[Told]:
    touchpoint = row.touchpoint
    drawn = bullet(row, touchpoint.target, borders)
    return [
        _text(touchpoint.name, beside=str(touchpoint.channel or ""), strong=True, star=row.moment_of_truth),
        _text("–" if row.points is None else signed(row.points, 1)),
        {"kind": "health", **health(row)},
        {"kind": "bullet", **drawn} if drawn else _text("–"),
        _text(change_words(row.change, 1)),
        *[_text(_said(row, metric)) for metric in METRICS],
        _text(str(evidence_word(row.evidence)), beside=answers_of(row) if row.answers else ""),
        _text(str(touchpoint.owner or "")),
    ]


def _said(row: TouchpointRow, metric: Metric) -> str:
    value = row.said(metric)
    if value is None:
        return "–"
    return signed(value, 1) if metric == Metric.NPS else number_format(value, 2)


def _text(text: str, *, beside: str = "", strong: bool = False, star: bool = False) -> Told:
    return {"kind": "text", "text": text, "beside": beside, "strong": strong, "star": star}
