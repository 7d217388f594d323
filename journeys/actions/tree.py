"""What the database refuses of the tree of journeys, in words."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workspaces.errors import Refused

WHY: dict[str, Promise] = {
    "journey_one_parent": _("A journey is opened by a touchpoint or by a phase, not by both."),
    "journey_parent_placement_once": _("Another journey tells this touchpoint in more detail already."),
    "journey_parent_phase_once": _("Another journey tells this phase in more detail already."),
    "journey_parent_no_circle": _("This journey would lead back to itself: it is above that one already."),
    "journey_parent_depth": _("At most five journeys may lie one below the other."),
}


@contextmanager
def keeping_the_tree() -> Iterator[None]:
    """Raise `Refused` where the database finds no tree any more; what was written inside is undone then."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        why = WHY.get(getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or "")
        if why is None:
            raise
        raise Refused(str(why)) from error
