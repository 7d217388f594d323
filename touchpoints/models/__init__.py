"""Facts about touchpoints and their health."""

from touchpoints.models.health import (
    DailyCell,
    HealthDay,
    HealthScore,
    Metric,
    Observation,
    StuckSubject,
    Window,
    WindowSum,
)
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
    "Channel",
    "Contact",
    "DailyCell",
    "Device",
    "Directness",
    "HealthDay",
    "HealthScore",
    "Metric",
    "Observation",
    "PhaseKind",
    "StuckSubject",
    "Subject",
    "SubjectKind",
    "Touchpoint",
    "Window",
    "WindowSum",
]
