from django.apps import AppConfig


class ScorecardsConfig(AppConfig):
    """The app scorecards: it reads what the rooms below know, and owns no facts."""

    name = "scorecards"
