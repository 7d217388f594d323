"""What the browser loads is as pinned, light, and within the content security policy."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
CSS = ROOT / "static" / "css"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
MAILS = [path for path in TEMPLATES if path.parent.name == "email"]  # read by mail programs: they have no sheets
LAYERS = {"tokens.css": "tokens", "base.css": "base", "components": "components", "screens": "screens"}
SHEETS = sorted(CSS.rglob("*.css"))
JOINED = [path for path in SHEETS if "@import" in path.read_text()]
HASHED = re.compile(r"\.[0-9a-f]{12}(?=\.(?:js|css)$)")
SAID = """text => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return [...sheet.cssRules].map(rule => rule.cssText.replace(/, /g, ","));
}"""


@pytest.fixture(scope="module")
def travelling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """Our scripts and sheets as people get them, by the name that templates use."""
    root = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=root):
        call_command("collectstatic", interactive=False, verbosity=0)
        found = [path for path in root.rglob("*") if HASHED.search(path.name)]
        yield {HASHED.sub("", path.relative_to(root).as_posix()): path for path in found}


def gzipped(paths: list[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def scripts_of(template: Path) -> set[str]:
    """The scripts that a template names."""
    return set(re.findall(r"<script src=\"{% static '([^']+)' %}", template.read_text()))


def imported_by(script: str) -> set[str]:
    """The scripts that one imports, and those that they import."""
    found: set[str] = set()
    left = {script}
    while left:
        path = ROOT / "static" / left.pop()
        names = re.findall(r'(?:from |import |import\()"\./([^"]+)"', path.read_text())
        new = {(path.parent / name).relative_to(ROOT / "static").as_posix() for name in names} - found
        found |= new
        left |= new
    return found


def as_written(sheet: Path) -> str:
    """A source with the sheets that it imports in their places."""
    return re.sub(r'@import "(.*)";', lambda found: (sheet.parent / found[1]).read_text(), sheet.read_text())


def test_vendored_files_are_as_pinned() -> None:
    call_command("vendor", check=True)


def test_vendor_check_names_a_changed_file(tmp_path: Path) -> None:
    for folder in ("vendor", "fonts"):
        (tmp_path / "static" / folder).mkdir(parents=True)
    (tmp_path / "static/vendor/manifest.json").write_text((ROOT / "static/vendor/manifest.json").read_text())
    (tmp_path / "static/vendor/htmx.min.js").write_text("alert(1)")
    (tmp_path / "static/vendor/stray.js").write_text("")
    with override_settings(BASE_DIR=tmp_path), pytest.raises(CommandError) as error:
        call_command("vendor", check=True)
    assert "vendor/htmx.min.js: changed" in str(error.value)
    assert "vendor/sortable.min.js: missing" in str(error.value)
    assert "vendor/stray.js: not in the manifest" in str(error.value)


def test_vendor_refuses_a_package_that_differs_from_its_pin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\ntouch package.json && tar -czf package.tgz package.json\n")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    (tmp_path / "static/vendor").mkdir(parents=True)
    (tmp_path / "static/vendor/manifest.json").write_text((ROOT / "static/vendor/manifest.json").read_text())
    with override_settings(BASE_DIR=tmp_path), pytest.raises(CommandError, match=r"htmx.org@4.0.1 is sha512-.*pins"):
        call_command("vendor")
    assert not (tmp_path / "static/vendor/htmx.min.js").exists()


def test_scripts_import_each_other_under_names_that_change_with_what_they_hold(travelling: dict[str, Path]) -> None:
    scripts = {name: path for name, path in travelling.items() if name.startswith("js/map/")}
    imported = {found for path in scripts.values() for found in re.findall(r'"\./([^"]+)"', path.read_text())}
    assert len(imported) > 5
    assert imported <= {path.name for path in scripts.values()}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_stylesheets_of_a_page_weigh_at_most_20_kb(template: Path, travelling: dict[str, Path]) -> None:
    """Those of every page and its own."""
    own = re.findall(r"{% static '(css/[^']+)' %}", template.read_text())
    assert gzipped([travelling[name] for name in {"css/every_page.css", *own}]) <= 20 * 1024


def test_sheets_say_what_was_written_when_they_travel(travelling: dict[str, Path], browser: Browser) -> None:
    page = browser.new_page()
    for sheet in SHEETS:
        travels = travelling[sheet.relative_to(ROOT / "static").as_posix()].read_text()
        said = page.evaluate(SAID, re.sub(r"\.[0-9a-f]{12}(?=\.woff2)", "", travels))
        assert said, sheet
        assert said == page.evaluate(SAID, as_written(sheet)), sheet
    page.close()


def test_every_sheet_is_loaded_by_a_page() -> None:
    texts = [path.read_text() for path in [*TEMPLATES, *JOINED]]
    named = {name for text in texts for name in re.findall(r"(?:static 'css/|@import \")([\w/]+\.css)", text)}
    assert named == {path.relative_to(CSS).as_posix() for path in SHEETS}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_scripts_of_a_page_weigh_at_most_60_kb_with_libraries(template: Path, travelling: dict[str, Path]) -> None:
    """Those of every page, its own, and what they import, as they travel: without comments."""
    loaded = scripts_of(ROOT / "templates/base.html") | scripts_of(template)
    loaded |= {found for name in loaded for found in imported_by(name)}
    assert len(loaded) >= 4
    assert gzipped([travelling[name] for name in loaded]) <= 60 * 1024


def test_every_script_is_loaded_by_a_page_and_travels_without_comments(travelling: dict[str, Path]) -> None:
    loaded = {name for template in TEMPLATES for name in scripts_of(template)}
    loaded |= {found for name in loaded for found in imported_by(name)}
    scripts = {name: path for name, path in travelling.items() if name.endswith(".js")}
    assert set(scripts) == loaded
    assert not any(path.read_text().startswith("//") or not path.read_text() for path in scripts.values())


@pytest.mark.parametrize("path", [path for path in SHEETS if path not in JOINED], ids=lambda path: path.name)
def test_stylesheets_stay_small_and_in_their_layer(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= 300
    assert f"@layer {LAYERS[path.relative_to(CSS).parts[0]]} {{" in text
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_every_variable_used_is_defined(path: Path) -> None:
    everywhere = "".join(sheet.read_text() for sheet in SHEETS)
    used = set(re.findall(r"var\((--[\w-]+)\)", path.read_text()))
    assert not {name for name in used if f"{name}:" not in everywhere}


@pytest.mark.parametrize(
    "path",
    [path for path in TEMPLATES if path not in MAILS],
    ids=lambda path: path.relative_to(ROOT / "templates").as_posix(),
)
def test_templates_hold_no_inline_script_or_style(path: Path) -> None:
    text = re.sub(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", "", path.read_text(), flags=re.DOTALL)
    scripts = re.findall(r"<script\b[^>]*>", text)
    assert all("src=" in script or "application/json" in script or "nonce=" in script for script in scripts)
    assert not re.search(r"<style\b(?![^>]*nonce=)", text)
    assert not re.search(r"""<[^>]*\s(style|on\w+)\s*=\s*["']""", text)
    assert not re.search(r"hx-on|hx-trigger=[^>]*\[|javascript:", text), "needs eval, which the policy forbids"


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_mails_load_nothing_and_run_nothing(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<(script|img|link|iframe|form|svg|video|object|base)\b", text)
    assert not re.search(r"""<[^>]*\s(on\w+|src|srcset|background)\s*=""", text)
    assert not re.search(r"url\(|@import|@font-face|javascript:|{%\s*static", text)
