"""Explanations and figures as plain values, in the shapes that the interface describes."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from scorecards.explaining import Explanation, PartExplained, Series
from scorecards.over_time import Comparison, Moment
from touchpoints.health.bands import interval, standing
from touchpoints.health.combine import Part
from touchpoints.health.figures import FEWEST_SHOWN, Figure, PeriodFigures
from touchpoints.models import HealthDay


def on_scale(figures: PeriodFigures) -> dict[str, Any]:
    """What was answered on one scale; with fewer than five answers only how many."""
    return {
        "metric": figures.scale.metric,
        "scale": figures.scale.code,
        "answers": sum(figures.counts),
        "headline": _figure(figures.headline),
        "top": _figure(figures.top),
    }


def _figure(figure: Figure | None) -> dict[str, float | None] | None:
    if figure is None or not figure.shown:
        return None
    return {"value": figure.value, "low": figure.low, "high": figure.high}


def told(
    explained: Explanation, compared: Comparison | None, moments: Sequence[Moment], finding: Sequence[str]
) -> dict[str, Any]:
    """All of it. Where no number is shown, none of the score's is told. `finding`: its sentences."""
    health, known = explained.health, explained.number is not None
    low, high = interval(health.score, health.sd) if health and known else (None, None)
    return {
        "touchpoint": explained.touchpoint.pk,
        "name": explained.touchpoint.name,
        "persona": explained.persona.pk if explained.persona else None,
        "as_of": explained.day,
        "is_now": explained.is_now,
        "finding": " ".join(finding) or None,
        "score": explained.number,
        "exact": health.score if health and known else None,
        "sd": health.sd if health and known else None,
        "low": low,
        "high": high,
        "band": explained.band,
        "state": explained.evidence,
        "chance_critical": explained.chance if known else None,
        "answers": explained.answers,
        "observations": health.observations if health else 0,
        "evidence": health.evidence if health else 0.0,
        "last_heard": explained.last_heard,
        "norm": explained.norm if known else None,
        "model": _model(explained),
        "prior": _prior(explained),
        "parts": [_part(one, known=known) for one in explained.parts],
        "change": _change(compared) if compared else None,
        "history": [_moment(one) for one in moments],
    }


def _model(explained: Explanation) -> dict[str, Any] | None:
    if explained.base is None:
        return None
    model, rule = explained.base.model, explained.rule
    return {
        "version": model.version,
        "number": explained.base.grounds.rule,
        "since": rule.created_at if rule else None,
        "by": str(rule.by) if rule and rule.by else None,
        "weights": {component.value: weight for component, weight in model.weights.items()},
        "correlation": model.correlation,
        "ratings_count": model.ratings_count,
        "decay": model.decay,
        "complaints": {"good": model.complaints.good, "limit": model.complaints.limit},
        "drop_off": {"good": model.drop_off.good, "limit": model.drop_off.limit},
    }


def _prior(explained: Explanation) -> dict[str, Any] | None:
    if explained.base is None:
        return None
    grounds, fit = explained.base.grounds, explained.fit
    return {
        "version": grounds.prior_version,
        "day": fit.day if fit else None,
        "phase": grounds.peer_group or None,
    }


def _part(one: PartExplained, *, known: bool) -> dict[str, Any]:
    part, learned, enough = one.part, one.learned, one.part.answers >= FEWEST_SHOWN
    return {
        "component": part.component,
        "answers": part.answers,
        "n_eff": part.n_eff,
        "raw": part.raw if enough else None,
        "usual": {
            "of": part.prior_source,
            "mean": part.prior_mean,
            "mass": part.prior_mass,
            "peers": learned.peers if learned else None,
            "within": learned.within if learned else None,
            "between": learned.between if learned else None,
        },
        "credibility": part.credibility,
        **{name: getattr(part, name) if known else None for name in ("score", "sd", "low", "high", "contribution")},
        "weight": part.weight,
        "share": part.share,
        "over": part.share * (part.score - part.prior_mean) if known else None,
        "rate": _rate(part, enough=enough),
        "scales": [_series(series) for series in one.series],
    }


def _rate(part: Part, *, enough: bool) -> dict[str, Any] | None:
    if part.rate is None:
        return None
    return asdict(part.rate) | ({} if enough else {"observed": None, "expected": None})


def _series(one: Series) -> dict[str, Any]:
    return {
        "metric": one.scale.metric,
        "scale": one.scale.code,
        "table": one.table,
        "values": list(one.scale.values),
        "worth": [float(worth) for worth in one.scale.utilities] if one.prior else None,
        "sums": one.counts,
        "squares": one.tally.squares / one.unit**2,
        "answers": one.tally.answers,
        "usual_shares": list(one.prior.shares) if one.prior else None,
    }


def _change(compared: Comparison) -> dict[str, Any]:
    change = compared.change
    return {
        "since": compared.since,
        "before": compared.before,
        "after": compared.after,
        "shifts": [asdict(shift) for shift in compared.shifts],
        "real": {
            "verdict": change.verdict,
            "days": compared.length,
            **{name: getattr(change, name) for name in ("delta", "low", "high", "p", "before", "after")},
        },
    }


def _moment(one: Moment) -> dict[str, Any]:
    known = one.now is not None
    return {
        "day": one.day,
        "known_then": _then(one.close) if one.close else None,
        "restated": one.now,
        "low": one.low if known else None,
        "high": one.high if known else None,
        "observations": one.observations,
        "reasons": list(one.reasons),
    }


def _then(close: HealthDay) -> dict[str, Any]:
    shown = standing(close.score, close.sd, close.observations, known=close.known)
    is_known = shown.number is not None
    return {
        "exact": close.score if is_known else None,
        "sd": close.sd if is_known else None,
        "state": shown.evidence,
        "answers": close.answers,
        "observations": close.observations,
        "evidence": close.evidence,
        "model": close.model_version,
        "usual": close.prior_version,
    }
