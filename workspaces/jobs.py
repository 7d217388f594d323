"""Waking workers, and long work with progress."""

from typing import Any

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)


def ring(task: str, *args: Any) -> None:
    """After commit, wake a worker for a task by its name. A dead broker is logged, and the sweep finds the work."""

    def send() -> None:
        try:
            current_app.send_task(task, args=args)
        except (OperationalError, OSError) as error:
            log.warning("doorbell_unheard", task=task, error=type(error).__name__)

    transaction.on_commit(send, robust=True)
