"""Touchpoints, channels and what is said about them, over REST."""
