"""What operators and their machines ask: is the process alive, can it work, how much is waiting."""

import datetime
from collections.abc import Iterator

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily

from touchpoints.models import HealthScore, Observation, StuckSubject
from workspaces.actions import outbox
from workspaces.live import broker
from workspaces.models import Job, JobState


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when pages work, else 503. A broker that is down is said but is no reason to turn people away."""
    database = database_answers()
    waiting, age = pending() if database else (None, None)
    state = {
        "database": database,
        "broker": broker_answers(),
        "pending_observations": waiting,
        "oldest_pending_seconds": age,
        "stuck_subjects": StuckSubject.objects.count() if database else None,
        "mail": outbox()._asdict() if database else None,
    }
    return JsonResponse(state, status=200 if database else 503)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus: counted in the database at the moment of asking, so any process may answer.

    Open to the machine itself; to others with METRICS_TOKEN as bearer.
    """
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
    local = request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"} and "X-Forwarded-For" not in request.headers
    if not local and not (settings.METRICS_TOKEN and constant_time_compare(bearer, settings.METRICS_TOKEN)):
        raise Http404
    registry = CollectorRegistry()
    registry.register(House())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class House:
    """What Etappe says about itself."""

    def collect(self) -> Iterator[Metric]:
        """The gauges."""
        waiting, age = pending()
        yield GaugeMetricFamily("etappe_pending_observations", "Answers still to be folded", value=waiting)
        yield GaugeMetricFamily("etappe_oldest_pending_seconds", "Age of the oldest of them", value=age)
        stuck = StuckSubject.objects.count()
        yield GaugeMetricFamily("etappe_stuck_subjects", "Touchpoints and the like that cannot be folded", value=stuck)
        yield GaugeMetricFamily("etappe_broker_up", "Whether the broker answers", value=broker_answers())
        jobs = GaugeMetricFamily("etappe_jobs", "Long work by state", labels=["state"])
        counted = dict(Job.objects.values_list("state").annotate(Count("id")))
        for state in JobState.values:
            jobs.add_metric([state], counted.get(state, 0))
        yield jobs
        mail = outbox()
        yield GaugeMetricFamily("etappe_mail_waiting", "Mails still to be sent", value=mail.waiting)
        yield GaugeMetricFamily("etappe_mail_uncertain", "Mails that may have arrived or not", value=mail.uncertain)
        yield GaugeMetricFamily("etappe_mail_given_up", "Mails that no server took", value=mail.given_up)
        known = HealthScore.objects.filter(persona=None, known=True).count()
        yield GaugeMetricFamily("etappe_known_scores", "Touchpoints whose health is known", value=known)


def pending() -> tuple[int, float]:
    """How many observations wait to be folded, and how old the oldest is, in seconds."""
    row = Observation.objects.aggregate(waiting=Count("id"), oldest=Min("created_at"))
    age = timezone.now() - row["oldest"] if row["oldest"] else datetime.timedelta()
    return row["waiting"], age.total_seconds()


def database_answers() -> bool:
    """Whether PostgreSQL does."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def broker_answers() -> bool:
    """Whether Valkey or Redis does."""
    try:
        return bool(broker().ping())
    except redis.RedisError:
        return False
