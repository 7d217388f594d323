"""A year of invented answers: by seed, so the same everywhere, and relative to the day they are made for."""

import datetime
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import exp
from typing import Any

from touchpoints.health.metrics import Scale, scale_of
from touchpoints.health.shrink import tilted

DAYS = 365
SCALES = {
    "csat": scale_of("csat", "1-5"),
    "ces": scale_of("ces", "1-7"),
    "nps": scale_of("nps", "0-10"),
    "complaint": scale_of("complaint", "1-3"),
}
WEIGHTY = 0.2  # share of complaints that weigh more than others
UNKNOWN_PERSONA = 0.15  # share of questionnaires that do not tell who answers
UNKNOWN_ATTRIBUTE = 0.1  # share of questionnaires that say nothing of an attribute
COMMENTED = 0.14  # share of questionnaires with a comment
ASKED_TOO = 0.6  # share of questionnaires that ask for each metric besides the first
ASKED_BESIDE = 0.85  # share of questionnaires about a whole that ask about touchpoints, too
MOOD = 9.0  # points by which one customer judges all of it better or worse than another (standard deviation)
# How much better (points) a persona finds what is digital or personal.
TASTES = {
    "mara": {"digital": 2, "personal": 0},
    "juergen": {"digital": -7, "personal": 6},
    "aydin": {"digital": 0, "personal": -5},
}


@dataclass(frozen=True)
class Filled:
    """One filled questionnaire: when, by whom (a persona's key), each metric's value, and a comment on the first.

    `beside`: how satisfied the customer is with touchpoints, by key, where it asks about a whole and them.
    """

    name: str
    at: datetime.datetime
    persona: str
    values: Mapping[str, int]
    comment: str
    beside: Mapping[str, int] = field(default_factory=dict)


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
    other = random.Random(f"etappe beside {touchpoint['key']}")  # noqa: S311 - a sample, not a secret
    for age in _ages(touchpoint, chance):
        persona = (
            "" if chance.random() < UNKNOWN_PERSONA else chance.choices(list(personas), list(personas.values()))[0]
        )
        beside, carried = _beside(touchpoint.get("beside", ()), persona, -age, other)
        lift = carried + _usual_lift(touchpoint, persona, -age)
        values = _values(touchpoint["means"], lift, chance)
        comment = _comment(values, comments, chance)
        minute = datetime.time(6 + chance.randrange(17), chance.randrange(60))
        at = datetime.datetime.combine(today - datetime.timedelta(days=age), minute, zone)
        yield Filled(f"{touchpoint['key']}-{age}-{chance.getrandbits(40):010x}", at, persona, values, comment, beside)


def complaints_of(
    touchpoint: Mapping[str, Any], comments: Mapping[str, Sequence[str]], today: datetime.date, zone: datetime.tzinfo
) -> Iterator[Filled]:
    """The complaints about a touchpoint on each of the days before `today`, oldest first: a share of its contacts."""
    usage = touchpoint["usage"]
    chance = random.Random(f"etappe complaints {touchpoint['key']}")  # noqa: S311 - a sample, not a secret
    for age in range(DAYS, 0, -1):
        day = today - datetime.timedelta(days=age)
        for number in range(poisson(usage["contacts"] * usage["complaints"], chance)):
            at = datetime.datetime.combine(day, datetime.time(7 + chance.randrange(14), chance.randrange(60)), zone)
            weight = 2 if chance.random() < WEIGHTY else 1
            name = f"complaint-{touchpoint['key']}-{age}-{number}"
            yield Filled(name, at, "", {"complaint": weight}, chance.choice(comments["pain"]))


def usage_of(touchpoint: Mapping[str, Any], today: datetime.date) -> Iterator[tuple[datetime.date, int, int, int]]:
    """Contacts, closed visits and completed ones on each of the days before `today`, oldest first."""
    usage = touchpoint["usage"]
    chance = random.Random(f"etappe usage {touchpoint['key']}")  # noqa: S311 - a sample, not a secret
    for age in range(DAYS, 0, -1):
        contacts, visits = (poisson(usage.get(name, 0), chance) for name in ("contacts", "visits"))
        completed = sum(chance.random() < usage["completed"] for _ in range(visits))
        yield today - datetime.timedelta(days=age), contacts, visits, completed


def attributes_of(filled: Filled, attributes: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What a questionnaire says of attributes, by their keys: drawn apart, so that all else is as without them."""
    metric, value = next(iter(filled.values.items()))
    if metric == "complaint":
        return {}
    chance = random.Random(f"etappe attributes {filled.name}")  # noqa: S311 - a sample, not a secret
    judges_well = value > (SCALES[metric].low + SCALES[metric].high) / 2
    said = {}
    for attribute in attributes:
        texts, well, badly = zip(*attribute["said"], strict=True)
        text = chance.choices(texts, well if judges_well else badly)[0]
        if chance.random() >= UNKNOWN_ATTRIBUTE:
            said[attribute["key"]] = text
    return said


def _ages(touchpoint: Mapping[str, Any], chance: random.Random) -> Iterator[int]:
    """How many days ago each questionnaire was filled, oldest first."""
    if "total" in touchpoint:
        yield from sorted((chance.randrange(1, 80) for _ in range(touchpoint["total"])), reverse=True)
        return
    for age in range(DAYS, 0, -1):
        for _ in range(poisson(touchpoint["answers"], chance)):
            yield age


def poisson(mean: float, chance: random.Random) -> int:
    """So many events where that many are usual. Knuth's method: multiply until it falls below e^-mean."""
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


def _usual_lift(touchpoint: Mapping[str, Any], persona: str, day: int) -> float:
    return _story(touchpoint, day) + TASTES.get(persona, {}).get(touchpoint.get("contact", ""), 0)


def _beside(
    others: Sequence[tuple[Mapping[str, Any], float]], persona: str, day: int, chance: random.Random
) -> tuple[dict[str, int], float]:
    """What one customer says of other touchpoints, and how many points that lifts what is said of the whole."""
    if not others or chance.random() >= ASKED_BESIDE:
        return {}, 0.0
    mood, scale, said, carried = chance.gauss(0, MOOD), SCALES["csat"], {}, 0.0
    for touchpoint, pull in others:
        usual = touchpoint["means"]["csat"] + _usual_lift(touchpoint, persona, day)
        value = said[touchpoint["key"]] = _draw(scale, round(usual + mood), chance)
        carried += pull * (float(scale.utilities[scale.index(value)]) - usual)
    return said, carried


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
    if not comments:
        return ""
    metric, value = next(iter(values.items()))
    scale = SCALES[metric]
    middle = (scale.low + scale.high) / 2
    if chance.random() >= COMMENTED or value == middle:
        return ""
    return chance.choice(comments.get("pain" if value < middle else "praise", [""]))
