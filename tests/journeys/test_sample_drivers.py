"""The year of the sample has questionnaires that ask about the company and about touchpoints, and so key drivers."""

import datetime
from collections.abc import Iterator
from typing import Any

import numpy as np

from journeys.sample import answers, content
from touchpoints.health.drivers import Drivers, key_drivers

TODAY = datetime.date(2026, 3, 15)


def filled(**changed: Any) -> Iterator[answers.Filled]:
    facts = content.facts("en")
    touchpoints = {entry["key"]: entry for entry in facts["touchpoints"]}
    company = {"key": "workspace", **facts["workspace"]["asked"]}
    company["beside"] = [(touchpoints[key], pull) for key, pull in company["beside"].items()]
    shares = {persona["key"]: persona["share"] for persona in facts["personas"]}
    return answers.year_of({**company, **changed}, {}, shares, TODAY, datetime.UTC)


def test_the_sample_has_key_drivers_with_delays_first() -> None:
    sheets = [sheet for sheet in filled() if sheet.beside]
    names = list(sheets[0].beside)
    told = key_drivers(
        np.array([[sheet.beside[name] for name in names] for sheet in sheets], dtype=float),
        np.array([sheet.values["nps"] for sheet in sheets], dtype=float),
    )
    assert isinstance(told, Drivers)
    assert names[told.drivers[0].columns[0]] == "delay"
    assert told.r_squared.low > 0.15
    assert told.n > 400


def test_the_company_is_recommended_as_before() -> None:
    def mean(sheets: Iterator[answers.Filled]) -> float:
        scores = [sheet.values["nps"] for sheet in sheets]
        return sum(scores) / len(scores)

    assert abs(mean(filled()) - mean(filled(beside=()))) < 0.4
