"""Why a change of a map is not made, beside `workspaces.errors`: what never was possible, and what no longer is."""

from django.utils.translation import gettext as _

from workspaces.errors import Refused
from workspaces.models import Actor


class MovedOn(Refused):
    """Somebody else changed the map first, so that what the person saw is no longer so. Worth another look, and try."""

    status = 409


def changed_since(who: Actor | None, name: object) -> MovedOn:
    """The refusal of a change of what `who` has changed since the person saw it; None where that is no longer known."""
    told = {"who": who or _("Somebody"), "name": name}
    return MovedOn(_("%(who)s has changed “%(name)s” since, so it stays as it is.") % told)
