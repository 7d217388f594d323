"""Cells of tables that other programs open."""

from typing import Any

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def harmless(cells: list[Any]) -> list[Any]:
    """The cells with texts that no spreadsheet takes for a formula. Numbers stay numbers, negative ones, too."""
    return [f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell for cell in cells]
