"""Structured logs: one JSON object a line, with the request's id, and neither secrets nor verbatims in it."""

import re
from typing import Any

import structlog

# What opens something to whoever reads it, and so belongs into no log.
SECRET = re.compile(r"/(s|sign-in|invitation|password/reset/key|in/formbricks|q/[A-Za-z0-9_-]{24})/[^/\s?]+")
# Where nobody may count who did how much: what is entered for customers is no figure about an employee.
UNNAMED = re.compile(r"/answers/counter/")


def without_secrets(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Blot out secret links, who enters what at a counter, and the queries of requests.

    For people search for anything, and links name whom they went to.
    """
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = SECRET.sub(r"/\1/…", value)
    if "request" in event:
        event["request"] = str(event["request"]).partition("?")[0]
        if UNNAMED.search(event["request"]):
            event.pop("user_id", None)
    return event


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    without_secrets,
]


def configure(*, level: str, as_json: bool) -> dict[str, Any]:
    """Set up structlog and return Django's LOGGING. `level` is a name such as INFO."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    renderer = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
                "foreign_pre_chain": SHARED,
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            # Otherwise the regular tasks alone write 20 MB a day.
            "celery": {"level": "WARNING"},
        },
    }
