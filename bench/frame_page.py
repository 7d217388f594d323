"""The map as a page of it stands, read out of its HTML: what stands where, in which version."""

import re
from typing import NamedTuple

PHASE_OR_TOUCHPOINT = re.compile(
    r'<section class="phase" id="phase-(\d+)"|<li class="touchpoint" id="placement-(\d+)"[^>]*? data-version="(\d+)"'
)
REVISION = re.compile(r'data-revision="(\d+)"')
Row = tuple[int, int, int]  # phase, placement, its version; the phase itself, as 0, before its placements


class Seen(NamedTuple):
    """A map as a page shows it."""

    revision: int
    rows: list[Row]

    @property
    def phases(self) -> dict[int, list[int]]:
        """The placements of each phase, in order; one that holds none is there as 0 only."""
        found: dict[int, list[int]] = {}
        for phase, placement, _ in self.rows:
            found.setdefault(phase, []).append(placement)
        return found

    def of(self, phase: int) -> list[Row]:
        """That phase and what stands in it."""
        return [row for row in self.rows if row[0] == phase]


def read(html: str) -> Seen:
    """The map in a page."""
    found = REVISION.search(html)
    return Seen(int(found[1]) if found else 0, rows_of(html))


def rows_of(html: str) -> list[Row]:
    """The phases in a page or an answer, each with what stands in it."""
    rows: list[Row] = []
    phase = 0
    for found in PHASE_OR_TOUCHPOINT.finditer(html):
        if found[1]:
            phase = int(found[1])
            rows.append((phase, 0, 0))
        else:
            rows.append((phase, int(found[2]), int(found[3])))
    return rows
