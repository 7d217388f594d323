"""Whether measures worked: told anew each night since customers meet them, until somebody closes the review."""

import time
import zoneinfo
from collections.abc import Collection, Sequence
from dataclasses import asdict
from math import inf
from typing import Any

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.models import Measure, Missing, Review, Verdict
from measures.reviewing import Finding, apart_before, find, needed_answers
from measures.watched import DAY, MOST_DAYS, Span, least_span, span_of, touched_between, untouched, watch
from touchpoints.actions.grounds import newest_model
from touchpoints.health.changes import Difference
from touchpoints.models import Touchpoint
from workspaces import clock
from workspaces.access import locked
from workspaces.actions import record
from workspaces.errors import Refused
from workspaces.live import announce
from workspaces.models import Actor, Workspace
from workspaces.transactions import retried

log = structlog.get_logger(__name__)

STILL_TOLD = Q(closed_at=None, measure__archived_at=None, until__lt=F("live_on") + (MOST_DAYS - 1) * DAY)
LACKING = {
    Missing.WEEKS: gettext_lazy("A review needs eight weeks of answers since “%(name)s” is live."),
    Missing.ANSWERS: gettext_lazy("A review needs 30 answers before and 30 since “%(name)s” is live."),
    Missing.CONTROLS: gettext_lazy("A review of “%(name)s” needs an untouched touchpoint to compare with."),
}


def begin_review(measure: Measure) -> Review:
    """Watch from now on what a measure does that went live, in the caller's transaction; an open review begins anew."""
    end_review(measure)
    today = clock.today(measure.workspace.zone)
    assert measure.live_on is not None  # as the database has it of what is live
    review = Review(
        workspace=measure.workspace,
        measure=measure,
        live_on=measure.live_on,
        until=today - DAY,
        computed_at=clock.now(),
    )
    review.verdict, review.missing = Verdict.TOO_EARLY, Missing.WEEKS
    review.save()
    _tell(review)
    return review


def refresh_review(measure: Measure) -> None:
    """Tell an open review anew, in the caller's transaction, where other touchpoints, personas or days are meant."""
    for review in Review.objects.select_for_update().filter(measure=measure, closed_at=None):
        if review.live_on == measure.live_on:
            _tell(review)
        else:
            begin_review(measure)


def end_review(measure: Measure) -> None:
    """Watch it no more, as what is not live any longer. What was closed stays."""
    Review.objects.filter(measure=measure, closed_at=None).delete()


def close_review(measure: Measure) -> Review:
    """Give the verdict, in the caller's transaction: from now on the review stays as it is.

    Raises Refused while it is too early, and says why.
    """
    review = Review.objects.select_for_update().filter(measure=measure, closed_at=None).first()
    review = review or begin_review(measure)
    _tell(review)
    if review.verdict == Verdict.TOO_EARLY:
        raise Refused(LACKING[Missing(review.missing)] % {"name": measure})
    review.closed_at = clock.now()
    review.save(update_fields=["closed_at"])
    return review


@retried
def choose_controls(review: Review, *, touchpoints: Collection[Touchpoint], by: Actor) -> Review:
    """Compare with these touchpoints from now on, instead of those that were chosen.

    Raises Refused for a closed review, for none, and for one at which the measure itself is felt.
    """
    now = locked(review)
    if now.is_closed:
        raise Refused(_("This review is closed. It stays as it is."))
    if not touchpoints:
        raise Refused(_("Choose at least one touchpoint to compare with."))
    if set(now.measure.touchpoints.values_list("pk", flat=True)) & {one.pk for one in touchpoints}:
        raise Refused(_("A measure cannot be compared with a touchpoint of its own."))
    now.chosen_by_hand = True
    now.controls.set(touchpoints, through_defaults={"workspace": now.workspace})
    _tell(now)
    record(now.workspace, "review.choose", now.measure, by=by)
    announce(now.workspace_id, measure=now.measure_id)
    return now


