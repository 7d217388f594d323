"""What a browser is sent for the map: scripts and styles as they travel, the Overview's HTML, and its elements."""

import gzip
import re
import tempfile
from html.parser import HTMLParser
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from bench.frame import arguments, figure
from bench.frame_map import Editor, address, drawn
from journeys.views.drawing import DRAWINGS

HASHED = re.compile(r"\.[0-9a-f]{12}\.(?:js|css)$")
SCRIPTS = re.compile(r'<script src="/static/([^"]+?)(?:\.[0-9a-f]{12})?\.js"')
IMPORTS = re.compile(r'(?:from |import |import\()"\./([^"]+)"')
STYLES = re.compile(r'<link rel="stylesheet" href="/static/([^"]+?)(?:\.[0-9a-f]{12})?\.css"')


def main(words: list[str]) -> None:
    """Figures of `weight`."""
    sizes = arguments(words, small=24, large=500)
    editor = Editor()
    page = ""
    for touchpoints in (sizes.small, sizes.large):
        DRAWINGS.clear()
        page = editor.ask(address("journey", drawn(editor, touchpoints))).body.decode()
        figure(f"weight.overview_gzip_kb.{touchpoints}", len(gzip.compress(page.encode(), 6)) / 1024, "kB")
        figure(f"weight.dom_nodes.{touchpoints}", _elements(page), "elements")
    with tempfile.TemporaryDirectory() as root, override_settings(STATIC_ROOT=root):
        call_command("collectstatic", interactive=False, verbosity=0)
        travels = [path for path in Path(root).rglob("*") if HASHED.search(path.name)]
        named = {HASHED.sub(path.suffix, path.relative_to(root).as_posix()): path for path in travels}
        scripts = [path for name, path in named.items() if name in _scripts(page)]
        loaded = {f"{name}.css" for name in STYLES.findall(page)}
        styles = [path for path in travels if HASHED.sub(".css", path.relative_to(root).as_posix()) in loaded]
        figure("weight.js_gzip_kb", _gzipped(scripts), "kB", decimals=2)
        figure("weight.css_gzip_kb", _gzipped(styles), "kB")


def _scripts(page: str) -> set[str]:
    """The scripts that a page names, and what they import, by the names that templates use."""
    found: set[str] = set()
    left = {f"{name}.js" for name in SCRIPTS.findall(page)}
    while left:
        name = left.pop()
        found.add(name)
        path = Path(settings.BASE_DIR) / "static" / name
        imported = {f"{Path(name).parent}/{other}" for other in IMPORTS.findall(path.read_text())}
        left |= imported - found
    return found


def _gzipped(paths: list[Path]) -> float:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths) / 1024


def _elements(page: str) -> int:
    count = _Count()
    count.feed(page)
    return count.elements


class _Count(HTMLParser):
    """Counts the elements of a page, those that a <template> holds in reserve left out."""

    elements = 0
    templates = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.templates += tag == "template"
        self.elements += not self.templates

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self.elements += not self.templates

    def handle_endtag(self, tag: str) -> None:
        self.templates -= tag == "template"
