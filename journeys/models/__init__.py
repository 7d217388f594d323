"""Facts about journeys."""

from journeys.models.change import Change, Verb
from journeys.models.journey import Category, Journey, JourneyPersona, Phase, Placement, Standing

__all__ = ["Category", "Change", "Journey", "JourneyPersona", "Phase", "Placement", "Standing", "Verb"]