def review_measures(*, within: float = inf) -> int:
    """Tell every open review anew whose workspace has begun a new day, and return how many. Many workers may.

    After half a year there is nothing more to tell until it is closed. What is not begun after `within` seconds is left
    for the next call.
    """
    until, told = time.monotonic() + within, 0
    for name in Workspace.objects.order_by("time_zone").values_list("time_zone", flat=True).distinct():
        yesterday = clock.today(zoneinfo.ZoneInfo(name)) - DAY
        behind = Review.objects.filter(STILL_TOLD, workspace__time_zone=name, until__lt=yesterday)
        for number in behind.order_by("pk").values_list("pk", flat=True):
            if time.monotonic() < until:
                told += _alone(behind.filter(pk=number), number)
    return told


def _alone(review: QuerySet[Review], number: int) -> int:
    """Tell it anew: 1 if that was done. One that fails is left for the next call, and holds up no other."""
    try:
        return _review(review)
    except SoftTimeLimitExceeded:
        raise
    except Exception:
        log.exception("review_failed", review=number)
        return 0


@retried
def _review(reviews: QuerySet[Review]) -> int:
    found = list(
        reviews.select_related("measure", "workspace").select_for_update(no_key=True, skip_locked=True, of=("self",))
    )
    for review in found:
        _tell(review)
    return len(found)


def _tell(review: Review) -> None:
    """Reckon a review as of today, and store what is found."""
    measure, workspace = review.measure, review.workspace
    span = span_of(review.live_on, clock.today(workspace.zone))
    touchpoints = list(measure.touchpoints.all())
    personas = list(measure.personas.values_list("pk", flat=True))
    controls = _controls(review, touchpoints, personas)
    model = newest_model(workspace.pk)
    both = [*touchpoints, *controls]
    beside = [row for row in touched_between(workspace, span, both) if row.measure_id != measure.pk]
    busy, own = {row.touchpoint_id for row in beside}, {one.pk for one in touchpoints}
    seen = watch(both, span, personas)
    ours = [seen[one.pk] for one in touchpoints]
    theirs = [seen[one.pk] for one in controls if one.pk not in busy]
    expected = None if measure.points is None else float(measure.points)
    found = find([one.whole for one in ours], [one.whole for one in theirs], model, days=span.days, expected=expected)
    already = apart_before([one.halves for one in ours], [one.halves for one in theirs], model)
    overlaps = {row.measure_id: row.measure for row in beside if row.touchpoint_id in own}
    review.until, review.expected, review.computed_at = span.last, expected, clock.now()
    _write(review, found)
    review.workings = _workings(span, found, already, list(overlaps.values()), controls)
    review.workings["needed"] = _needed(found, expected)
    review.save()


def _controls(review: Review, touchpoints: Collection[Touchpoint], personas: Collection[int]) -> list[Touchpoint]:
    """Those it is compared with, which are chosen once, as soon as there are any."""
    chosen = list(review.controls.order_by("pk"))
    if chosen or review.chosen_by_hand:
        return [one for one in chosen if one not in touchpoints]
    found = untouched(review.measure, least_span(review.live_on), touchpoints, personas)
    review.controls.set(found, through_defaults={"workspace": review.workspace})
    return list(review.controls.order_by("pk"))


def _write(review: Review, found: Finding) -> None:
    review.verdict, review.missing = found.verdict.value, found.lacks.value if found.lacks else ""
    review.before, review.asked_before = found.before, found.asked
    review.effect, review.low, review.high = found.effect.delta, found.effect.low, found.effect.high
    review.answers_before, review.answers_since = found.effect.before, found.effect.after


def _workings(
    span: Span,
    found: Finding,
    already: Difference | None,
    overlaps: Sequence[Measure],
    controls: Sequence[Touchpoint],
) -> dict[str, Any]:
    """What the page shows of how it came about, in words of JSON."""
    return {
        "days": span.days,
        "components": [asdict(one) | {"effect": one.effect} for one in found.components],
        "apart_before": {name: getattr(already, name) for name in ("delta", "low", "high", "p")} if already else None,
        "overlaps": [{"id": one.pk, "title": one.title} for one in overlaps],
        "controls": [{"id": one.pk, "name": one.name, "compared": one.pk in found.controls} for one in controls],
    }


def _needed(found: Finding, expected: float | None) -> int | None:
    """How many answers to the weightiest metric show in nine of ten cases what is expected; None where unknown."""
    if not expected or not found.components:
        return None
    weightiest = max(found.components, key=lambda one: one.share)
    return needed_answers(expected, spread=weightiest.spread, controls=weightiest.controls)
