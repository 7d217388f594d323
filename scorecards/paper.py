"""A touchpoint's scorecard on paper: plain data for `templates/paper/touchpoint.typ`, in the reader's words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.models import Response
from journeys.paper import Printed, Told, document
from personas.models import Persona
from scorecards.about import Stand
from scorecards.answered import Distribution
from scorecards.months import Drawing, Month
from scorecards.scorecard import Card, Reading
from scorecards.templatetags.charts import answer_word, as_percent, headline, months_words, scale_word, top_word
from scorecards.templatetags.figures import answer_band
from touchpoints.borders import borders_of
from touchpoints.health.bands import Borders
from touchpoints.health.changes import Change
from touchpoints.health.figures import ASKED, PeriodFigures
from touchpoints.health.metrics import Metric
from touchpoints.models import Touchpoint
from touchpoints.periods import Period
from touchpoints.templatetags.changes import verdict_word
from workspaces.templatetags.look import band_word, decimals, evidence_word, moved, percent, signed

QUOTES, LONGEST_QUOTE = 4, 220  # how many, and characters of each: all stay on one sheet


def touchpoint_on_paper(shown: Mapping[str, Any], printed: Printed) -> Told:
    """What the sheet says of a touchpoint, of which the page shows that."""
    touchpoint: Touchpoint = shown["touchpoint"]
    period: Period = shown["period"]
    card: Card = shown["card"]
    figures = [one for metric in ASKED for one in card.figures.get(metric, ())]
    before = {one.scale: one for metric in ASKED for one in card.before.get(metric, ())}
    return {
        **document(touchpoint.workspace, touchpoint.name, printed),
        **_standing(touchpoint, shown["told"].stands, shown["persona"]),
        "finding": " ".join(shown["finding"]),
        "health": health(card),
        "notes": [*_notes(card)],
        "change": f"{change_words(card.change, 1)} {_against(period)}".strip(),
        "bullet": bullet(card, touchpoint.target, borders_of(touchpoint.workspace)),
        "period": f"{date_format(period.first, 'SHORT_DATE_FORMAT')} – {date_format(period.last, 'SHORT_DATE_FORMAT')}",
        "kpis": [_kpi(one, before.get(one.scale), card.figure_changes.get(one.scale.key)) for one in figures],
        "trend": _trend(shown["drawing"], shown["months"], touchpoint.target),
        "distributions": [_distribution(one) for one in shown["distributions"] if one.bars],
        "quotes": [_quote(one) for one in shown["said"][:QUOTES]],
        "words": _words(),
    }


def _words() -> dict[str, str]:
    return {
        "target": _("target"),
        "trend": _("Health by month"),
        "range": _("shaded: 95% range"),
        "answers": _("What was answered"),
        "quotes": _("What customers say"),
        "none": _("No answers in this period."),
        "silent": _("No comment in this period."),
    }


def _standing(touchpoint: Touchpoint, stands: Sequence[Stand], persona: Persona | None) -> Told:
    """Where it stands, by which channel, whose it is, of whom this speaks, and whether it is a moment of truth."""
    facts = [f"{stand.journey}, {stand.phase}" for stand in stands]
    facts += [str(fact) for fact in (touchpoint.channel, touchpoint.owner, persona) if fact]
    return {"facts": " · ".join(facts), "truth": any(stand.moment_of_truth for stand in stands)}


def health(reading: Reading) -> Told:
    """A number with its band, or that nothing is known."""
    band = reading.band or "unknown"
    return {
        "number": "" if reading.number is None else str(reading.number),
        "band": band,
        "word": str(band_word(band)),
    }


def _notes(card: Card) -> Iterator[str]:
    if card.low is not None:
        yield _("%(low)s to %(high)s at 95%%") % {"low": card.low, "high": card.high}
    yield answers_of(card)
    yield str(evidence_word(card.evidence))
    if card.last_heard:
        yield _("heard until %(day)s") % {"day": date_format(card.last_heard, "SHORT_DATE_FORMAT")}


def answers_of(reading: Reading) -> str:
    """How many answers it rests on."""
    told = ngettext("%(answers)s answer", "%(answers)s answers", reading.answers)
    return told % {"answers": number_format(reading.answers, force_grouping=True)}


def bullet(reading: Reading, target: int, borders: Borders) -> Told | None:
    """A health between 0 and 100 with its interval, its target and where bands begin; None where none is shown."""
    if reading.number is None:
        return None
    return {
        "score": reading.number,
        "band": reading.band,
        "low": reading.low,
        "high": reading.high,
        "target": target,
        "borders": [borders.weak, borders.good, borders.strong],
    }


def change_words(change: Change | None, places: int) -> str:
    """A change in the words of the screen; empty where nothing was heard in either period."""
    if change is None or not change.before + change.after:
        return ""
    moved_by = "" if change.delta is None else f"{moved(change.delta, places)} "
    return f"{moved_by}{verdict_word(change)}"


def _against(period: Period) -> str:
    return _("against the %(days)s days before") % {"days": period.days}


def _kpi(one: PeriodFigures, before: PeriodFigures | None, change: Change | None) -> Told:
    assert one.headline  # of what is only counted, none is asked for
    is_nps = one.scale.metric == Metric.NPS
    notes = [f"n = {number_format(one.headline.n, force_grouping=True)}"]
    if not one.headline.shown:
        return {"label": scale_word(one.scale), "figure": "–", "notes": [_("fewer than 5 answers"), *notes]}
    low, high = (one.headline.low or 0, one.headline.high or 0)
    write = signed if is_nps else decimals
    notes.insert(0, _("%(low)s to %(high)s") % {"low": write(low, 1), "high": write(high, 1)})
    if one.top and one.top.value is not None:
        notes.append(f"{percent(one.top.value)} {top_word(one.scale)}")
    if before and before.headline and before.headline.shown:
        notes.append(_("was %(was)s") % {"was": headline(before.headline, one.scale)})
    notes.append(change_words(change, 1 if is_nps else 2))
    return {"label": scale_word(one.scale), "figure": headline(one.headline, one.scale), "notes": notes}


def _trend(drawing: Drawing | None, months: Sequence[Month], target: int) -> Told | None:
    words = months_words(months, target)
    if drawing is None or not words:
        return None
    return {
        "told": words,
        "area": drawing.area,
        "runs": [[dot._asdict() for dot in run] for run in drawing.runs],
        "ticks": [{"tick": tick, "y": height} for tick, height in drawing.ticks],
        "target": drawing.target,
        "first": date_format(months[0].day, "YEAR_MONTH_FORMAT"),
        "last": date_format(months[-1].day, "YEAR_MONTH_FORMAT"),
    }


def _distribution(one: Distribution) -> Told:
    return {
        "label": scale_word(one.scale),
        "n": f"n = {number_format(one.n, force_grouping=True)}",
        "bars": [
            {"value": answer_word(bar, one.scale), "share": float(bar.share) / 100, "told": as_percent(bar.share)}
            for bar in one.bars
        ],
    }


def _quote(said: Response) -> Told:
    facts = [str(said.get_metric_display()), str(said.submission.persona or "")]
    facts.append(date_format(said.submission.day, "SHORT_DATE_FORMAT"))
    return {
        "value": "" if said.value is None else str(said.value),
        "band": answer_band(said, said.workspace) or "unknown",
        "text": Truncator(said.text).chars(LONGEST_QUOTE),
        "about": " · ".join(fact for fact in facts if fact),
    }
