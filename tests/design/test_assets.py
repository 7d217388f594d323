"""What the browser loads is as pinned, light, and within the content security policy."""

import gzip
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

ROOT = Path(__file__).parents[2]
CSS, JS = ROOT / "static" / "css", ROOT / "static" / "js"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LAYERS = {"tokens.css": "tokens", "base.css": "base", "components": "components", "screens": "screens"}


def gzipped(paths: list[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


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


def test_scripts_import_each_other_under_names_that_change_with_what_they_hold(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=tmp_path):
        call_command("collectstatic", interactive=False, verbosity=0)
    names = {path.name: path for path in (tmp_path / "js" / "map").glob("*.js")}
    hashed = [path.read_text() for name, path in names.items() if re.fullmatch(r"\w+\.[0-9a-f]{12}\.js", name)]
    imported = {name for text in hashed for name in re.findall(r'"\./([^"]+)"', text)}
    assert len(imported) > 5
    assert not {name for name in imported if name.count(".") != 2 or name not in names}


def test_stylesheets_of_a_page_weigh_at_most_20_kb() -> None:
    """All components and the heaviest sheet of a screen; the map loads several, which `bench weight` adds up."""
    screens = sorted((CSS / "screens").glob("*.css"))
    everywhere = sorted(path for path in CSS.rglob("*.css") if path not in screens)
    assert gzipped(everywhere) + max(gzipped([screen]) for screen in screens) <= 20 * 1024


def test_scripts_weigh_at_most_60_kb_with_libraries(tmp_path: Path) -> None:
    """All of them as they travel: without comments."""
    with override_settings(STATIC_ROOT=tmp_path):
        call_command("collectstatic", interactive=False, verbosity=0)
    travel = [path for path in tmp_path.rglob("*.js") if re.search(r"\.[0-9a-f]{12}\.js$", path.name)]
    assert len(travel) > 10
    assert gzipped(travel) <= 60 * 1024
    assert not any(path.read_text().startswith("//") or not path.read_text() for path in travel)


@pytest.mark.parametrize("path", sorted(CSS.rglob("*.css")), ids=lambda path: path.name)
def test_stylesheets_stay_small_and_in_their_layer(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= 300
    assert f"@layer {LAYERS[path.relative_to(CSS).parts[0]]} {{" in text
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("path", sorted(CSS.rglob("*.css")), ids=lambda path: path.name)
def test_every_variable_used_is_defined(path: Path) -> None:
    everywhere = "".join(sheet.read_text() for sheet in CSS.rglob("*.css"))
    used = set(re.findall(r"var\((--[\w-]+)\)", path.read_text()))
    assert not {name for name in used if f"{name}:" not in everywhere}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_templates_hold_no_inline_script_or_style(path: Path) -> None:
    text = re.sub(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", "", path.read_text(), flags=re.DOTALL)
    scripts = re.findall(r"<script\b[^>]*>", text)
    assert all("src=" in script or "application/json" in script or "nonce=" in script for script in scripts)
    assert not re.search(r"<style\b(?![^>]*nonce=)", text)
    assert not re.search(r"""<[^>]*\s(style|on\w+)\s*=\s*["']""", text)
    assert not re.search(r"hx-on|hx-trigger=[^>]*\[|javascript:", text), "needs eval, which the policy forbids"
