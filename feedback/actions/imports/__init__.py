"""Answers from a file: what people do with an import, and what a worker does for them."""

from feedback.actions.imports.course import (
    Upload,
    begin_import,
    cancel_import,
    check_import,
    discard_import,
    reopen_import,
    settle_and_check,
    store_import,
    take_back,
)
from feedback.actions.imports.draft import IMPORT, beginning, imported_before, plan_of, profiles_of, unreadable
from feedback.actions.imports.mapping import map_columns, map_to_own_attributes, read_differently, settle, use_mapping
from feedback.actions.imports.saved import delete_mapping, save_mapping

__all__ = [
    "IMPORT",
    "Upload",
    "begin_import",
    "beginning",
    "cancel_import",
    "check_import",
    "delete_mapping",
    "discard_import",
    "imported_before",
    "map_columns",
    "map_to_own_attributes",
    "plan_of",
    "profiles_of",
    "read_differently",
    "reopen_import",
    "save_mapping",
    "settle",
    "settle_and_check",
    "store_import",
    "take_back",
    "unreadable",
    "use_mapping",
]
