"""Facts about touchpoints and their health."""

from touchpoints.models.health import (
    METRICS,
    DailyCell,
    HealthDay,
    HealthScore,
    Metric,
    Observation,
    Usage,
    Window,
    WindowSum,
)
from touchpoints.models.rules import FittedPrior, HealthRule, PriorFit
from touchpoints.models.touchpoint import (
    Channel,
    Contact,
    Device,
    Directness,
    PhaseKind,
    Subject,
    SubjectKind,
    Touchpoint,
)

__all__ = [
    "METRICS",
    "Channel",
    "Contact",
    "DailyCell",
    "Device",
    "Directness",
    "FittedPrior",
    "HealthDay",
    "HealthRule",
    "HealthScore",
    "Metric",
    "Observation",
    "PhaseKind",
    "PriorFit",
    "Subject",
    "SubjectKind",
    "Touchpoint",
    "Usage",
    "Window",
    "WindowSum",
]
