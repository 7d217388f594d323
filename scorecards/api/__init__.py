"""Scores over REST: over time, how they have changed, and by which rule they are made."""
