"""Journeys and their maps over REST."""
