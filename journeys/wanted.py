"""Which touchpoints of a map somebody looks for. It stands in the address, beside how the map is looked at."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.http import QueryDict

from journeys.placed import MapTouchpoint
from touchpoints.health.bands import Band, Evidence

UNKNOWN = "unknown"
BANDS = (*(band.value for band in Band), UNKNOWN)
LONGEST = 100  # characters that are looked for
MOST = 50  # channels, or owners, that are asked for at once


class Wanted(NamedTuple):
    """What a touchpoint must have to be wanted: one of each kind that is asked for. Nothing asked: every one is.

    `owners`: teams as `team-4`, members as `member-7`. `persona`: heard at it, or with a need that it is there for.
    """

    channels: tuple[int, ...] = ()
    owners: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    persona: int | None = None
    truth: bool = False
    text: str = ""

    @classmethod
    def asked(cls, address: QueryDict) -> "Wanted":
        """What an address asks for; what it says wrongly is not asked."""
        channels, persona = address.getlist("channel")[:MOST], address.get("persona", "")
        return cls(
            tuple(sorted({int(one) for one in channels if _is_id(one)})),
            tuple(sorted({one for one in address.getlist("owner")[:MOST] if _is_owner(one)})),
            tuple(band for band in BANDS if band in address.getlist("band")),
            tuple(one.value for one in Evidence if one.value in address.getlist("evidence")),
            int(persona) if _is_id(persona) else None,
            address.get("truth") == "1",
            " ".join(address.get("q", "").split())[:LONGEST],
        )

    @property
    def said(self) -> list[tuple[str, str]]:
        """This as the names and values of an address."""
        several = {"channel": self.channels, "owner": self.owners, "band": self.bands, "evidence": self.evidence}
        said = [(name, str(value)) for name, values in several.items() for value in values]
        one = {"persona": str(self.persona or ""), "truth": "1" if self.truth else "", "q": self.text}
        return said + [(name, value) for name, value in one.items() if value]

    def matches(self, touchpoint: MapTouchpoint, needs: Iterable[int] = ()) -> bool:
        """Whether this is one that is wanted. `needs`: the personas of whom it meets a need."""
        return (
            _among(touchpoint.channel_id, self.channels)
            and _among(owner_key(touchpoint), self.owners)
            and _among(touchpoint.seen.band or UNKNOWN, self.bands)
            and _among(touchpoint.seen.evidence, self.evidence)
            and (touchpoint.moment_of_truth or not self.truth)
            and (self.persona is None or bool(touchpoint.answers) or self.persona in needs)
            and self.text.casefold() in _words(touchpoint).casefold()
        )

    def without(self, name: str, value: str) -> "Wanted":
        """The same, with one thing less that is asked for."""
        rest = QueryDict(mutable=True)
        for pair in self.said:
            if pair != (name, value):
                rest.appendlist(*pair)
        return Wanted.asked(rest)


def owner_key(touchpoint: MapTouchpoint) -> str:
    """How an address names who answers for it."""
    if touchpoint.team:
        return f"team-{touchpoint.team}"
    return f"member-{touchpoint.member}" if touchpoint.member else ""


def _words(touchpoint: MapTouchpoint) -> str:
    return f"{touchpoint.name}\n{touchpoint.customer_action}\n{touchpoint.quote}\n{touchpoint.backstage}"


def _among(value: object, wanted: Collection[object]) -> bool:
    return not wanted or value in wanted


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _is_owner(text: str) -> bool:
    kind, _, number = text.partition("-")
    return kind in {"team", "member"} and _is_id(number)
