"""Makes the pictures of README.md from the running workspace: start `up`, then

    .venv/bin/python manage.py shell < docs/screenshots.py

The environment needs the test tools (`python3 manage.py test` installs them).
"""

import os
from pathlib import Path

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from playwright.sync_api import Page, sync_playwright

from config import chromium
from journeys.models import Journey
from measures.models import Review, Verdict
from personas.models import Persona
from touchpoints.models import Touchpoint
from workspaces.actions import first_owner, make_sign_in_link
from workspaces.models import Workspace

FOLDER = Path(settings.BASE_DIR) / "docs" / "screenshots"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def enter(page: Page, workspace: Workspace, theme: str) -> None:
    """Sign in by a link, and choose the look."""
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.goto(f"{settings.SITE_URL}{reverse('sign_in_link', args=[make_sign_in_link(first_owner())])}#now")
    page.wait_for_url("**/w/**")


def shots(page: Page, workspace: Workspace, name: str) -> None:
    """The longest map, a touchpoint's panel on it, the tables, a persona, two compared, and a measure that worked."""
    longest = Journey.objects.of(workspace).annotate(length=Count("placements")).order_by("-length")[0]
    page.goto(f"{settings.SITE_URL}{reverse('journey', args=[workspace.slug, longest.pk])}")
    page.wait_for_selector(".touchpoint")
    page.screenshot(path=FOLDER / f"map-{name}.png")
    if name == "phone":
        return
    weakest = (
        Touchpoint.objects.of(workspace)
        .filter(placements__journey=longest, importance=5, subject__scores__persona=None)
        .order_by("subject__scores__score")[0]
    )
    page.locator(".touchpoint-name", has_text=weakest.name).first.click()
    page.wait_for_selector("#panel-title")
    page.wait_for_timeout(400)
    page.screenshot(path=FOLDER / f"touchpoint-{name}.png")
    page.goto(f"{settings.SITE_URL}{reverse('scorecards', args=[workspace.slug])}")
    page.screenshot(path=FOLDER / f"scorecards-{name}.png")
    page.goto(f"{settings.SITE_URL}{reverse('measures', args=[workspace.slug])}")
    page.screenshot(path=FOLDER / f"measures-{name}.png")
    persona = Persona.objects.of(workspace).get(portrait="bob")
    page.goto(f"{settings.SITE_URL}{reverse('persona', args=[workspace.slug, persona.pk])}")
    page.screenshot(path=FOLDER / f"persona-{name}.png")
    page.goto(f"{settings.SITE_URL}{reverse('journey_compare', args=[workspace.slug, longest.pk])}")
    page.screenshot(path=FOLDER / f"compare-{name}.png")
    page.goto(f"{settings.SITE_URL}{reverse('stakeholders', args=[workspace.slug])}")
    page.screenshot(path=FOLDER / f"stakeholders-{name}.png")
    worked = Review.objects.of(workspace).exclude(closed_at=None).filter(verdict=Verdict.WORKS).earliest("pk")
    page.goto(f"{settings.SITE_URL}{reverse('measure', args=[workspace.slug, worked.measure_id])}")
    page.screenshot(path=FOLDER / f"review-{name}.png")


def main() -> None:
    """Desk and phone, light and dark."""
    workspace = Workspace.objects.order_by("pk")[0]
    FOLDER.mkdir(exist_ok=True)
    program = chromium.find(print)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(chromium.ARGUMENTS))
        for name, size, theme in (("light", DESK, "light"), ("dark", DESK, "dark"), ("phone", PHONE, "light")):
            page = browser.new_page(viewport=size, locale="en-GB")  # type: ignore[arg-type]
            enter(page, workspace, theme)
            shots(page, workspace, name)
            page.close()
        browser.close()


main()
