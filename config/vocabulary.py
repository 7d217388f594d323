"""What the description of the REST interface calls lists of words that several fields share."""

CHOICES = {
    "PhaseKind": "touchpoints.models.PhaseKind",
    "Metric": "touchpoints.models.Metric",
    "CountedMetric": "touchpoints.models.health.METRICS",
    "DriverMetric": ["nps", "csat", "ces"],
    "InsightKind": "feedback.models.InsightKind",
    "Recovery": "feedback.models.Recovery",
    "SubjectKind": "touchpoints.models.SubjectKind",
    "MapVerb": "journeys.models.Verb",
    "LaneKind": "journeys.models.LaneKind",
    "JobState": "workspaces.models.JobState",
    "MeasureStatus": "measures.models.Status",
    "HealthState": ["measured", "indicative", "assumption", "unknown"],
    "RollUpState": ["known", "unknown"],
    "Cause": "measures.models.Cause",
    "MeasureKind": "measures.models.MeasureKind",
    "VerdictEnum": ["up", "down", "within noise", "too few answers"],
    "GateVerdict": ["below", "within range", "too few answers", "unknown", "met"],
    "NoteKind": "personas.models.NoteKind",
    "NoteEvidence": "personas.models.Evidence",
    "ReviewVerdict": "measures.models.Verdict",
}
