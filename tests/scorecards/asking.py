"""Questionnaires with several questions, for tests of key drivers."""

import datetime
import random
from collections.abc import Mapping, Sequence
from typing import Any

from feedback.actions import Answer, record_responses
from tests.answering import NUMBERS, TODAY
from touchpoints.actions import subject_of
from touchpoints.models import Touchpoint
from workspaces.models import Workspace


def ask(
    workspace: Workspace,
    sheets: Sequence[Mapping[Any, int]],
    *,
    whole: int | None = None,
    metric: str = "csat",
    day: datetime.date = TODAY,
) -> None:
    """Each sheet is one filled questionnaire: a value by touchpoint (CSAT), and by "whole" one about the whole."""
    whole = whole or subject_of(workspace).pk
    given = []
    for sheet in sheets:
        usual: dict[str, Any] = {"source": "survey", "external_id": f"sheet {next(NUMBERS)}", "occurred_at": day}
        for about, value in sheet.items():
            if about == "whole":
                given.append(Answer(subject=whole, metric=metric, value=value, **usual))
            else:
                given.append(Answer(subject=about.subject_id, metric="csat", value=value, **usual))
    record_responses(workspace, given)


def sheets_about(n: int, *touchpoints: Touchpoint, seed: int = 1) -> list[dict[Any, int]]:
    """So many customers answer all of it; what they say of the whole rests on the first touchpoint most."""
    chance = random.Random(seed)
    sheets: list[dict[Any, int]] = []
    for _ in range(n):
        mood = chance.gauss(3.4, 0.7)
        sheet: dict[Any, int] = {one: _within(mood + chance.gauss(0, 1)) for one in touchpoints}
        weights = range(len(touchpoints), 0, -1)
        whole = sum(weight * sheet[one] for weight, one in zip(weights, touchpoints, strict=True)) / sum(weights)
        sheets.append({**sheet, "whole": _within(whole + chance.gauss(0, 0.6))})
    return sheets


def _within(value: float) -> int:
    return min(5, max(1, round(value)))
