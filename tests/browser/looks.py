"""What every page keeps, whatever it shows: no violation of WCAG 2.2 AA, nothing that scrolls sideways."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

STANDARD = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],  # what is well needs no report
    "preload": {"assets": ["media"]},  # none of these rules reads the style sheets as such
}
FAULTS = """async standard => {
  const passing = document.getAnimations().filter(one => one.effect.getComputedTiming().endTime < 2_000);
  await Promise.allSettled(passing.map(one => one.finished));  // what fades in is judged once it is there
  const { violations } = await axe.run(standard);
  const wider = document.documentElement.scrollWidth - innerWidth;
  return [...violations.map(rule => [rule.id, ...rule.nodes.map(node => node.html)]),
    ...(wider > 0 ? [["wider than the window", wider]] : [])];
}"""
DESK: dict[str, Any] = {"theme": "light", "language": "en"}
PHONE: dict[str, Any] = {
    "theme": "dark",
    "language": "de",
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
}


def check_looks(page: Page) -> None:
    """Fail with what axe says of the page, or when it is wider than its window."""
    faults = faults_of(page)
    assert not faults, faults


def faults_of(page: Page) -> list[Any]:
    """What axe says of the page, and whether it is wider than its window."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)
    faults: list[Any] = page.evaluate(FAULTS, STANDARD)
    return faults
