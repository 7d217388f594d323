"""The whole workbook."""

import io

import xlsxwriter

from scorecards.explaining import Explanation
from scorecards.workbook.score import write_score
from scorecards.workbook.sums import Writing


def workbook_of(explained: Explanation) -> bytes:
    """The workbook, in the reader's language. Where no number is told it holds the counts, and no score."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        writing = Writing(book, explained)
        writing.tell()
        writing.count()
        writing.tell_usual()
        writing.add_up()
        if explained.number is not None:
            write_score(writing)
    return file.getvalue()
