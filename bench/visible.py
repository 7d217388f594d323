"""From an answer's commit until somebody who has the map open in Chromium sees the changed score.

Twice: while nothing else happens, and while customers answer steadily about touchpoints of another map.
"""

import itertools
import random
import statistics
import time

from django.db import transaction
from playwright.sync_api import Page

from bench.frame import arguments, figure
from bench.frame_answering import answering, one_answer
from bench.frame_house import browser, house, tab, workers
from bench.frame_map import Editor, address, drawn
from feedback.actions import record_responses
from journeys.models import Journey, Placement
from touchpoints.actions import fold_all
from touchpoints.models import HealthScore

# When each touchpoint's score was last seen to change: in the frame that shows it, by the clock that Python also reads.
OBSERVE = """() => {
  const shown = new Map(), asked = new Map();
  const look = at => {
    for (const card of document.querySelectorAll("#map .phase .touchpoint")) {
      const id = card.dataset.touchpoint, score = card.querySelector(".band-score")?.textContent;
      if (shown.get(id) === score) continue;
      shown.set(id, score);
      asked.get(id)?.(performance.timeOrigin + performance.now());
      asked.delete(id);
    }
  };
  look();
  new MutationObserver(() => requestAnimationFrame(look)).observe(
    document.body, { subtree: true, childList: true, characterData: true });
  window.changes = (id, within) => {
    window.seen = new Promise((tell, fail) => {
      asked.set(id, tell);
      setTimeout(() => fail(new Error(`nothing seen within ${within} ms`)), within);
    });
    window.seen.catch(() => {}); // whoever asks for it hears of it
  };
}"""
BEFORE = 6  # answers that each touchpoint has; so one more, of the worst, changes the shown score for sure
WITHIN = 30_000  # milliseconds


def main(words: list[str]) -> None:
    """Figures of `visible`."""
    sizes = arguments(words, touchpoints=24, rounds=40, rate=100)
    editor = Editor()
    here, there = (drawn(editor, sizes.touchpoints) for _ in range(2))
    HealthScore.objects.all().delete()  # as they are drawn, not as anybody answered
    subjects = {journey: subjects_of(journey) for journey in (here, there)}
    record_responses(
        editor.workspace,
        [one_answer(f"{one} {number}", one, 5) for one in subjects[here] for number in range(BEFORE)],
    )
    fold_all()
    with house() as servers, workers(2), browser() as chrome:
        page = tab(chrome, servers.site, editor)
        page.set_default_timeout(WITHIN)
        page.goto(address("journey", here))
        page.wait_for_selector("#map[data-ready]", state="attached")
        page.wait_for_selector("body[data-live-state=open]", state="attached")
        page.evaluate(OBSERVE)
        watcher = Watcher(page, editor, subjects[here])
        watcher.waits(3)  # unmeasured: statements prepared, scripts compiled
        idle = watcher.waits(sizes.rounds)
        with answering(editor.workspace, list(subjects[there]), sizes.rate):
            busy = watcher.waits(sizes.rounds)
    figure("visible.idle_p50_ms", statistics.median(idle), "ms")
    figure("visible.idle_p95_ms", idle[int(len(idle) * 0.95)], "ms")
    figure("visible.busy_p50_ms", statistics.median(busy), "ms")
    figure("visible.busy_p95_ms", busy[int(len(busy) * 0.95)], "ms")


def subjects_of(journey: Journey) -> dict[int, int]:
    """The touchpoints on a map by their subjects."""
    standing = Placement.objects.filter(journey=journey)
    return dict(standing.values_list("touchpoint__subject_id", "touchpoint_id"))


class Watcher:
    """Somebody who has the map open, while customers answer about one touchpoint of it after the other."""

    def __init__(self, page: Page, editor: Editor, subjects: dict[int, int]) -> None:
        self.page, self.editor = page, editor
        self.turns = enumerate(itertools.cycle(subjects.items()))

    def waits(self, rounds: int) -> list[float]:
        """Milliseconds from each commit until its score was seen, sorted."""
        return sorted(self.wait() for _ in range(rounds))

    def wait(self) -> float:
        """Milliseconds from one answer's commit until its score is seen."""
        number, (subject, touchpoint) = next(self.turns)
        self.page.evaluate("([id, within]) => window.changes(id, within)", [str(touchpoint), WITHIN])
        committed: list[float] = []
        with transaction.atomic():
            transaction.on_commit(lambda: committed.append(time.time() * 1000))
            record_responses(self.editor.workspace, [one_answer(f"seen {number}", subject, 1)])
        seen = self.page.evaluate("window.seen")
        self.page.wait_for_timeout(random.uniform(200, 500))
        return seen - committed[0]
