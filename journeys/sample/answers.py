"""A year of invented answers: by seed, so the same everywhere, and relative to the day they are made for."""

import datetime
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from typing import Any

from touchpoints.health.metrics import Scale, scale_of
from touchpoints.health.shrink import tilted

DAYS = 365
SCALES = {"csat": scale_of("csat", "1-5"), "ces": scale_of("ces", "1-7"), "nps": scale_of("nps", "0-10")}
UNKNOWN_PERSONA = 0.15  # share of questionnaires that do not tell who answers
COMMENTED = 0.14  # share of questionnaires with a comment
ASKED_TOO = 0.6  # share of questionnaires that ask for each metric besides the first
# How much better (points) a persona finds what is digital or personal.
TASTES = {
    "mara": {"digital": 2, "personal": 0},
    "juergen": {"digital": -7, "personal": 6},
    "aydin": {"digital": 0, "personal": -5},
}


@dataclass(frozen=True)
class Filled:
    """One filled questionnaire: when, by whom (a persona's key), each metric's value, and a comment on the first."""

    name: str
    at: datetime.datetime
    persona: str
    values: Mapping[str, int]
    comment: str


def year_of(
    touchpoint: Mapping[str, Any],
    comments: Mapping[str, Sequence[str]],
    personas: Mapping[str, int],
    today: datetime.date,
    zone: datetime.tzinfo,
) -> Iterator[Filled]:
    """The questionnaires about a touchpoint or a whole on each of the 365 days before `today`, oldest first.

    `personas`: share of customers by key.
    """
    chance = random.Random(f"etappe {touchpoint['key']}")  # noqa: S311 - a sample, not a secret
    for age in _ages(touchpoint, chance):
        persona = (
            "" if chance.random() < UNKNOWN_PERSONA else chance.choices(list(personas), list(personas.values()))[0]
        )
        lift = _story(touchpoint, -age) + TASTES.get(persona, {}).get(touchpoint.get("contact", ""), 0)
        values = _values(touchpoint["means"], lift, chance)
        comment = _comment(values, comments, chance)
        minute = datetime.time(6 + chance.randrange(17), chance.randrange(60))
        at = datetime.datetime.combine(today - datetime.timedelta(days=age), minute, zone)
        yield Filled(f"{touchpoint['key']}-{age}-{chance.getrandbits(40):010x}", at, persona, values, comment)


def _ages(touchpoint: Mapping[str, Any], chance: random.Random) -> Iterator[int]:
    """How many days ago each questionnaire was filled, oldest first."""
    if "total" in touchpoint:
        yield from sorted((chance.randrange(1, 80) for _ in range(touchpoint["total"])), reverse=True)
        return
    for age in range(DAYS, 0, -1):
        for _ in range(_poisson(touchpoint["answers"], chance)):
            yield age


def _poisson(mean: float, chance: random.Random) -> int:
    """Knuth's method: multiply until it falls below e^-mean."""
    limit, product, count = exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count


def _story(touchpoint: Mapping[str, Any], day: int) -> float:
    """Points above or below the touchpoint's means on that day (-365 to -1), between the story's points."""
    points = touchpoint.get("story") or [[0, 0]]
    before = [point for point in points if point[0] <= day] or points[:1]
    after = [point for point in points if point[0] > day] or points[-1:]
    (start, low), (end, high) = before[-1], after[0]
    return float(low if end <= start else low + (high - low) * (day - start) / (end - start))


def _values(means: Mapping[str, int], lift: float, chance: random.Random) -> dict[str, int]:
    asked = [metric for number, metric in enumerate(means) if number == 0 or chance.random() < ASKED_TOO]
    return {metric: _draw(SCALES[metric], round(means[metric] + lift), chance) for metric in asked}


def _draw(scale: Scale, mean: int, chance: random.Random) -> int:
    return chance.choices(scale.values, _shares(scale, min(96, max(4, mean))))[0]


@cache
def _shares(scale: Scale, mean: int) -> tuple[float, ...]:
    return tuple(map(float, tilted(scale, mean)))


def _comment(values: Mapping[str, int], comments: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    """Sometimes a comment that fits the first answer: pains below the middle of its scale, praise above."""
    metric, value = next(iter(values.items()))
    scale = SCALES[metric]
    middle = (scale.low + scale.high) / 2
    if chance.random() >= COMMENTED or value == middle:
        return ""
    return chance.choice(comments.get("pain" if value < middle else "praise", [""]))
