"""What a person at the map waits for, in Chromium: the first picture, each key and drop; and what moves by itself."""

import statistics

from playwright.sync_api import Page

from bench.frame import arguments, figure
from bench.frame_house import browser, house, tab
from bench.frame_map import Editor, address, drawn

# Interactions as INP counts them: from the event until the next frame is shown, and the longest is the figure. One that
# is shown within 16 ms, a single frame, is not told of by the browser, and counts as 0.
OBSERVE = """() => {
  window.seen = { interactions: {}, shifted: 0, painted: 0 };
  const watch = (type, hear, options) =>
    new PerformanceObserver(list => list.getEntries().forEach(hear)).observe({ type, buffered: true, ...options });
  watch("event", entry => {
    if (!entry.interactionId) return;
    const known = window.seen.interactions[entry.interactionId] ?? 0;
    window.seen.interactions[entry.interactionId] = Math.max(known, entry.duration);
  }, { durationThreshold: 16 });
  watch("layout-shift", entry => { if (!entry.hadRecentInput) window.seen.shifted += entry.value; });
  watch("largest-contentful-paint", entry => { window.seen.painted = entry.startTime; });
}"""
LONGEST = """() => {
  const found = Object.values(window.seen.interactions);
  window.seen.interactions = {};
  return Math.max(0, ...found);
}"""
QUIET = 250  # milliseconds: an entry is told of some frames after what it tells


def main(words: list[str]) -> None:
    """Figures of `browser`."""
    sizes = arguments(words, small=24, large=500, rounds=12)
    editor = Editor()
    journeys = {count: drawn(editor, count) for count in (sizes.small, sizes.large)}
    shifted, dropped, painted = [], [], []
    with house() as servers, browser() as chrome:
        for count, journey in journeys.items():
            page = tab(chrome, servers.site, editor)
            page.add_init_script(f"({OBSERVE})()")
            page.goto(address("journey", journey))  # once unmeasured: scripts compiled, statements prepared
            page.reload()
            page.wait_for_selector("#map[data-ready]", state="attached")
            painted.append(page.evaluate("window.seen.painted"))
            gestures = by_keyboard(page, sizes.rounds)
            shifted.append(page.evaluate("window.seen.shifted"))
            gestures["drop"] += by_mouse(page, sizes.rounds)
            for gesture, found in gestures.items():
                figure(f"browser.inp_{gesture}_ms.{count}", max(found), "ms")
                figure(f"browser.inp_{gesture}_median_ms.{count}", statistics.median(found), "ms")
            figure(f"browser.lcp_ms.{count}", painted[-1], "ms")
            dropped.append(page.evaluate("window.seen.shifted") - shifted[-1])
            page.context.close()
    figure("browser.cls", max(shifted), "", decimals=4)
    # What gives way to a touchpoint that a mouse lets go: asked for, but the browser calls no release an input
    figure("browser.made_room_by_mouse", max(dropped), "", decimals=4)


def by_keyboard(page: Page, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each lift, move and drop of a touchpoint by Space, arrow and Enter."""
    found: dict[str, list[float]] = {"lift": [], "move": [], "drop": []}
    page.locator("#map .touchpoint-name").nth(3).focus()
    for number in range(rounds):
        arrow = "ArrowDown" if number % 2 else "ArrowUp"
        for gesture, key in (("lift", "Space"), ("move", arrow), ("drop", "Enter")):
            page.keyboard.press(key)
            page.wait_for_timeout(QUIET)
            found[gesture].append(page.evaluate(LONGEST))
        page.wait_for_selector("#map:not(:has([data-state=saving]))", state="attached")
    return found


def by_mouse(page: Page, rounds: int) -> list[float]:
    """Milliseconds of each drop of a touchpoint that is dragged over its neighbour."""
    found = []
    for _ in range(rounds):
        boxes = [page.locator("#map .touchpoint").nth(place).bounding_box() for place in (2, 4)]
        (x, y), (there, down) = [(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.75) for box in boxes]
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 5, y + 5, steps=3)
        page.mouse.move(there, down, steps=8)
        page.wait_for_timeout(QUIET)
        page.evaluate(LONGEST)  # what lifting took
        page.mouse.up()
        page.wait_for_timeout(QUIET)
        found.append(page.evaluate(LONGEST))
        page.wait_for_selector("#map:not(:has([data-state=saving]))", state="attached")
    return found
