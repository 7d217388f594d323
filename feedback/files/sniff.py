"""Guessing how a file is to be read. The person may correct every guess."""

import csv
import io
import re
import zipfile
from collections import Counter

from python_calamine import CalamineError, CalamineWorkbook

from feedback.files.table import LARGEST_UPLOAD, Settings, Unreadable, Why, as_text

ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "cp1250", "cp850", "mac-roman")
DELIMITERS = (",", ";", "\t", "|")
MOST_MEMBERS = 100
MOST_UNPACKED = 100 * 1024 * 1024  # bytes
LOOKED_AT = 64 * 1024  # bytes or characters at the beginning of a file
HEAD = 5  # rows by which it is seen which of them name the columns
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")


def sniff(content: bytes) -> Settings:
    """How to read this file, by what it holds and not by its name. Raises Unreadable where there is no way."""
    if not content.strip():
        raise Unreadable(Why.EMPTY)
    if len(content) > LARGEST_UPLOAD:
        raise Unreadable(Why.TOO_LARGE, limit=LARGEST_UPLOAD // 1024**2)
    if content.startswith(b"PK\x03\x04"):
        return _sniff_workbook(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(Why.OLD_EXCEL)
    encoding = sniff_encoding(content)
    text = content.decode(encoding, errors="replace")[:LOOKED_AT].lstrip("\ufeff")
    if not text.strip():
        raise Unreadable(Why.EMPTY)
    delimiter = sniff_delimiter(text)
    try:
        head = [row for _, row in zip(range(HEAD), csv.reader(io.StringIO(text), delimiter=delimiter), strict=False)]
    except csv.Error:
        head = []
    header, first = sniff_header(head)
    return Settings(kind="csv", encoding=encoding, delimiter=delimiter, header=header, first=first)


def sniff_encoding(content: bytes) -> str:
    """The encoding of a text. Raises Unreadable for what is no text."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    head = content[:LOOKED_AT]
    if head.count(0) > len(head) // 4:  # every second byte of Western text in UTF-16
        even = head[::2].count(0) > head[1::2].count(0)
        return "utf-16-be" if even else "utf-16-le"
    if sum(byte < 32 and byte not in b"\t\n\r\f\0" for byte in head) > len(head) // 50:
        raise Unreadable(Why.BINARY)
    return next(encoding for encoding in ("utf-8", "cp1252", "latin-1") if _is_written_in(content, encoding))


def _is_written_in(content: bytes, encoding: str) -> bool:
    """Whether every byte means something in that encoding; in Latin-1 every byte does."""
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def sniff_delimiter(text: str) -> str:
    """The sign that cuts most rows into the same number of cells, more than one; a comma where none does."""
    best, found = (0.0, 0), ","
    for delimiter in DELIMITERS:
        lengths: Counter[int] = Counter()
        try:
            for _, row in zip(range(50), csv.reader(io.StringIO(text), delimiter=delimiter), strict=False):
                lengths[len(row)] += bool(row)
        except csv.Error:
            continue
        width, times = max(lengths.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
        quality = (times / max(1, lengths.total()), width)
        if width > 1 and quality > best:
            best, found = quality, delimiter
    return found


def sniff_header(head: list[list[str]]) -> tuple[int, int]:
    """Which row names the columns (0: none) and which is the first with data.

    A row with numbers in it names nothing, unless they are all years or numbers in a row of names. Qualtrics writes
    names, wording and import ids into the first three rows.
    """
    if _is_of_qualtrics(head):
        return 1, 4
    first = [cell.strip() for cell in head[0] if cell.strip()] if head else []
    numbers = sum(_NUMBER.fullmatch(cell) is not None for cell in first)
    return (0, 1) if first and numbers * 2 >= len(first) else (1, 2)


def _is_of_qualtrics(head: list[list[str]]) -> bool:
    return len(head) >= 3 and any("ImportId" in cell for cell in head[2])


def _sniff_workbook(content: bytes) -> Settings:
    """As `sniff`, for what begins like a ZIP archive: its directory is read before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile:
        raise Unreadable(Why.BROKEN) from None
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise Unreadable(Why.UNPACKED, limit=MOST_UNPACKED // 1024**2, members=MOST_MEMBERS)
    if not any(member.filename.startswith("xl/workbook") for member in members):
        raise Unreadable(Why.ARCHIVE)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = tuple(book.sheet_names)
        if not sheets:
            raise Unreadable(Why.EMPTY)
        head = book.get_sheet_by_index(0).to_python(skip_empty_area=False, nrows=HEAD)
    except CalamineError:
        raise Unreadable(Why.BROKEN) from None
    header, first = (1, 4) if _is_of_qualtrics([[as_text(cell) for cell in row] for row in head]) else (1, 2)
    return Settings(kind="xlsx", sheet=sheets[0], sheets=sheets, header=header, first=first)
