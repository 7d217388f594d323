"""Facts for findings, in short words: what is known of a touchpoint, and how it changed."""

import datetime
from typing import Any

from scorecards.finding.facts import Facts
from touchpoints.apart import Served
from touchpoints.health.bands import Band, Borders, band_of
from touchpoints.health.changes import Change, Verdict

TODAY = datetime.date(2026, 3, 15)
BORDERS = Borders(40, 60, 80)


def change(verdict: Verdict = Verdict.NOISE, delta: float | None = 0.4) -> Change:
    """A change as it was judged."""
    few = verdict is Verdict.FEW
    return Change(verdict=verdict, delta=None if few else delta, p=None if few else 0.01, before=40, after=40)


FELL, ROSE = change(Verdict.DOWN, -9.04), change(Verdict.UP, 6.0)
STILL, FEW = change(), change(Verdict.FEW)


def served(name: str, by: Change, persona: int = 1) -> Served:
    """How a persona is served."""
    return Served(persona, name, by)


def band(number: int | None) -> Band | None:
    """The band of a number."""
    return band_of(number, BORDERS)


def known(name: str = "Checkout", number: int | None = 72, **more: Any) -> Facts:
    """What is known of a touchpoint: heard today, good, at its target, unmoved, unless told otherwise."""
    usual: dict[str, Any] = {
        "answers": 50,
        "last_heard": TODAY,
        "target": 70,
        "moment_of_truth": False,
        "change": STILL,
    }
    return Facts(name=name, number=number, band=band(number), **(usual | more))


def unheard(name: str = "Poster", **more: Any) -> Facts:
    """A touchpoint about which nobody ever said anything."""
    return known(name, None, **({"answers": 0, "last_heard": None, "change": FEW} | more))
