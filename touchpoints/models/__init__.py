"""Facts about touchpoints and their health."""

from touchpoints.models.alarms import Alarm, AlarmKind, AlarmState, Cause, Chart, Watch
from touchpoints.models.events import Event
from touchpoints.models.health import (
    METRICS,
    DailyCell,
    HealthDay,
    HealthScore,
    Metric,
    Observation,
    StuckSubject,
    Usage,
    Window,
    WindowSum,
)
from touchpoints.models.rules import CHOICES, RATES, WEIGHTS, FittedPrior, HealthRule, PriorFit
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
    "CHOICES",
    "METRICS",
    "RATES",
    "WEIGHTS",
    "Alarm",
    "AlarmKind",
    "AlarmState",
    "Cause",
    "Channel",
    "Chart",
    "Contact",
    "DailyCell",
    "Device",
    "Directness",
    "Event",
    "FittedPrior",
    "HealthDay",
    "HealthRule",
    "HealthScore",
    "Metric",
    "Observation",
    "PhaseKind",
    "PriorFit",
    "StuckSubject",
    "Subject",
    "SubjectKind",
    "Touchpoint",
    "Usage",
    "Watch",
    "Window",
    "WindowSum",
]
