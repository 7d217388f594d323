"""Where static files are served from."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Files under names that change with what they hold; scripts import each other under these names, too.

    So a browser keeps each for ever, and after an upgrade none meets another of the version before.
    """

    support_js_module_import_aggregation = True
