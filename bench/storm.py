"""Many people drag on one map at once, each as fast as the page can be drawn; every one's page follows the others."""

import contextlib
import json
import random
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable

from playwright.sync_api import Page

from bench.frame import Answer, arguments, figure
from bench.frame_house import House, Line, Stream, browser, house, tab
from bench.frame_map import Editor, address, drawn
from bench.frame_page import Row, Seen, read, rows_of
from journeys.models import Journey, Placement

PATIENCE = 60.0  # seconds after which a page that still differs counts as never equal
SHOWN = """() => [...document.querySelectorAll("#map .phase")].flatMap(phase => [
  [+phase.dataset.phase, 0, 0],
  ...[...phase.querySelectorAll(".touchpoint")].map(
    one => [+phase.dataset.phase, +one.dataset.placement, +one.dataset.version])])"""


def main(words: list[str]) -> None:
    """Figures of `storm`."""
    sizes = arguments(words, clients=20, drops=25, touchpoints=24)
    editor = Editor()
    journey = drawn(editor, sizes.touchpoints)
    before = standing(journey)
    with house() as servers, browser() as chrome:
        page = tab(chrome, servers.site, editor)
        page.goto(address("journey", journey))
        page.wait_for_selector("#map[data-ready]", state="attached")
        tabs = storm(servers, editor, journey, sizes.clients, sizes.drops)
        ended = time.monotonic()
        fresh = read(Line(servers.site, editor).ask(address("journey", journey)).body.decode())
        equal = max([*(one.equals(fresh) for one in tabs), chromium_equals(page, fresh)]) - ended
        for one in tabs:
            one.close()
    tell("storm", tabs, journey, before)
    seconds = sorted(taken for one in tabs for taken in one.seconds)
    figure("storm.p50_ms", statistics.median(seconds) * 1000, "ms")
    figure("storm.p95_ms", seconds[int(len(seconds) * 0.95)] * 1000, "ms")
    figure("storm.tabs_equal_after_s", max(equal, 0.0), "s")
    control(editor, sizes.touchpoints, sizes.clients, sizes.drops)


def control(editor: Editor, touchpoints: int, clients: int, drops: int) -> None:
    """The same with the journey's lock off: what the figures above are when something is wrong."""
    journey = drawn(editor, touchpoints)
    before = standing(journey)
    with house(pages="bench.unlocked") as servers:
        tabs = storm(servers, editor, journey, clients, drops)
        for one in tabs:
            one.close()
    tell("storm.unlocked", tabs, journey, before)


def storm(servers: House, editor: Editor, journey: Journey, clients: int, drops: int) -> "list[Tab]":
    """So many people with a page each, who all drop that often; what became of their pages."""
    tabs = [Tab(servers, Editor(with_=editor), journey, seed) for seed in range(clients)]
    together([one.settle for one in tabs])
    together([lambda one=one: one.drop(drops) for one in tabs])
    return tabs


def tell(name: str, tabs: "list[Tab]", journey: Journey, before: list[int]) -> None:
    """What the drops did to the map, and how they were answered."""
    answers = sum((one.answers for one in tabs), Counter())
    places = Placement.objects.filter(journey=journey, archived_at=None).values_list("phase_id", "position")
    phases: dict[int, list[int]] = {}
    for phase, position in places:
        phases.setdefault(phase, []).append(position)
    gaps = sum(max(positions) + 1 - len(set(positions)) for positions in phases.values())
    figure(f"{name}.lost", len(set(before) - set(standing(journey))) + gaps, "touchpoints")
    figure(f"{name}.duplicates", len(places) - len(set(places)), "places")
    figure(f"{name}.5xx", sum(count for status, count in answers.items() if status >= 500 or status == 0), "answers")
    figure(f"{name}.conflicts", answers[409], f"of {answers.total()} moves")


def together(jobs: list[Callable[[], None]]) -> None:
    """All at once; returns when the last has ended."""
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def standing(journey: Journey) -> list[int]:
    """The placements on the map, however often each is there."""
    return list(Placement.objects.filter(journey=journey, archived_at=None).values_list("pk", flat=True))


SHOW = "document.querySelector('#map-news:not([hidden]) button')?.click()"


