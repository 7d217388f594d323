"""Why a change of a map is not made, beside `workspaces.errors`: what never was possible, and what no longer is."""

from workspaces.errors import Refused


class MovedOn(Refused):
    """Somebody else changed the map first, so that what the person saw is no longer so. Worth another look, and try."""

    status = 409
