"""News that come faster than anybody can look: of each thing the first at once, then the latest once a second."""

import asyncio
from collections.abc import Callable, Hashable
from typing import Any

PAUSE = 1.0  # seconds between two news of the same thing


class Pace:
    """Passes news on to `tell`, by what they are about. To be used in one event loop."""

    def __init__(self, tell: Callable[[str, dict[str, Any]], None]) -> None:
        self.tell = tell
        self.held: dict[tuple[str, Hashable], dict[str, Any] | None] = {}  # told a moment ago, and what came since

    def take(self, channel: str, thing: Hashable, news: dict[str, Any]) -> None:
        """Tell it on that channel, now or when the pause is over; then the newest replaces what waited."""
        if (channel, thing) in self.held:
            self.held[channel, thing] = news
            return
        self.held[channel, thing] = None
        self.tell(channel, news)
        asyncio.get_running_loop().call_later(PAUSE, self.go_on, channel, thing)

    def go_on(self, channel: str, thing: Hashable) -> None:
        """The pause is over."""
        if news := self.held.pop((channel, thing)):
            self.take(channel, thing, news)
