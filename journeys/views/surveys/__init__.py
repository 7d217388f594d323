"""Pages on which the team makes surveys and sees what became of them. They name journeys, so they stand here."""
