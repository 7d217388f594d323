from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from config.supervisor import Running
from feedback.models import Response
from tests.browser.conftest import Visit
from tests.browser.looks import PHONE, check_looks
from workspaces.models import User, Workspace

WIDE = "RESPNUM,DAY,APP,COUNTER,NETPRO\n" + "".join(f"{n},{n % 28 + 1},{n % 5 + 1},{n % 7},9\n" for n in range(60))


@pytest.fixture
def wide(tmp_path: Path) -> Path:
    """A wide export."""
    path = tmp_path / "wide.csv"
    path.write_text(WIDE)
    return path


def upload(page: Page, file: Path) -> None:
    """Send the file and wait for its columns."""
    page.set_input_files("input[type=file]", file)
    page.locator(".upload .button-primary").click()
    expect(page.locator(".columns")).to_be_visible()


def test_a_wide_export_comes_in_and_goes_again(
    wide: Path, workspace: Workspace, edda: User, worker: Running, visit: Visit
) -> None:
    page = visit(edda, f"/w/{workspace.slug}/answers/")
    page.get_by_role("link", name="Import answers").click()
    upload(page, wide)
    check_looks(page)
    page.get_by_role("searchbox", name="Search columns").fill("o")
    for name in ("COUNTER", "APP"):
        page.get_by_role("searchbox", name="Search columns").fill(name)
        page.get_by_role("checkbox", name=name, exact=True).check()
    page.get_by_role("button", name="Apply to the ticked columns").click()
    expect(page.get_by_label("Touchpoint of APP")).to_have_value("APP")
    page.get_by_role("searchbox", name="Search columns").fill("")
    page.get_by_label("Touchpoint of APP").fill("The app")
    page.get_by_label("Month and year of the days").fill("2026-03")
    page.get_by_role("checkbox", name="COUNTER", exact=True).last.check()
    page.get_by_role("button", name="Keep for later").click()
    expect(page.get_by_role("checkbox", name="The app")).to_be_visible()
    page.get_by_role("checkbox", name="The app").check()
    page.get_by_role("button", name="Check all rows").click()
    expect(page.get_by_role("heading", name="What will be stored")).to_be_visible(timeout=30_000)
    check_looks(page)
    page.get_by_role("button", name="Store", exact=False).click()
    expect(page.get_by_text("answers are stored.")).to_be_visible(timeout=30_000)
    check_looks(page)
    assert Response.objects.of(workspace).filter(subject__touchpoint__name="The app").count() == 60
    page.get_by_role("link", name="Take back").click()
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("answers are deleted.")).to_be_visible(timeout=30_000)
    assert not Response.objects.of(workspace).exists()


def test_columns_are_chosen_on_a_phone(wide: Path, workspace: Workspace, edda: User, visit: Visit) -> None:
    page = visit(edda, f"/w/{workspace.slug}/answers/import/", **PHONE)
    upload(page, wide)
    check_looks(page)


def test_a_file_that_is_too_large_is_told_before_it_is_sent(
    tmp_path: Path, workspace: Workspace, edda: User, visit: Visit
) -> None:
    large = tmp_path / "large.csv"
    large.write_bytes(b"9\n" * (6 * 1024**2))
    page = visit(edda, f"/w/{workspace.slug}/answers/import/")
    page.set_input_files("input[type=file]", large)
    expect(page.get_by_text("The file is larger than 10 MB.", exact=False)).to_be_visible()
    expect(page.get_by_role("button", name="Upload")).to_be_disabled()
