"""What was said of the sample elsewhere than in its surveys: stars in public, and a few words at its counters."""

import datetime
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from feedback.actions import Answer
from feedback.actions.by_hand import COUNTER
from journeys.sample import answers
from touchpoints.health.metrics import Scale, scale_of
from touchpoints.health.shrink import tilted

NOON = datetime.time(12)
STARS = scale_of("rating", "1-5")
REVIEWED = 0.3  # share of public ratings with words
Comments = Mapping[str, Sequence[str]]


def published_of(
    touchpoint: Mapping[str, Any], comments: Comments, today: datetime.date, zone: datetime.tzinfo, subject: int
) -> Iterator[Answer]:
    """The stars that a touchpoint was given on each of the days before `today`, oldest first, place by place.

    `published`: of each place the ratings a day and their mean, 0-100.
    """
    for place in touchpoint.get("published", ()):
        chance = random.Random(f"etappe {place['source']} {touchpoint['key']}")  # noqa: S311 - a sample, not a secret
        for age in range(answers.DAYS, 0, -1):
            day = datetime.datetime.combine(today - datetime.timedelta(days=age), NOON, zone)
            for number in range(answers.poisson(place["answers"], chance)):
                stars = _draw(STARS, place["mean"], chance)
                yield Answer(
                    source=place["source"],
                    external_id=f"{touchpoint['key']}-{age}-{number}",
                    subject=subject,
                    metric=STARS.metric.value,
                    value=stars,
                    occurred_at=day,
                    text=_words(stars, comments, chance) if chance.random() < REVIEWED else "",
                )


def entered_at(
    touchpoint: Mapping[str, Any],
    comments: Comments,
    today: datetime.date,
    zone: datetime.tzinfo,
    about: dict[str, Any],
) -> Iterator[Answer]:
    """What was entered at its counter: so many a day, on the last three days."""
    chance = random.Random(f"etappe counter {touchpoint['key']}")  # noqa: S311 - a sample, not a secret
    for age in (3, 2, 1):
        for number in range(touchpoint.get("counter", 0)):
            value = _draw(answers.SCALES["csat"], touchpoint["means"]["csat"], chance)
            hour = datetime.time(9 + 2 * number)
            yield Answer(
                source=COUNTER,
                external_id=f"{touchpoint['key']}-{age}-{number}",
                question=COUNTER,
                metric="csat",
                value=value,
                occurred_at=datetime.datetime.combine(today - datetime.timedelta(days=age), hour, zone),
                text=_words(value, comments, chance) if number == 0 else "",
                **about,
            )


def _draw(scale: Scale, mean: int, chance: random.Random) -> int:
    return chance.choices(scale.values, [float(share) for share in tilted(scale, mean)])[0]


def _words(value: int, comments: Comments, chance: random.Random) -> str:
    """A comment that fits; none of those who gave the middle."""
    return "" if value == 3 else chance.choice(comments["pain" if value < 3 else "praise"])
