from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """The app feedback."""

    name = "feedback"
