"""The templates that people start journeys from: what is known of a trade before anybody has been asked."""

from journeys.patterns.read import KEYS, Pattern, pattern, patterns

__all__ = ["KEYS", "Pattern", "pattern", "patterns"]
