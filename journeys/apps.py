from django.apps import AppConfig


class JourneysConfig(AppConfig):
    """The app journeys."""

    name = "journeys"
