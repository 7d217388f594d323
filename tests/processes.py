"""A database for each test process, and real processes on it: pages, live stream, worker, clock, browser.

A test that asks for `web`, `live`, `worker` or `beat` gets the process as `up` would start it. It sees only what is
committed, so such a test is not rolled back: its rows are deleted when it ends.
"""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.contenttypes.management import create_contenttypes
from django.db import connection, connections
from django.db.models.signals import post_migrate
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from pytest_django import DjangoDbBlocker

from config import chromium, household, processes, throwaway
from config.celery import app
from config.processes import Child, free_port, has_ended, kill_group
from config.supervisor import Running, Supervisor

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in the thread of the test
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
HOST = "127.0.0.1"
PAUSE = 0.1
OTHERS_AT_WORK = """
    SELECT 1 FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""


def pytest_configure(config: pytest.Config) -> None:
    """Give this test process a corner of the broker to itself, and let it serve no files.

    Each of a test's clients would list all of them anew, 50 ms each time. The real pages serve them, as ever.
    """
    if not settings.DATABASE_URL:
        raise pytest.UsageError("The tests need PostgreSQL and a broker: run `python3 manage.py test`.")
    settings.MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")
    prefix = f"{settings.BROKER_PREFIX}-{WORKER}"
    settings.BROKER_PREFIX = os.environ["BROKER_PREFIX"] = prefix
    app.conf.broker_transport_options["global_keyprefix"] = f"{prefix}:"


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Clone the prepared database instead of migrating once in each test process."""
    url = throwaway.clone(settings.DATABASE_URL, f"{settings.DATABASES['default']['NAME']}_{WORKER}")
    settings.DATABASE_URL = os.environ["DATABASE_URL"] = url
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = url.rpartition("/")[2]
    # Otherwise every emptying of the database would make all content types and permissions anew.
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    post_migrate.disconnect(create_contenttypes)
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@dataclass
class House:
    """The real processes of this test process. One that a test has killed is started again for the next test."""

    supervisor: Supervisor
    site_port: int
    live_port: int

    @property
    def env(self) -> dict[str, str]:
        """What they are told beyond the environment of the test itself."""
        return {"SITE_URL": f"http://{HOST}:{self.site_port}", "LIVE_URL": f"http://{HOST}:{self.live_port}/live"}

    def ensure(self, child: Child) -> Running:
        """The running process of that name, started if need be."""
        for entry in self.supervisor.running:
            if entry.child.name == child.name:
                if not has_ended(entry.process):
                    return entry
                self.kill(entry)
                break
        self.supervisor.start(child)
        return self.supervisor.running[-1]

    def kill(self, entry: Running) -> None:
        """End it by kill -9, and all that it started; when this returns, it is gone."""
        kill_group(entry.process)
        self.supervisor.running.remove(entry)

    def during_this_test(self, child: Child) -> Iterator[Running]:
        """The process until the test ends: one that acts on its own would meddle with what other tests look at.

        It is killed, as nobody waits for what it was about to do, and a worker takes seconds to say goodbye.
        """
        yield self.ensure(child)
        for entry in [entry for entry in self.supervisor.running if entry.child.name == child.name]:
            self.kill(entry)


@pytest.fixture(scope="session")
def house(django_db_setup: None) -> Iterator[House]:
    """For tests that start, kill or ask for processes by themselves."""
    with Supervisor(Path(settings.VAR) / WORKER, print) as supervisor:
        yield House(supervisor, free_port(), free_port())


@pytest.fixture
def settled(transactional_db: None) -> Iterator[None]:
    """After the test, wait until no other process is at work in the database: then its rows can be deleted."""
    yield
    with connection.cursor() as cursor:

        def idle() -> bool:
            return not cursor.execute(OTHERS_AT_WORK).fetchall()

        def stays_idle() -> bool:
            if not idle():
                return False
            time.sleep(PAUSE)  # what a page sent as it was closed may still be on its way
            return idle()

        processes.wait_until(stays_idle, 40)


@pytest.fixture
def web(house: House, settled: None) -> str:
    """Pages and REST by the real server; the address, without a slash at the end."""
    house.ensure(household.web(HOST, house.site_port, house.env, workers=1))
    return house.env["SITE_URL"]


@pytest.fixture
def live(house: House, settled: None) -> str:
    """The live stream; its address."""
    house.ensure(household.live(HOST, house.live_port, house.env))
    return house.env["LIVE_URL"]


@pytest.fixture
def worker(house: House, settled: None) -> Iterator[Running]:
    """The Celery worker."""
    yield from house.during_this_test(household.worker(house.env, processes=1))


@pytest.fixture
def beat(house: House, settled: None) -> Iterator[Running]:
    """The clock that rings the regular tasks."""
    yield from house.during_this_test(household.beat(house.env, house.supervisor.var))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=list(chromium.ARGUMENTS))
        yield chrome
        chrome.close()


@pytest.fixture
def page(browser: Browser, web: str) -> Iterator[Page]:
    """A fresh tab on the real pages. The test fails when its console has seen an error or a page threw one."""
    context = browser.new_context(base_url=web, locale="en-GB", timezone_id="Europe/Berlin")
    tab = context.new_page()
    tab.set_default_timeout(10_000)
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(f"{message.text} ({message.location.get('url')})")

    context.on("console", note)
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield tab
    context.close()
    assert not errors, f"errors in the browser's console: {errors}"
