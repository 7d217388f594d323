"""The figures of a map as plain values that JSON can say. What is null is not shown on any screen either."""

from typing import Any, Protocol

from journeys.nps import Nps
from journeys.placed import MapTouchpoint
from journeys.rolled import Completion, Pointed, Remembered, RolledUp, Shown
from journeys.tree import Above, Opened
from touchpoints.health.bands import Band, Evidence, interval
from touchpoints.health.changes import Change
from touchpoints.health.figures import Figure

Told = dict[str, Any]


class Known(Protocol):
    """A health as a screen shows it."""

    @property
    def number(self) -> int | None:
        """The whole number, None where none is shown."""

    @property
    def band(self) -> Band | None:
        """Where that lies."""

    @property
    def evidence(self) -> Evidence:
        """On what it rests."""

    @property
    def answers(self) -> int | None:
        """How many there are, None where nobody was ever heard."""


def health_in_full(shown: Known, score: float | None, sd: float | None) -> Told:
    """The health of a touchpoint, of which `score` and `sd` are known. The change is told beside it."""
    low, high = None, None
    if shown.number is not None and score is not None and sd is not None:
        low, high = interval(score, sd)
    return {
        "score": shown.number,
        "exact": score if low is not None else None,
        "sd": sd if low is not None else None,
        "low": low,
        "high": high,
        "answers": shown.answers or 0,
        "state": shown.evidence,
        "band": shown.band,
    }


def feelings_in_full(shown: MapTouchpoint) -> Told:
    """What customers feel there, and what they expected."""
    return {
        "perceived": shown.perceived,
        "source": shown.source or "unknown",
        "expected": shown.expected,
        "gap": shown.gap,
    }


def opened_in_full(opened: Opened | None, *, stands: bool = False) -> Told | None:
    """The journey that a placement or phase opens. `stands`: whether its health stands for the touchpoint's."""
    if opened is None:
        return None
    instead = opened.stands if stands else None
    return {
        "journey": opened.journey,
        "name": opened.name,
        "score": opened.number,
        "band": opened.band,
        "state": opened.evidence,
        "partial": opened.partial,
        "stands_for": instead
        and {
            "score": instead.number,
            "exact": instead.score,
            "band": instead.band,
            "state": instead.evidence,
            "without": instead.without,
        },
    }


def above_in_full(above: Above) -> Told:
    """A journey above, and the placement or phase on it that opens the next one."""
    return {
        "journey": above.journey,
        "name": above.name,
        "placement": above.placement,
        "phase": above.phase,
        "via": above.via,
    }


def rolled_up_in_full(shown: Shown) -> Told:
    """The health of a phase or journey."""
    return {
        "score": shown.number,
        "state": "unknown" if shown.number is None else "known",
        "band": shown.band,
        "coverage": shown.coverage,
        "partial": shown.partial,
        "bands": shown.bands,
        "change": change_in_full(shown.change),
    }


def change_in_full(change: Change | None) -> Told | None:
    """What has become of a health since the period before."""
    if change is None:
        return None
    return {
        "delta": change.delta,
        "low": change.low,
        "high": change.high,
        "p": change.p,
        "n_before": change.before,
        "n": change.after,
        "verdict": change.verdict,
    }


def beside_in_full(rolled: RolledUp) -> Told:
    """What stands beside a journey's health."""
    return {
        "memory": rolled.memory and _remembered(rolled.memory),
        "weakest": rolled.weakest and _pointed(rolled.weakest),
        "completion": _completion(rolled.completion),
    }


def nps_in_full(nps: Nps) -> Told:
    """NPS of the journey as a whole and of the relationship."""
    return {"journey": nps.journey and _figure(nps.journey), "workspace": nps.workspace and _figure(nps.workspace)}


def _remembered(memory: Remembered) -> Told:
    return {"score": memory.number, "band": memory.band, "peak": _pointed(memory.peak), "end": _pointed(memory.end)}


def _completion(completion: Completion) -> Told:
    weakest = completion.weakest
    return {
        "value": completion.value,
        "known_steps": completion.known,
        "steps": completion.steps,
        "weakest_step": weakest and {**_place(weakest), "lost": completion.lost},
    }


def _pointed(at: Pointed) -> Told:
    return {**_place(at), "score": at.number}


def _place(at: Pointed) -> Told:
    return {"placement": at.placement, "touchpoint": at.touchpoint}


def _figure(figure: Figure) -> Told:
    return {"value": figure.value, "low": figure.low, "high": figure.high, "n": figure.n}
