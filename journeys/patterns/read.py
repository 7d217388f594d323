"""Reads the templates from the files beside this one, in one of the product's languages."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from journeys.actions.drawing import Station
from journeys.sketch import Felt, Sketch, sketch_of
from touchpoints.models import PhaseKind

HERE = Path(__file__).parent
LANGUAGES = ("en", "de")
KEYS = ("shop", "saas", "rail", "telecom", "claim", "office")  # in the order in which they are offered
LIBRARY = ("contact", "directness", "device", "importance")
PLACED = (
    "customer_action", "backstage", "moment_of_truth", "share", "alternative_group", "expectation", "assumed_emotion",
)  # fmt: skip


@dataclass(frozen=True)
class Pattern:
    """A template, in one language. All that it says of feelings is assumed."""

    key: str
    name: str
    note: str
    category: str
    stations: tuple[Station, ...]

    @cached_property
    def sketch(self) -> Sketch:
        """Its small curve: assumptions all along, and no band, since nobody has been asked."""
        felt = [[_felt(station) for station in stations] for _name, stations in self.phases()]
        return sketch_of(felt)

    def phases(self) -> list[tuple[str, list[Station]]]:
        """Its stations, phase by phase in order, each with the phase's name in the language that is active now."""
        return [
            (str(kind.label), [station for station in self.stations if station.phase == kind]) for kind in PhaseKind
        ]


def patterns(language: str) -> list[Pattern]:
    """Every template, in that language."""
    return [pattern(key, language) for key in KEYS]


@cache
def pattern(key: str, language: str) -> Pattern:
    """One template, in that language; in English where it has no other. `key` is one of `KEYS`."""
    language = language if language in LANGUAGES else LANGUAGES[0]
    told = _file(key)
    stations = tuple(_station(one, language) for one in told["touchpoints"])
    return Pattern(key, told["name"][language], told["note"][language], told["category"], stations)


def _station(told: Mapping[str, Any], language: str) -> Station:
    channel = _file("channels")[told["channel"]]
    return Station(
        name=told["name"][language],
        phase=told["phase"],
        channel=(channel[language], *(channel[other] for other in LANGUAGES if other != language)),
        icon=channel["icon"],
        facts={name: told[name] for name in LIBRARY if name in told},
        placed={name: _said(told[name], language) for name in PLACED if name in told},
    )


def _felt(station: Station) -> Felt:
    said = station.placed
    return Felt(float(said["assumed_emotion"]), "assumption", float(said["expectation"]), None)


def _said(value: Any, language: str) -> Any:
    if isinstance(value, dict):
        return value[language]
    return Decimal(str(value)) if isinstance(value, float) else value


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
