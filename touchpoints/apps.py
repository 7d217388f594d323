from django.apps import AppConfig


class TouchpointsConfig(AppConfig):
    """The app touchpoints."""

    name = "touchpoints"
