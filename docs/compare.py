"""Puts the pages as they are beside pictures of how they were meant, for a person to compare. Start `up`, then

    .venv/bin/python -m docs.compare FOLDER_OF_PICTURES OUTPUT_FOLDER [WORDS_IN_THE_NAME ...]

Each picture of which SCENES knows the page is taken in its size and language, in its own theme and in the other one;
OUTPUT_FOLDER gets one PNG of its name with all three, the picture on the left. The German sample, long journeys with
answers about them and a workspace with nothing in it are made when there are none: use an `up` that nobody needs.
The environment needs the test tools (`python3 manage.py test` installs them).
"""

import base64
import datetime
import os
import random
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread
django.setup()

from django.conf import settings  # noqa: E402 - models need a Django that is set up
from django.urls import reverse  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from config import chromium  # noqa: E402
from feedback.actions import Answer, record_responses  # noqa: E402
from journeys.actions.journeys import create_journey  # noqa: E402
from journeys.actions.placements import edit_placement  # noqa: E402
from journeys.actions.quick_add import add_lines  # noqa: E402
from journeys.models import Journey, Placement  # noqa: E402
from journeys.sample.load import load_sample  # noqa: E402
from touchpoints.actions import fold_all, settle_windows  # noqa: E402
from workspaces import clock  # noqa: E402
from workspaces.actions import create_workspace, first_owner, make_sign_in_link  # noqa: E402
from workspaces.models import User, Workspace  # noqa: E402

EMPTY = "Nothing here yet"
SIDE_BY_SIDE = """<body style="margin:0;display:flex;gap:12px;background:#888;width:max-content">
<img src="data:image/png;base64,{}" height="{height}"><img src="data:image/png;base64,{}" height="{height}">
<img src="data:image/png;base64,{}" height="{height}">"""
ANSWERS = 40  # about each touchpoint of a long journey


def full(page: Page) -> Page:
    """The map, ready for keys."""
    page.wait_for_selector("#map[data-ready]", state="attached")
    return page


def focused(page: Page, number: int = 19) -> Page:
    """The map with the focus on a touchpoint, counted from the first."""
    name = full(page).locator("#map .touchpoint-name").nth(number)
    name.scroll_into_view_if_needed()
    name.focus()
    return page


def menu(page: Page) -> None:
    """The menu of a touchpoint."""
    focused(page).keyboard.press("m")


def carried(page: Page) -> None:
    """A touchpoint that is lifted and one place further."""
    focused(page).keyboard.press("Space")
    page.keyboard.press("ArrowLeft")


def rolled_back(page: Page) -> None:
    """A move that the map refused, because the same touchpoint has been changed meanwhile."""
    carried(page)
    moving = page.locator("#map .touchpoint").nth(18).get_attribute("data-placement")
    placement = Placement.objects.select_related("journey__workspace").get(pk=moving)
    edit_placement(placement, version=placement.version, by=first_owner(), share=100 - (placement.share or 0))
    page.keyboard.press("Enter")
    page.wait_for_selector(".touchpoint[data-state=rejected]", timeout=5_000)


def states(page: Page) -> None:
    """Three that are selected, their bar, and the line in which one adds another."""
    focused(page, 7).keyboard.press("n")
    page.keyboard.type("Lounge at Berlin Hbf @")
    for number in (9, 10, 11):
        focused(page, number).keyboard.press("x")


class Scene(NamedTuple):
    """A page, and what is done on it before it is taken."""

    where: str  # of ADDRESSES
    query: str = ""
    act: Callable[[Page], Any] = full
    media: str = "screen"
    sight: str = ""  # what Chromium calls a way of seeing colour


SCENES = {
    "01-board-overview-light": Scene("sample"),
    "01-board-overview-dark": Scene("sample"),
    "01-board-overview-de": Scene("german"),
    "01-board-cvd-deuteranopia": Scene("sample", sight="deuteranopia"),
    "01-board-cvd-greyscale": Scene("sample", sight="achromatopsia"),
    "01-board-dense62-light": Scene("62"),
    "01-board-500-light": Scene("500"),
    "01-board-mobile-light": Scene("sample"),
    "01-board-mobile-dark": Scene("sample"),
    "01-board-present-dark": Scene(
        "present", "?moment=6", act=lambda page: page.wait_for_selector("h1", state="attached")
    ),
    "01-board-print-a3": Scene("sample", media="print"),
    "01-board-timeline-menu-light": Scene("sample", "?view=timeline", menu),
    "01-board-timeline-move-light": Scene("sample", "?view=timeline", carried),
    "01-board-timeline-rollback-dark": Scene("sample", "?view=timeline", rolled_back),
    "06-measures-light": Scene("measures", act=lambda page: None),
    "06-measures-dark": Scene("measures", act=lambda page: None),
    "08-home-light": Scene("home", act=lambda page: None),
    "08-home-dark": Scene("home", act=lambda page: None),
    "08-home-empty-light": Scene("empty", act=lambda page: None),
    "08-home-empty-dark": Scene("empty", act=lambda page: None),
    "09-states-light": Scene("sample", act=states),
    "09-states-dark": Scene("sample", act=states),
}


