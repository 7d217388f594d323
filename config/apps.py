from django.apps import AppConfig


class HouseConfig(AppConfig):
    """The house itself: settings, commands, and the Celery application that actions ring by name."""

    name = "config"
    verbose_name = "Etappe"

    def ready(self) -> None:
        """Make our Celery application the default one in every thread."""
        from config.celery import app

        app.set_default()
