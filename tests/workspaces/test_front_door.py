"""Headers, cookies, and what production refuses to start with."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

ROOT = Path(__file__).parents[2]
PRODUCTION = {
    "SITE_URL": "https://etappe.example.org",
    "ALLOWED_HOSTS": "etappe.example.org",
    "SECRET_KEY": "0a4f9c2e7b6d8135-long-enough-and-random-for-a-test-of-settings",
    "ETAPPE_PROCESS": "web",
}
NOT_INHERITED = {*PRODUCTION, "DEBUG", "DJANGO_ALLOW_ASYNC_UNSAFE"}


def manage(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a fresh process with this environment."""
    inherited = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *words],
        env={**inherited, **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_check_deploy_has_nothing_to_say() -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"DEBUG": "1"}, "DEBUG"),
        ({"SITE_URL": "http://etappe.example.org", "DEBUG": "1"}, "DEBUG"),
        ({"SITE_URL": "http://etappe.example.org", "SECRET_KEY": ""}, "SECRET_KEY"),
    ],
)
def test_production_refuses_to_start(change: dict[str, str], told: str) -> None:
    done = manage("check", **PRODUCTION | change)
    assert done.returncode != 0
    assert told in done.stderr


def test_cookies_over_https_belong_to_the_host() -> None:
    for name, value in (
        ("SESSION_COOKIE_NAME", "__Host-etappe-session"),
        ("CSRF_COOKIE_NAME", "__Host-etappe-csrf"),
        ("SESSION_COOKIE_SECURE", "True"),
        ("CSRF_COOKIE_SECURE", "True"),
    ):
        show = f"from django.conf import settings; print(settings.{name})"
        assert manage("shell", "-v0", "-c", show, **PRODUCTION).stdout.strip() == value


@pytest.mark.django_db
def test_every_page_is_fenced_in() -> None:
    answer = Client().get(reverse("account_login"))
    policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
def test_unknown_addresses_answer_in_the_asker_s_form() -> None:
    assert "text/html" in Client().get("/nowhere/").headers["Content-Type"]
    answer = Client().get("/api/v1/nowhere/")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
