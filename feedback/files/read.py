"""Reading a file as settled: text with a separator, or one sheet of a workbook."""

import csv
import io
from collections.abc import Iterable, Iterator

from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

from feedback.files.table import (
    LONGEST_WORDING,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Row,
    Settings,
    Table,
    Unreadable,
    Why,
    shown,
)

csv.field_size_limit(1024 * 1024)


def read_table(content: bytes, settings: Settings) -> Table:
    """The whole table. Raises Unreadable; rows that do not fit the header are kept as they are, to be told of."""
    rows = _read_sheet(content, settings) if settings.kind == "xlsx" else _read_text(content, settings)
    header: list[Cell] = []
    wording: list[Cell] = []
    below: list[Row] = []
    last = 0
    for last, cells in enumerate(rows, start=1):
        if last == settings.header:
            header = cells
        if last == settings.wording:
            wording = cells
        if last < settings.first or not any(cell != "" for cell in cells):
            continue
        below.append(Row(last, cells))
        if len(below) > MOST_ROWS:
            raise Unreadable(Why.ROWS, limit=MOST_ROWS)
    if settings.header > last:
        raise Unreadable(Why.HEADER, rows=last, header=settings.header)
    width = len(header) if settings.header else max((len(row.cells) for row in below), default=0)
    if width > MOST_COLUMNS:
        raise Unreadable(Why.COLUMNS, limit=MOST_COLUMNS)
    if not below or not width:
        raise Unreadable(Why.NO_ROWS)
    return Table(_names(header, width), below, [shown(cell, LONGEST_WORDING) for cell in wording[:width]])


def _names(header: list[Cell], width: int) -> list[str]:
    """A name for every column, each once: letters as in a spreadsheet where the header has none."""
    names: list[str] = []
    seen: set[str] = set()
    for index in range(width):
        name = (shown(header[index]) if index < len(header) else "") or letters(index)
        again = 2
        unique = name
        while unique in seen:
            unique, again = f"{name} ({again})", again + 1
        seen.add(unique)
        names.append(unique)
    return names


def letters(index: int) -> str:
    """What a spreadsheet calls a column: A, B … Z, AA, AB."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def _read_text(content: bytes, settings: Settings) -> Iterator[list[Cell]]:
    try:
        text = content.decode(settings.encoding)
    except UnicodeError:
        raise Unreadable(Why.ENCODING, encoding=settings.encoding.upper()) from None
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
    number = 0
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=settings.delimiter, strict=True), start=1):  # noqa: B007
            yield [cell.strip() for cell in cells]
    except csv.Error:
        raise Unreadable(Why.QUOTES, row=number + 1) from None


def _read_sheet(content: bytes, settings: Settings) -> Iterable[list[Cell]]:
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(settings.sheet)
        if sheet.height > MOST_ROWS + settings.first:
            raise Unreadable(Why.ROWS, limit=MOST_ROWS)
        if sheet.width > MOST_COLUMNS:
            raise Unreadable(Why.COLUMNS, limit=MOST_COLUMNS)
        rows = sheet.to_python(skip_empty_area=False)
    except WorksheetNotFound:
        raise Unreadable(Why.NO_SHEET, sheet=settings.sheet) from None
    except CalamineError:
        raise Unreadable(Why.BROKEN) from None
    return ([cell.strip() if isinstance(cell, str) else _whole(cell) for cell in row] for row in rows)


def _whole(cell: object) -> Cell:
    """A spreadsheet's 9.0 is 9."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15 else cell  # type: ignore[return-value]
