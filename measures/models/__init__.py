"""The facts of improvement: what could be gained, what is done for it, what it costs and brings, and who decided."""

from measures.models.benefit import Benefit, BenefitKind
from measures.models.causes import KIND_OF, Cause, CauseTable
from measures.models.decider import Decider
from measures.models.measure import (
    DECIDED,
    FELT,
    UNDER_WAY,
    Measure,
    MeasureKind,
    MeasurePersona,
    MeasureTouchpoint,
    Status,
    Step,
)
from measures.models.opportunity import Gathered, Opportunity
from measures.models.review import Control, Missing, Review, Verdict

__all__ = [
    "DECIDED",
    "FELT",
    "KIND_OF",
    "UNDER_WAY",
    "Benefit",
    "BenefitKind",
    "Cause",
    "CauseTable",
    "Control",
    "Decider",
    "Gathered",
    "Measure",
    "MeasureKind",
    "MeasurePersona",
    "MeasureTouchpoint",
    "Missing",
    "Opportunity",
    "Review",
    "Status",
    "Step",
    "Verdict",
]
