"""What customers said in a chosen period: plain counts of the daily cells, never weighted."""

import datetime

from personas.models import Persona
from touchpoints.health import figures
from touchpoints.health.metrics import scales_of
from touchpoints.models import DailyCell, Subject


def period_figures(
    subject: Subject,
    metric: str,
    first: datetime.date,
    last: datetime.date,
    *,
    persona: Persona | None = None,
) -> list[figures.PeriodFigures]:
    """The figures of a metric from the first to the last local day, both included: one for each scale with answers.

    Headline (NPS, or mean on the scale) and share of top answers have their 95 % interval and n. Scales stay apart,
    since their means cannot be compared. `persona`: only hers; by default everybody, persona known or not.
    """
    cells = DailyCell.objects.filter(subject=subject, metric=metric, day__range=(first, last))
    if persona is not None:
        cells = cells.filter(persona=persona)
    by_scale: dict[str, list[list[int]]] = {}
    for code, counts in cells.values_list("scale", "counts"):
        by_scale.setdefault(code, []).append(counts)
    return [
        figures.period_figures(scale, [sum(column) for column in zip(*by_scale[scale.code], strict=True)])
        for scale in scales_of(metric)
        if scale.code in by_scale
    ]
