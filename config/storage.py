"""Where static files are served from."""

import re
from typing import Any

from django.core.files.base import ContentFile, File
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Under its final name: imports are found, and renamed, in the text as it was written.
OWN_SCRIPT = re.compile(r"(?:^|/)js/.*\.[0-9a-f]{12}\.js$")


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Files under names that change with what they hold; scripts import each other under these names, too.

    So a browser keeps each for ever, and after an upgrade none meets another of the version before. Our own scripts
    travel without comments and indentation; what is vendored stays as it was pinned.
    """

    support_js_module_import_aggregation = True

    def _save(self, name: str, content: "File[Any]") -> str:
        if OWN_SCRIPT.search(name):
            content = ContentFile(jsmin(b"".join(content.chunks()).decode()).encode())
        saved: str = super()._save(name, content)
        return saved
