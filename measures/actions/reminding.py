"""Telling members that a review is due."""

from django.db.models import F, Q
from django.urls import reverse

from measures.models import Review, Status
from measures.reviewing import LEAST_DAYS
from measures.watched import DAY
from workspaces import clock
from workspaces.actions.notices import tell
from workspaces.owners import answering_for
from workspaces.transactions import retried

AT_ONCE = 100
ABOUT = ("workspace", "measure__owner_team", "measure__owner_member", "measure__decider")


@retried
def remind_of_reviews() -> int:
    """Tell, once each, who answers for a measure or decides on it that eight weeks are over, and return of how many."""
    over = Q(until__gte=F("live_on") + (LEAST_DAYS - 1) * DAY)
    due = Review.objects.filter(
        over, closed_at=None, told_at=None, measure__status=Status.LIVE, measure__archived_at=None
    )
    due = due.select_related(*ABOUT).order_by("pk")
    reviews = list(due.select_for_update(no_key=True, skip_locked=True, of=("self",))[:AT_ONCE])
    for review in reviews:
        _tell(review)
    Review.objects.filter(pk__in=[review.pk for review in reviews]).update(told_at=clock.now())
    return len(reviews)


def _tell(review: Review) -> None:
    measure = review.measure
    members = answering_for(review.workspace, measure.owner)
    if measure.decider:
        members = [*{*members, measure.decider}]
    told = {
        "measure": measure.pk,
        "title": measure.title,
        "verdict": review.verdict,
        "effect": review.effect,
        "low": review.low,
        "high": review.high,
    }
    page = reverse("measure", args=[review.workspace.slug, measure.pk])
    tell(review.workspace, members, reason="review", key=f"review:{review.pk}", told=told, path=page)
