"""Whoever has a personal link: meets the way that they began, is asked, or is thanked and left in peace."""

import base64
import datetime
import hmac
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.crypto import salted_hmac

from feedback.actions.respondents import erased_of
from feedback.models import Filling, Respondent, Survey
from feedback.models.survey import PERSONAL
from workspaces import clock
from workspaces.access import locked
from workspaces.actions import keeping
from workspaces.models import Actor
from workspaces.transactions import retried


class Peace(TextChoices):
    """Why somebody is not asked."""

    SENT = "sent"  # this survey, not long ago
    LATELY = "lately"  # they sent another one
    ERASED = "erased"  # their data were, and nothing is kept of them any more


class Met(NamedTuple):
    """The filling to which a personal link leads by its key, `begun` or to be begun; or why nothing is asked."""

    key: str
    begun: bool = False
    peace: Peace | None = None


def meet(survey: Survey, reference: str, *, shown: str = "") -> Met:
    """Where the link of this person leads now. It only looks. `shown`: the key that came with the form before.

    Each person is on one way through a survey at a time, and its key follows from whose it is and which they went
    before: so tabs and phones that open the link at the same moment meet the same one, and what one of them sent the
    others have sent, too.
    """
    last = _last(survey, reference)
    if last and (last.submitted_at is None or shown == last.key):
        return Met(last.key, begun=True)
    # What is read after the last filling knows of it, for both were stored together.
    known = Respondent.objects.of(survey.workspace).filter(reference=reference)
    respondent = last.respondent if last else known.first()
    if respondent is None and erased_of(survey.workspace, {reference}):
        return Met("", peace=Peace.ERASED)
    if respondent and _rests(survey, respondent.answered_at):
        # They may have sent this very survey since the last filling was looked for.
        last = last or _last(survey, reference)
        if last and _rests(survey, last.submitted_at):
            return Met(last.key, peace=Peace.SENT)
        return Met("", peace=Peace.LATELY)
    return Met(_key_after(survey, reference, last))


def _last(survey: Survey, reference: str) -> Filling | None:
    here = Filling.objects.of(survey.workspace).filter(survey=survey, respondent__reference=reference)
    last: Filling | None = here.select_related("respondent").order_by("-pk").first()
    return last


@retried
def roll_secret(survey: Survey, *, after: int, by: Actor) -> Survey:
    """Sign links with another secret from now on, so that those made before lead nowhere.

    `after`: the number of the secret that is to go; where another has taken its place already nothing happens.
    """
    now = locked(survey)
    if now.secret_number == after:
        now.secret_number += 1
        keeping.store(now, "roll_secret", by=by)
    return now


def _rests(survey: Survey, since: datetime.datetime | None) -> bool:
    """Whether somebody who answered then is not asked yet."""
    return bool(survey.cooldown and since and since > clock.now() - datetime.timedelta(days=survey.cooldown))


def _key_after(survey: Survey, reference: str, last: Filling | None) -> str:
    """The key of this person's next filling: 138 bits that nobody can tell without the server's secret key."""
    after = last.pk if last else 0
    keyed: hmac.HMAC = salted_hmac("feedback.fillings", f"{survey.pk} {after} {reference}", algorithm="sha256")
    return f"{PERSONAL}{base64.urlsafe_b64encode(keyed.digest()).decode()[:23]}"
