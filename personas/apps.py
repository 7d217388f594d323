from django.apps import AppConfig


class PersonasConfig(AppConfig):
    """The app personas."""

    name = "personas"
