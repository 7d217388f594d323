"""What can go wrong with an action, told to whoever asked for it."""

from django.db.models import Model


class Stale(Exception):
    """Somebody changed the row since the asker saw it. `current` is the row as it is now."""

    def __init__(self, current: Model) -> None:
        super().__init__(f"{current._meta.label} {current.pk} was changed meanwhile")
        self.current = current


class Refused(Exception):
    """A rule of the workspace forbids it. The message is translated and meant for people; `status` is HTTP's."""

    status = 422
