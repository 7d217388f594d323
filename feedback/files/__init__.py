"""Uploaded files as tables: bytes in, rows out. Nothing here knows what the columns mean."""

from feedback.files.read import read_table
from feedback.files.sniff import sniff
from feedback.files.table import (
    LARGEST_UPLOAD,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Row,
    Settings,
    Table,
    Unreadable,
    Why,
    as_text,
    shown,
)

__all__ = [
    "LARGEST_UPLOAD",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "Cell",
    "Row",
    "Settings",
    "Table",
    "Unreadable",
    "Why",
    "as_text",
    "read_table",
    "shown",
    "sniff",
]
