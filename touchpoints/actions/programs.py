"""What programs elsewhere are told of health."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.urls import reverse

from touchpoints.actions.ledger import Ledger
from touchpoints.health.bands import Band, band_of
from touchpoints.models import Alarm, SubjectKind
from workspaces.actions.programs import tell_programs
from workspaces.models import WebhookEvent, Workspace


def tell_of_bands(ledgers: Collection[Ledger]) -> None:
    """Tell of the touchpoints that are shown in another band now. Call it in the transaction that writes the scores.

    Who holds a subject alone writes its score, so no change is told twice. No statement where no band has changed.
    """
    changed: dict[int, list[Ledger]] = defaultdict(list)
    for ledger in ledgers:
        if ledger.touchpoint and ledger.has_news and len(set(_bands(ledger))) > 1:
            changed[ledger.workspace].append(ledger)
    for workspace in Workspace.objects.filter(pk__in=changed) if changed else ():
        facts = [{"touchpoint": _band(workspace, ledger)} for ledger in changed[workspace.pk]]
        tell_programs(workspace, WebhookEvent.BAND, facts)


def tell_of_alarms(alarms: Collection[Alarm]) -> None:
    """Tell that these alarms were raised, each by itself."""
    raised: dict[Workspace, list[Alarm]] = defaultdict(list)
    for alarm in alarms:
        raised[alarm.workspace].append(alarm)
    for workspace, of_workspace in raised.items():
        tell_programs(workspace, WebhookEvent.ALARM, [{"alarm": _alarm(workspace, alarm)} for alarm in of_workspace])


def _bands(ledger: Ledger) -> tuple[Band | None, Band | None]:
    before, now = ledger.shown
    return band_of(before, ledger.borders), band_of(now, ledger.borders)


def _band(workspace: Workspace, ledger: Ledger) -> dict[str, Any]:
    was, became = _bands(ledger)
    return {
        "id": ledger.touchpoint,
        "was": was,
        "became": became,
        "score": ledger.shown[1],
        "score_version": ledger.score(None).version,
        "day": ledger.day.isoformat(),
        "api": settings.SITE_URL + reverse("api-touchpoints-detail", args=[ledger.touchpoint]),
        "page": settings.SITE_URL + reverse("touchpoint", args=[workspace.slug, ledger.touchpoint]),
    }


def _alarm(workspace: Workspace, alarm: Alarm) -> dict[str, Any]:
    subject = alarm.subject
    return {
        "id": alarm.pk,
        "kind": alarm.kind,
        "state": alarm.state,
        "touchpoint": subject.touchpoint.pk if subject.kind == SubjectKind.TOUCHPOINT else None,
        "metric": alarm.metric,
        "cause": alarm.cause,
        "was": alarm.was,
        "became": alarm.became,
        "day": alarm.day.isoformat(),
        "since": alarm.since.isoformat(),
        "api": settings.SITE_URL + reverse("api-alarms-detail", args=[alarm.pk]),
        "page": settings.SITE_URL + reverse("alarm", args=[workspace.slug, alarm.pk]),
    }
