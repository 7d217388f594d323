from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    """The app workspaces."""

    name = "workspaces"
