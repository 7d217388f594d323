"""Customers who send a survey about one touchpoint, many a second, while its map is open in many tabs.

Pages, live stream, workers and tabs are the real ones, on the machine that also plays the customers. A customer opens
the survey, answers its one question and is thanked: three requests.
"""

import contextlib
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import psutil
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse
from playwright.sync_api import Page

from bench.frame import arguments, ask, figure, statements
from bench.frame_house import Stream, browser, house, tab, workers
from bench.frame_map import Editor, address, drawn
from config import household
from config.processes import wait_until
from config.supervisor import python
from feedback.actions import add_question, begin_survey, find_differences, open_survey, questions_of
from feedback.models import Submission, Survey
from journeys.models import Journey, Placement
from touchpoints.models import HealthScore, Observation, Subject
from workspaces.models import Workspace

PARTS = {"web": "granian", "live": "manage.py live", "worker": "celery", "tabs": "chrom"}
ENOUGH = str(10**9)
PATIENCE = 120.0  # seconds
SCRIPT = re.compile(r"<script\b[^>]*>")
STYLES = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
SHOWN = """id => document.querySelector(`#map .touchpoint[data-touchpoint="${id}"] .band-score`)?.textContent"""
SHOW = "document.querySelector('#map-news:not([hidden]) button')?.click()"