def chromium_equals(page: Page, fresh: Seen) -> float:
    """When the real browser showed the same as a fresh load; its person asks for what is held back as too much."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        page.evaluate(SHOW)
        if [tuple(row) for row in page.evaluate(SHOWN)] == fresh.rows:
            return time.monotonic()
        page.wait_for_timeout(100)
    return float("inf")


class Tab:
    """A page of the map: it drops what is dragged, hears of the others and fetches, as static/js/map does."""

    def __init__(self, servers: House, editor: Editor, journey: Journey, seed: int) -> None:
        self.servers, self.editor, self.journey, self.random = servers, editor, journey, random.Random(seed)
        self.url = address("journey", journey)
        self.sending, self.fetching = Line(servers.site, editor), Line(servers.site, editor)
        self.stream = Stream(servers.live, editor)
        self.seen, self.etag, self.told = Seen(-1, []), "", 0
        self.answers: Counter[int] = Counter()
        self.seconds: list[float] = []
        self.since = time.monotonic()
        self.news, self.closed, self.drawing = threading.Event(), False, threading.Lock()

    def settle(self) -> None:
        """Load the map, and hear of it from then on."""
        self.fetch()
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        """Hear what the stream tells."""
        try:
            while news := self.stream.hear()[0]:
                if "resync" in news or news.get("revision", 0) > self.seen.revision:
                    self.news.set()
        except (OSError, AttributeError, ValueError):
            self.closed = True  # the stream is closed at the end, while it is being read

    def follow(self) -> None:
        """Fetch, one request at a time, whenever there are news."""
        with contextlib.suppress(OSError):  # the house closes while the last one is under way
            while not self.closed:
                if self.news.wait(0.5):
                    self.catch_up()

    def catch_up(self) -> None:
        """Fetch once if there are news."""
        if self.news.is_set():
            self.news.clear()
            self.fetch()

    def fetch(self) -> None:
        """The map as it is now, if it differs."""
        answer = self.fetching.ask(self.url, HX_Request="true", If_None_Match=self.etag)
        if answer.status != 200:
            return
        seen = read(answer.body.decode())
        with self.drawing:
            if seen.revision < self.told:  # overtaken by an answer while it was on its way
                self.news.set()
                return
            self.etag, self.seen, self.since = answer.headers.get("ETag", ""), seen, time.monotonic()

    def take_in(self, answer: Answer, revision: int) -> None:
        """Draw the phases that an answer brings; fetch the rest where others changed something in between."""
        brought: dict[int, list[Row]] = {}
        for row in rows_of(answer.body.decode()):
            brought.setdefault(row[0], []).append(row)
        with self.drawing:
            self.told = max(self.told, revision)
            rows = [row for phase in self.seen.phases for row in brought.get(phase) or self.seen.of(phase)]
            if revision > self.seen.revision + 1:
                self.news.set()
                self.seen = Seen(self.seen.revision, rows)
            else:
                self.seen = Seen(max(self.seen.revision, revision), rows)
            self.since = time.monotonic()

    def drop(self, times: int) -> None:
        """A random touchpoint behind a random neighbour, so many times; between two, the page sees what is new."""
        for _ in range(times):
            self.catch_up()
            began = time.perf_counter()
            try:
                status = self.move()
            except (OSError, ValueError):
                status = 0
            self.seconds.append(time.perf_counter() - began)
            self.answers[status] += 1
        threading.Thread(target=self.follow, daemon=True).start()

    def move(self) -> int:
        """One drop, as the page saw the map; the status of its answer."""
        seen = self.seen
        _, mover, version = self.random.choice([row for row in seen.rows if row[1]])
        phase, others = self.random.choice(list(seen.phases.items()))
        after = self.random.choice([one for one in others if one != mover] or [0])
        url = address("placement_move", self.journey, placement_id=mover)
        body = {"phase": phase, "after": after or "", "version": version}
        answer = self.sending.ask(url, body, HX_Request="true")
        if news := json.loads(answer.headers.get("HX-Trigger", "{}")).get("etappe:map"):
            self.take_in(answer, news["revision"])
        return answer.status

    def equals(self, fresh: Seen) -> float:
        """When this page came to show the same as a fresh load."""
        until = time.monotonic() + PATIENCE
        while self.seen != fresh:
            if time.monotonic() > until:
                return float("inf")
            time.sleep(0.02)
        return self.since

    def close(self) -> None:
        """Close the page."""
        self.closed = True
        self.stream.connection.sock and self.stream.connection.sock.shutdown(2)
        self.sending.close()
        self.fetching.close()
