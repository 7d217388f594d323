"""Personas over REST."""
