"""Where static files are served from."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Under its final name: imports are found, and renamed, in the text as it was written.
OWN_SCRIPT = re.compile(r"(?:^|/)js/.*\.[0-9a-f]{12}\.js$")
IMPORTED_SHEET = re.compile(r'@import "([^"]+)";\s*')
REMARK, BLANK_BESIDE, BLANK = re.compile(r"/\*.*?\*/", re.DOTALL), re.compile(r"\s*([{};])\s*"), re.compile(r"\s+")


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Files under names that change with what they hold; scripts import each other under these names, too.

    So a browser keeps each for ever, and after an upgrade none meets another of the version before. Our own scripts and
    stylesheets travel without comments and indentation, and sheets that one sheet imports travel in it, so that the
    first paint waits for one answer; what is vendored stays as it was pinned.
    """

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, tuple[Storage, str]], *args: Any, **options: Any) -> Iterator[Any]:
        """Hash, and compress, what is to travel; yields names as Django's storages do."""
        read = {
            name: (Sheets(source), path) if name.endswith(".css") else (source, path)
            for name, (source, path) in paths.items()
        }
        yield from super().post_process(read, *args, **options)

    def _save(self, name: str, content: "File[Any]") -> str:
        if OWN_SCRIPT.search(name):
            content = ContentFile(jsmin(b"".join(content.chunks()).decode()).encode())
        saved: str = super()._save(name, content)
        return saved


class Sheets:
    """The stylesheets of a folder as they travel: what a sheet imports stands in it, remarks and indentation do not.

    No more is taken away, by purpose: rcssmin would save 0.3 kB, and read a nested `.menu :is(a)` as `.menu:is(a)`.
    A relative address in an imported sheet is read from where the importing one lies; collecting fails if it is not
    found there.
    """

    def __init__(self, source: Storage) -> None:
        self.source = source

    def open(self, path: str) -> "ContentFile[bytes]":
        """The sheet at that path, all imports replaced."""
        text = BLANK_BESIDE.sub(r"\1", REMARK.sub("", self._whole(path)))
        return ContentFile(BLANK.sub(" ", text).strip().encode())

    def _whole(self, path: str) -> str:
        folder = posixpath.dirname(path)
        with self.source.open(path) as sheet:
            text: str = sheet.read().decode()
        return IMPORTED_SHEET.sub(lambda found: self._whole(posixpath.join(folder, found[1])), text)
