"""The health score as pure arithmetic: no database, no clock, no request. Formulas and sources: SCORING.md."""
