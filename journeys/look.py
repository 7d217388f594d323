"""How somebody looks at a map: which view, which figure on each touchpoint, how close, and for what.

It stands in the address.
"""

import datetime
from typing import NamedTuple

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from journeys.wanted import Wanted
from workspaces.models import EARLIEST, LATEST


class View(TextChoices):
    """The three ways to see a journey."""

    OVERVIEW = "overview", _("Overview")
    TIMELINE = "timeline", _("Timeline")
    TABLE = "table", _("Table")


class Lens(TextChoices):
    """What each touchpoint shows of itself."""

    HEALTH = "health", _("Health")
    GAP = "gap", _("Gap")
    EFFORT = "effort", _("Effort")
    EVIDENCE = "evidence", _("Evidence")


class Density(TextChoices):
    """How much room a touchpoint takes."""

    COMFORTABLE = "comfortable"
    COMPACT = "compact"
    TILE = "tile"


ZOOMS = (24, 72, 100, 125, 150)  # percent
EACH = {Density.COMFORTABLE: 5, Density.COMPACT: 12, Density.TILE: 120}  # touchpoints to a column
COMPACT_FROM, TILE_FROM = 40, 120  # touchpoints
WINDOW = 60  # touchpoints that the Timeline draws at once


class Look(NamedTuple):
    """One way of looking. `zoom` in percent, None: what fits the number of touchpoints.

    `start`: the station with which the Timeline's window of a long map begins. `on`: the map as it stood when that day
    ended, None: as it stands.
    """

    view: View = View.OVERVIEW
    lens: Lens = Lens.HEALTH
    zoom: int | None = None
    start: int = 1
    on: datetime.date | None = None
    wanted: Wanted = Wanted()

    @classmethod
    def asked(cls, address: QueryDict) -> "Look":
        """The look that an address asks for; what it does not say, or says wrongly, is the usual."""
        view, lens, zoom, start = (address.get(name, "") for name in ("view", "lens", "zoom", "start"))
        return cls(
            View(view) if view in View.values else View.OVERVIEW,
            Lens(lens) if lens in Lens.values else Lens.HEALTH,
            int(zoom) if zoom in map(str, ZOOMS) else None,
            _window(start),
            _day(address.get("on", "")),
            Wanted.asked(address),
        )

    def level(self, touchpoints: int) -> int:
        """The zoom in percent at which so many touchpoints are seen."""
        if self.zoom:
            return self.zoom
        return 24 if touchpoints >= TILE_FROM else 72 if touchpoints >= COMPACT_FROM else 100

    def density(self, touchpoints: int) -> Density:
        """How much of each of so many touchpoints is shown."""
        level = self.level(touchpoints)
        return Density.TILE if level < 50 else Density.COMPACT if level < 100 else Density.COMFORTABLE

    @property
    def query(self) -> str:
        """This look as the end of an address, empty for the usual one."""
        return f"?{urlencode(said)}" if (said := [*self.manner, *self.wanted.said]) else "?"

    @property
    def manner(self) -> list[tuple[str, str]]:
        """How it is looked at, as the names and values of an address, without what is wanted."""
        pairs = zip(self._fields, self, Look(), strict=True)
        return [(name, str(value)) for name, value, usual in pairs if value != usual and name != "wanted"]

    @property
    def now(self) -> "Look":
        """The same at the map as it stands."""
        return self._replace(on=None)

    def closer(self, touchpoints: int, steps: int) -> "Look":
        """The look so many zooms closer (or, below 0, further away)."""
        place = ZOOMS.index(self.level(touchpoints)) + steps
        return self._replace(zoom=ZOOMS[max(0, min(place, len(ZOOMS) - 1))])


def _window(start: str) -> int:
    """The first station of the window in which a station lies."""
    number = int(start) if _is_number(start) else 1
    return max(0, number - 1) // WINDOW * WINDOW + 1


def _day(text: str) -> datetime.date | None:
    """A day as YYYY-MM-DD, or as a slider counts days: from the first of year 1, which is 1."""
    try:
        day = datetime.date.fromordinal(int(text)) if _is_number(text) else datetime.date.fromisoformat(text)
    except (ValueError, OverflowError):
        return None
    return day if EARLIEST <= day <= LATEST else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 8
