"""The app of opportunities and measures."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """What is done about what customers say, what it costs and brings, and whether it worked."""

    name = "measures"
