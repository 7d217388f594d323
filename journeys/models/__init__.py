"""Facts about journeys."""

from journeys.models.change import Change, Part, Source, Verb, parts_of
from journeys.models.journey import Category, Journey, JourneyPersona, Phase, Placement, Standing
from journeys.models.lane import MOST_OWN, OWN, HowWell, Lane, LaneCell, LaneKind, MetNeed, usual_lanes
from journeys.models.share import ShareLink

__all__ = [
    "MOST_OWN",
    "OWN",
    "Category",
    "Change",
    "HowWell",
    "Journey",
    "JourneyPersona",
    "Lane",
    "LaneCell",
    "LaneKind",
    "MetNeed",
    "Part",
    "Phase",
    "Placement",
    "ShareLink",
    "Source",
    "Standing",
    "Verb",
    "parts_of",
    "usual_lanes",
]
