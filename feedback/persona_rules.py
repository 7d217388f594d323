"""By which rules questionnaires are given a persona: read once, then asked of thousands. No database.

A rule has one or more conditions, which all hold; rules stand in an order, and the first one that holds gives its
persona. Texts are compared without blanks around them, in capitals or not. A range takes whole and decimal numbers;
what is no number is in none.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

FACTS = ("channel", "device", "segment", "source", "attribute")  # of a questionnaire that a condition may be about
IN_RANGES = ("segment", "attribute")  # facts that may be numbers
NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,15})?")

Condition = Mapping[str, Any]


class Told(NamedTuple):
    """What a questionnaire says of itself, as it is stored. `channel`: its id; `attributes`: by their keys."""

    source: str
    channel: int | None
    device: str
    segment: str
    attributes: Mapping[str, str]


class Given(NamedTuple):
    """A rule: whose persona (by id) it gives, and on which conditions."""

    persona: int
    conditions: Sequence[Condition]


class Giver:
    """The rules of a workspace in their order. Without any it is false."""

    def __init__(self, rules: Iterable[Given]) -> None:
        self.personas: list[int] = []
        self._tests: list[tuple[Callable[[Told], bool], ...]] = []
        for rule in rules:
            self.personas.append(rule.persona)
            self._tests.append(tuple(_test(condition) for condition in rule.conditions))

    def __bool__(self) -> bool:
        return bool(self.personas)

    def rule_of(self, told: Told) -> int | None:
        """The place, from 0, of the rule that takes this questionnaire; None where no rule does."""
        for place, tests in enumerate(self._tests):
            if all(test(told) for test in tests):
                return place
        return None

    def persona_of(self, told: Told) -> int | None:
        """The persona, by id, whom the rules give this questionnaire."""
        place = self.rule_of(told)
        return None if place is None else self.personas[place]


@lru_cache(maxsize=32)
def giver_of(rules: str) -> Giver:
    """The rules as the database tells them: JSON of persona and conditions, in their order; empty where none is."""
    return Giver(Given(persona, conditions) for persona, conditions in json.loads(rules or "[]"))


def number_of(text: str) -> float | None:
    """The number that a text is, with a point or a comma; None where it is none."""
    text = text.strip()
    return float(text.replace(",", ".")) if NUMBER.fullmatch(text) else None


def _test(condition: Condition) -> Callable[[Told], bool]:
    if condition["fact"] == "channel":
        channels = frozenset(condition["any_of"])
        return lambda told: told.channel in channels
    read = _reader(condition)
    if "any_of" in condition:
        texts = frozenset(text.strip().casefold() for text in condition["any_of"])
        return lambda told: read(told).strip().casefold() in texts
    low, high = condition.get("at_least", float("-inf")), condition.get("at_most", float("inf"))

    def within(told: Told) -> bool:
        number = number_of(read(told))
        return number is not None and low <= number <= high

    return within


def _reader(condition: Condition) -> Callable[[Told], str]:
    if condition["fact"] == "attribute":
        key = condition["attribute"]
        return lambda told: told.attributes.get(key, "")
    place = Told._fields.index(condition["fact"])

    def read(told: Told) -> str:
        return str(told[place])

    return read