def main(words: list[str]) -> None:
    """Figures of `survey`."""
    sizes = arguments(words, rate=100, seconds=60, tabs=20, streams=0, touchpoints=24)
    os.environ["SURVEY_POSTS_PER_MINUTE"] = ENOUGH  # all come from this machine; the servers take their settings here
    editor = Editor()
    journey = drawn(editor, sizes.touchpoints)
    HealthScore.objects.all().delete()  # as they are drawn, not as anybody answered
    subject = Subject.objects.filter(touchpoint__placements__journey=journey).earliest("pk")
    survey = asked_about(editor, subject)
    weigh(survey)
    count_statements(survey_of_all(editor, subject))
    with house() as servers, workers(2), browser() as chrome:
        pages = [opened(tab(chrome, servers.site, editor), journey) for _ in range(sizes.tabs)]
        streams = [Stream(servers.live, editor) for _ in range(sizes.streams)]
        busy = busy_seconds()
        told = customers(servers.site, survey, sizes.rate, sizes.seconds)
        busy = {who: seconds - busy[who] for who, seconds in busy_seconds().items()}
        ended = time.monotonic()
        right = wait_for(lambda: is_right(subject)) - ended
        equal = wait_for(lambda: all_show(pages, subject)) - ended if pages else 0.0
        for stream in streams:
            stream.close()
    stored = Submission.objects.filter(source=survey.source).count()
    survey.refresh_from_db()
    figure("survey.lost", told["came"] - min(stored, survey.submitted), f"of {told['came']} submissions")
    figure("survey.sent_per_s", told["came"] / told["took"], "submissions/s")
    for page, seconds in told["pages"].items():
        figure(f"survey.{page}_p50_ms", seconds[len(seconds) // 2] * 1000, "ms")
        figure(f"survey.{page}_p95_ms", seconds[int(len(seconds) * 0.95)] * 1000, "ms")
    figure("survey.score_right_after_s", right, "s")
    figure("survey.tabs_equal_after_s", equal, f"s in {sizes.tabs} tabs of Chromium")
    for who, seconds in busy.items():
        figure(f"survey.cores.{who}", seconds / told["took"], "cores")
    figure("survey.load_of_the_machine", os.getloadavg()[0], f"on {os.cpu_count()} cores")


def asked_about(editor: Editor, subject: Subject) -> Survey:
    """An open survey of one rating."""
    workspace: Workspace = editor.workspace
    survey = begin_survey(workspace, start="csat", about="it", by=editor.user, subject=subject, name="One question")
    words = questions_of(survey)[1]
    words.delete()
    return open_survey(survey, by=editor.user)


def survey_of_all(editor: Editor, subject: Subject) -> Survey:
    """An open survey that asks in all kinds what it can: the most that one submission can be."""
    workspace: Workspace = editor.workspace
    survey = begin_survey(workspace, start="csat", about="it", by=editor.user, subject=subject, name="All questions")
    wording = {"en": "How?", "de": "Wie?"}
    for kind in ("nps", "ces", "emotion", "pair"):
        add_question(survey, kind=kind, wording=wording, required=True, by=editor.user)
    return open_survey(survey, by=editor.user)


def weigh(survey: Survey) -> None:
    """What a phone is sent before it can answer."""
    url = reverse("questionnaire", args=[survey.key])
    page = ask("GET", url, b"", "", accept_language="en").body
    figure("survey.js_required_kb", len(SCRIPT.findall(page.decode())), "kB, for there is no script")
    with tempfile.TemporaryDirectory() as root, override_settings(STATIC_ROOT=root):
        call_command("collectstatic", interactive=False, verbosity=0)
        sheets = [sheet_at(address, Path(root)) for address in STYLES.findall(page.decode())]
    figure("survey.page_gzip_kb", sum(len(gzip.compress(part, 6)) for part in [page, *sheets]) / 1024, "kB")


def sheet_at(url: str, root: Path) -> bytes:
    """A stylesheet of the page: a file, or what the application itself answers."""
    if url.startswith("/static/"):
        return (root / url.removeprefix("/static/")).read_bytes()
    return ask("GET", url, b"", "").body


def count_statements(survey: Survey) -> None:
    """The most statements of any request by which somebody answers it; the limit's own is among them."""
    most, url = 0, reverse("questionnaire", args=[survey.key])
    sent = {"csat5": "answer=3", "text": "answer=Slow", "nps": "answer=8", "ces": "answer=2", "emotion": "answer=1"}
    for _ in range(2):  # the first customer of all also settles what the questions mean
        most, here = 0, url
        for question in questions_of(survey):
            body = sent.get(question.kind, "expected=1&found=-1").encode()
            found: list[str] = []
            most = max(most, len(statements(lambda at=here, body=body, found=found: found.append(post(at, body)))))
            here = found[0]
            most = max(most, len(statements(lambda at=here: ask("GET", at, b"", ""))))
    figure("survey.statements", most, "statements")


def post(url: str, body: bytes) -> str:
    """Where the answer to a form leads."""
    return ask("POST", url, body, "application/x-www-form-urlencoded").headers["Location"]


def opened(page: Page, journey: Journey) -> Page:
    """A tab with the map, which follows the news."""
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(address("journey", journey))
    page.wait_for_selector("#map[data-ready]", state="attached")
    page.wait_for_selector("body[data-live-state=open]", state="attached")
    return page


def customers(site: str, survey: Survey, rate: int, seconds: int) -> dict:
    """What customers met who came at that rate, played by a process of their own."""
    words = ["frame_customers", urlsplit(site).netloc, reverse("questionnaire", args=[survey.key])]
    played = subprocess.run(
        python("-m", "bench", *words, str(rate), str(seconds)),
        cwd=household.ROOT,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    told = json.loads(played.stdout)
    for problem in told["problems"]:
        print(problem, file=sys.stderr)
    return told


def busy_seconds() -> dict[str, float]:
    """Seconds of processors that each part of the house has used so far."""
    here = psutil.Process()
    found = dict.fromkeys([*PARTS, "database"], 0.0)
    for one in here.children(recursive=True):
        with contextlib.suppress(psutil.Error):  # it has just ended
            words, seconds = " ".join(one.cmdline()), sum(one.cpu_times()[:2])
            for part, word in PARTS.items():
                found[part] += seconds if word in words else 0.0
    data = str(Path(settings.VAR) / "postgres")
    for one in psutil.process_iter(["cmdline"]):
        if data in " ".join(one.info["cmdline"] or []):
            for each in [one, *one.children(recursive=True)]:
                with contextlib.suppress(psutil.Error):
                    found["database"] += sum(each.cpu_times()[:2])
    return found


def wait_for(done: Callable[[], bool]) -> float:
    """When that came true."""
    if not wait_until(done, PATIENCE):
        return float("inf")
    return time.monotonic()


def is_right(subject: Subject) -> bool:
    """Whether nothing is still to be counted, and everything stored is what a count of all answers gives."""
    if Observation.objects.filter(subject=subject).exists():
        return False
    return not any(difference.subject == subject.pk for difference in find_differences())


def all_show(pages: list[Page], subject: Subject) -> bool:
    """Whether all tabs show the score as it stands; their people ask for what is held back as too much."""
    touchpoint = Placement.objects.filter(touchpoint__subject=subject).values_list("touchpoint", flat=True)[0]
    score = HealthScore.objects.get(subject=subject, persona=None).score
    for page in pages:
        page.evaluate(SHOW)
    return {(page.evaluate(SHOWN, touchpoint) or "").strip() for page in pages} == {str(round(score))}
