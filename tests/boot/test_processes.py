"""The test processes themselves: real servers on a database of their own."""

import urllib.request

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Page

from workspaces.models import Workspace


def test_each_test_process_has_a_database_of_its_own(db: None) -> None:
    with connection.cursor() as cursor:
        (name,) = cursor.execute("SELECT current_database()").fetchone()
    assert name.startswith("etappe_test_")
    assert name == settings.DATABASE_URL.rpartition("/")[2]


def test_pages_are_served_by_the_real_server_from_our_database(web: str, workspace: Workspace) -> None:
    with urllib.request.urlopen(f"{web}/readyz") as answer:
        assert answer.headers["server"] != "WSGIServer"
        assert b'"database": true' in answer.read()


@pytest.mark.usefixtures("live", "worker", "beat")
def test_browser_opens_a_page(page: Page) -> None:
    page.goto("/accounts/login/")
    assert page.title()


def test_rows_of_such_a_test_are_gone_afterwards(db: None) -> None:
    assert not Workspace.objects.exists()
