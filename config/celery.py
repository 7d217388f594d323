"""The Celery application and its beat schedule. The broker only wakes: what is to be done stands in the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings

app = Celery("etappe")
app.conf.update(
    broker_url=settings.REDIS_URL,
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        "global_keyprefix": f"{settings.BROKER_PREFIX}:",
        "visibility_timeout": 900,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_timeout": 5,
        "socket_connect_timeout": 2,
        # Of those who ring; otherwise each of them would try for six seconds.
        "max_retries": 0,
    },
    # Worker and beat try until it is back, at least every half minute.
    broker_connection_max_retries=None,
    # A dead broker must not hold up a page: one short try, then the sweep finds what was missed.
    task_publish_retry=False,
    result_backend=None,
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_max_tasks_per_child=1000,
    task_soft_time_limit=300,
    task_time_limit=330,
    timezone="UTC",
    beat_schedule={
        "sweep-observations": {"task": "touchpoints.sweep_observations", "schedule": 5.0},
        "close-days": {"task": "touchpoints.close_days", "schedule": 300.0},
        "watch": {"task": "touchpoints.watch", "schedule": 300.0},
        "sweep-complaints": {"task": "feedback.sweep_complaints", "schedule": 60.0},
        "forget-prints": {"task": "scorecards.forget_prints", "schedule": 6 * 3600.0},
        "forget-fillings": {"task": "feedback.forget_fillings", "schedule": 6 * 3600.0},
        "review-measures": {"task": "measures.review", "schedule": 300.0},
        "search-themes": {"task": "feedback.search_themes", "schedule": 300.0},
        "tell-cases": {"task": "feedback.tell_cases", "schedule": 60.0},
        "forget-old": {"task": "feedback.forget_old", "schedule": 600.0},
        "sweep-jobs": {"task": "workspaces.sweep_jobs", "schedule": 15.0},
        "mail-notices": {"task": "workspaces.mail_notices", "schedule": 60.0},
        "deliver": {"task": "workspaces.deliver", "schedule": 5.0},
        "mail-digests": {"task": "scorecards.mail_digests", "schedule": 60.0},
        "sweep-expired": {"task": "workspaces.sweep_expired", "schedule": 3600.0},
        "purge-archived": {"task": "workspaces.purge_archived", "schedule": 6 * 3600.0},
        "purge-attributes": {"task": "feedback.purge_attributes", "schedule": 6 * 3600.0},
    },
)
app.autodiscover_tasks(
    ["scorecards", "journeys", "journeys.sample", "measures", "feedback", "touchpoints", "personas", "workspaces"]
)
