"""Facts about the people journeys are drawn for."""

from personas.models.persona import LISTS, Persona, PersonaEvidence, entries

__all__ = ["LISTS", "Persona", "PersonaEvidence", "entries"]
