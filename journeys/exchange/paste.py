"""Cells that were copied in a spreadsheet, as text."""

import csv
import io


def table_of(text: str) -> bytes:
    """Pasted cells as a table that can be read like a file: tabs between cells, and every cell in quotation marks.

    Spreadsheets quote a cell only where it has several lines, and leave quotation marks of its own as they are; where
    that cannot be told apart, each line is a row.
    """
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True))
    except csv.Error:
        rows = [line.split("\t") for line in text.splitlines()]
    table = io.StringIO()
    csv.writer(table, delimiter="\t", quoting=csv.QUOTE_ALL).writerows(rows)
    return table.getvalue().encode()
