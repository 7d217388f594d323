"""Facts about journeys."""

from journeys.models.change import Change, Source, Verb
from journeys.models.journey import Category, Journey, JourneyPersona, Phase, Placement, Standing

__all__ = ["Category", "Change", "Journey", "JourneyPersona", "Phase", "Placement", "Source", "Standing", "Verb"]
