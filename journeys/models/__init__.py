"""Facts about journeys."""

from journeys.models.change import Change, Part, Source, Verb, parts_of
from journeys.models.journey import Category, Journey, JourneyPersona, Phase, Placement, Standing

__all__ = [
    "Category",
    "Change",
    "Journey",
    "JourneyPersona",
    "Part",
    "Phase",
    "Placement",
    "Source",
    "Standing",
    "Verb",
    "parts_of",
]
