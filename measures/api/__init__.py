"""Opportunities and measures over REST."""
