"""Scores over REST: over time, explained, how they have changed, and by which rule they are made."""