def addresses(owner: User) -> dict[str, str]:
    """Where each scene is, on the first workspace, which holds the sample."""
    workspace = Workspace.objects.order_by("pk")[0]
    sample = Journey.objects.of(workspace).order_by("pk")[0]
    german = Workspace.objects.filter(language="de").first() or load_sample(language="de", by=owner)
    empty = Workspace.objects.filter(name=EMPTY).first() or create_workspace(name=EMPTY, by=owner)
    found = {
        "sample": reverse("journey", args=[workspace.slug, sample.pk]),
        "german": reverse("journey", args=[german.slug, Journey.objects.of(german).order_by("pk")[0].pk]),
        "present": reverse("journey_present", args=[workspace.slug, sample.pk]),
        "home": reverse("home", args=[workspace.slug]),
        "measures": reverse("measures", args=[workspace.slug]),
        "empty": reverse("home", args=[empty.slug]),
    }
    for count in (62, 500):
        journey = Journey.objects.of(workspace).filter(name=f"Trip of {count}").first() or long(workspace, count, owner)
        found[str(count)] = reverse("journey", args=[workspace.slug, journey.pk])
    return found


def long(workspace: Workspace, count: int, owner: User) -> Journey:
    """A journey of so many touchpoints, each with answers: whole stretches of it are better or worse."""
    journey = create_journey(workspace, name=f"Trip of {count}", by=owner)
    phases = list(journey.phases.all())
    each = -(-count // len(phases))
    for phase in phases:
        names = [f"Stop {phase.position * each + number} of {count}" for number in range(1, each + 1)]
        add_lines(journey, texts=names[: count - phase.position * each], phase=phase, after=None, by=owner)
    subjects = list(journey.placements.order_by("touchpoint_id").values_list("touchpoint__subject_id", flat=True))
    record_responses(workspace, list(answers_about(subjects)))
    for subject in subjects:
        fold_all([subject])
    settle_windows(subjects)
    return journey


def answers_about(subjects: list[int]) -> Iterator[Answer]:
    """Answers on satisfaction, the same at each run; of one subject in thirty nobody has said anything."""
    chance = random.Random(len(subjects))  # noqa: S311 - for a picture, not a secret
    mood = 0.6
    for subject in subjects:
        mood = min(0.95, max(0.15, mood + chance.uniform(-0.2, 0.2)))
        for number in range(0 if chance.random() < 1 / 30 else ANSWERS):
            value = 1 + sum(chance.random() < mood for _ in range(4))
            at = clock.now() - datetime.timedelta(days=1 + number)
            told: Any = {"metric": "csat", "scale": "1-5", "value": value, "occurred_at": at}
            yield Answer(source="compare", external_id=f"{subject}-{number}", subject=subject, **told)


def signed_in(browser: Browser, owner: User) -> Any:
    """What a browser keeps of somebody who has signed in."""
    context = browser.new_context(base_url=settings.SITE_URL)
    page = context.new_page()
    page.goto(f"{reverse('sign_in_link', args=[make_sign_in_link(owner)])}#now")
    page.wait_for_url(lambda url: "sign-in" not in url)
    return context.storage_state()


class Studio(NamedTuple):
    """With what pictures are taken: a browser, the addresses of the scenes, and who is signed in."""

    browser: Browser
    where: dict[str, str]
    state: Any


def take(studio: Studio, name: str, theme: str, size: tuple[int, int]) -> bytes:
    """The page of that picture in a theme, as the owner sees it."""
    scene, phone, owner = SCENES[name], "mobile" in name, first_owner()
    owner.theme, owner.language = theme, "de" if name.endswith("-de") else "en"
    owner.save(update_fields=["theme", "language"])
    scale = 2 if phone else 1
    viewport: Any = {"width": size[0] // scale, "height": size[1] // scale}
    device: dict[str, Any] = {"device_scale_factor": scale, "is_mobile": phone, "has_touch": phone}
    context = studio.browser.new_context(
        base_url=settings.SITE_URL, storage_state=studio.state, viewport=viewport, **device
    )
    page = context.new_page()
    page.emulate_media(media=scene.media)  # type: ignore[arg-type]
    if scene.sight:
        context.new_cdp_session(page).send("Emulation.setEmulatedVisionDeficiency", {"type": scene.sight})
    page.goto(studio.where[scene.where] + scene.query)
    scene.act(page)
    page.wait_for_timeout(500)  # what glides has arrived
    taken = page.screenshot()
    context.close()
    return taken


def main(pictures: Path, output: Path, words: list[str]) -> None:
    """One PNG for each picture whose name holds one of the words, or for all."""
    output.mkdir(parents=True, exist_ok=True)
    owner = first_owner()
    look = (owner.theme, owner.language)
    where = addresses(owner)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(print), args=list(chromium.ARGUMENTS))
        sheet, studio = browser.new_page(), Studio(browser, where, signed_in(browser, owner))
        for picture in sorted(pictures.glob("*.png")):
            if picture.stem not in SCENES or not any(word in picture.stem for word in words or [""]):
                continue
            meant = picture.read_bytes()
            width, height = struct.unpack(">II", meant[16:24])
            themes = ("dark", "light") if "dark" in picture.stem else ("light", "dark")
            taken = [take(studio, picture.stem, theme, (width, height)) for theme in themes]
            all_three = [base64.b64encode(image).decode() for image in (meant, *taken)]
            sheet.set_viewport_size({"width": 3 * width + 24, "height": height})
            sheet.set_content(SIDE_BY_SIDE.format(*all_three, height=height))
            sheet.screenshot(path=output / picture.name)
        browser.close()
    owner.theme, owner.language = look
    owner.save(update_fields=["theme", "language"])


main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
