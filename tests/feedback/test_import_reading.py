"""Files as people really send them: each is read, or refused with a clear word; nothing is half stored."""

import datetime
import io
import zipfile
from typing import Any

import openpyxl
import pytest

from feedback.actions import imports
from feedback.columns import Column
from feedback.files import LARGEST_UPLOAD, Settings, Unreadable, Why, read_table, sniff
from feedback.masking import masked
from feedback.models import Response
from tests.importing import Drafted, reasons, values
from workspaces.models import Job, Workspace

LONG = "date,metric,score,verbatim\n2026-03-01,nps,9,Größe – gut\n2026-03-02,nps,3,\n"
MOMENT = datetime.datetime(2026, 3, 1, 10, 30)  # noqa: DTZ001 - spreadsheets know no time zone


def workbook(*rows: list[Any]) -> bytes:
    """An XLSX file that another program wrote."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def archive(**members: bytes) -> bytes:
    """A ZIP archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_separator_are_found(encoding: str, delimiter: str) -> None:
    content = LONG.replace(",", delimiter).encode(encoding)
    table = read_table(content, sniff(content))
    assert table.columns == ["date", "metric", "score", "verbatim"]
    assert table.rows[0].cells == ["2026-03-01", "nps", "9", "Größe – gut"]
    assert table.rows[1] == (3, ["2026-03-02", "nps", "3", ""])


def test_latin_1_is_read() -> None:
    content = "name;nps\nMüller\x81;9\n".encode("latin-1")
    assert sniff(content).encoding == "latin-1"


def test_the_guess_can_be_corrected() -> None:
    content = "name,nps\nM\u00fcller,9\n".encode("mac-roman")
    guessed = sniff(content)
    corrected = Settings(**{**guessed.as_json(), "encoding": "mac-roman", "sheets": ()})
    assert read_table(content, corrected).rows[0].cells[0] == "Müller"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Why.EMPTY),
        (b"\xef\xbb\xbf", Why.EMPTY),
        (b" \r\n\r\n", Why.EMPTY),
        (archive(**{"survey.csv": b"nps\n9\n"}), Why.ARCHIVE),
        (archive(**{f"xl__part{n}": b"" for n in range(101)}), Why.UNPACKED),
        (archive(**{"xl__workbook.xml": b"0" * (101 * 1024**2)}), Why.UNPACKED),
        (archive(**{"xl__workbook.xml": b"<nonsense"}), Why.BROKEN),
        (b"PK\x03\x04 and then nothing", Why.BROKEN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", Why.OLD_EXCEL),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x01\x02\x03", Why.BINARY),
        (b"nps\n" + b"9\n" * (LARGEST_UPLOAD // 2), Why.TOO_LARGE),
    ],
    ids=["empty", "mark", "blank", "zip", "parts", "bomb", "damaged", "cut off", "old", "picture", "large"],
)
def test_no_table_is_refused_with_its_reason(content: bytes, why: Why) -> None:
    with pytest.raises(Unreadable) as refused:
        sniff(content)
    assert refused.value.why is why
    assert "%" not in refused.value.message


def test_rows_and_columns_have_limits() -> None:
    many = b"nps\n" + b"9\n" * 100_001
    with pytest.raises(Unreadable, match="rows"):
        read_table(many, sniff(many))
    wide = ",".join(f"c{n}" for n in range(501)).encode() + b"\n" + b",".join([b"1"] * 501)
    with pytest.raises(Unreadable, match="columns"):
        read_table(wide, sniff(wide))


@pytest.mark.django_db
def test_unpaired_quotes_can_be_corrected(drafted: Drafted) -> None:
    job = drafted('a,b\n1,"open\n2,3\n')
    assert "row 2" in imports.unreadable(job).message


def test_two_hundred_columns_and_duplicate_names() -> None:
    names = ["nps", *(f"q{n % 150}" for n in range(199))]
    content = (",".join(names) + "\n" + ",".join(["5"] * 200) + "\n").encode()
    table = read_table(content, sniff(content))
    assert len(table.columns) == len(set(table.columns)) == 200
    assert table.columns[151] == "q0 (2)"


def test_a_file_without_header_gets_letters() -> None:
    content = b"2026-03-01,9,5\n2026-03-02,7,4\n"
    settings = sniff(content)
    table = read_table(content, settings)
    assert (settings.header, table.columns, len(table.rows)) == (0, ["A", "B", "C"], 2)


def test_qualtrics_has_three_rows_above_the_answers() -> None:
    content = b'Q1,Q2\n"How likely?",Why?\n"{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"\n9,fast\n'
    table = read_table(content, sniff(content))
    assert table.columns == ["Q1", "Q2"]
    assert table.rows == [(4, ["9", "fast"])]


def test_workbook_cells_keep_their_types() -> None:
    content = workbook(
        ["date", "nps", "note", "part"],
        [datetime.date(2026, 3, 1), 9, "ok", 7.5],
        [MOMENT, 3.0, None, True],
    )
    table = read_table(content, sniff(content))
    assert table.rows[0].cells == [datetime.date(2026, 3, 1), 9, "ok", 7.5]
    assert table.rows[1].cells == [MOMENT, 3, "", True]


pytest_db = pytest.mark.django_db


@pytest_db
def test_what_is_no_answer_is_refused_never_clamped(brought: Drafted, workspace: Workspace) -> None:
    bad = ["11", "7.5", "n/a", "=1+1", "-1", "9\0", "true", "1e1", "99999999999999999999"]
    content = "id,nps\n" + "".join(f"{number},{value}\n" for number, value in enumerate(bad)) + "good,7.0\n"
    job = brought(content)
    assert values(workspace) == [7]
    assert [(row, value) for row, _, value, _ in reasons(job)] == [
        (number + 2, masked(value.replace("\0", "␀"))) for number, value in enumerate(bad)
    ]
    codes = [code for *_, code in reasons(job)]
    assert codes[:3] == ["out of range", "decimal", "not a number"]


@pytest_db
@pytest.mark.parametrize(
    ("date", "code"),
    [
        ("9999-12-31", "impossible date"),
        ("9999-12-31 23:59", "impossible date"),
        ("1969-12-31", "impossible date"),
        ("2199-01-01", "future"),
        ("2026-02-30", "date"),
        ("yesterday", "date"),
        ("", "date"),
    ],
)
def test_impossible_dates_are_refused(brought: Drafted, workspace: Workspace, date: str, code: str) -> None:
    job = brought(f"id,date,metric,score\na,{date},nps,9\nb,2026-03-01,nps,8\n")
    assert [(row, code) for row, *_, code in reasons(job)] == [(2, code)]
    assert values(workspace) == [8]


@pytest_db
def test_ragged_rows_are_refused(brought: Drafted, workspace: Workspace) -> None:
    job = brought("id,nps\na,9\nb\nc,8,5\nd,7,\n")
    assert [(row, code) for row, *_, code in reasons(job)] == [(3, "ragged"), (4, "ragged")]
    assert values(workspace) == [9, 7]


@pytest_db
def test_the_same_id_twice_in_a_file_is_told(brought: Drafted, workspace: Workspace) -> None:
    job = brought("id,nps\na,9\na,3\n,5\n")
    assert [(row, code) for row, *_, code in reasons(job)] == [(3, "twice"), (4, "no id")]
    assert values(workspace) == [9]


@pytest_db
def test_a_workbook_is_imported_like_a_text(brought: Drafted, workspace: Workspace) -> None:
    rows: list[list[Any]] = [
        ["date", "metric", "score", "verbatim"],
        [datetime.date(2026, 3, 1), "CES", 7, "=1+1"],
        [None, "nps", 9, ""],
    ]
    job = brought(workbook(*rows), name="answers.xlsx")
    stored = Response.objects.of(workspace).get()
    assert (stored.metric, stored.value, stored.submission.day) == ("ces", 7, datetime.date(2026, 3, 1))
    assert [(row, code) for row, *_, code in reasons(job)] == [(3, "date")]


@pytest_db
def test_metrics_and_scales_that_nobody_knows(brought: Drafted, workspace: Workspace) -> None:
    job = brought("id,metric,score,scale_min,scale_max\na,love,5,,\nb,csat,5,1,10\nc,csat,5,1,7\nd,csat,,1,7\n")
    assert [(row, code) for row, *_, code in reasons(job)] == [
        (2, "metric unknown"),
        (3, "scale unknown"),
        (5, "empty"),
    ]
    assert values(workspace) == [5]


@pytest_db
def test_times_are_told_apart_from_dates(brought: Drafted, workspace: Workspace) -> None:
    brought("id,date,nps\na,03/01/2026 12:00:00 AM,9\nb,03/13/2026 11:30 PM,8\nc,2026-03-01T23:30:00Z,7\n")
    days = [r.submission.day for r in Response.objects.of(workspace).order_by("pk")]
    assert days == [datetime.date(2026, 3, 1), datetime.date(2026, 3, 13), datetime.date(2026, 3, 2)]


@pytest_db
def test_a_day_that_the_month_has_not(brought: Drafted, workspace: Workspace) -> None:
    job = brought("id,day,nps\na,31,9\nb,30,8\nc,x,7\n", {"day": Column(part="day")}, month="2026-04", day="")
    assert [(row, code) for row, *_, code in reasons(job)] == [(2, "day"), (4, "day")]


@pytest_db
def test_nothing_of_a_refused_upload_stays(workspace: Workspace, drafted: Drafted) -> None:
    with pytest.raises(Unreadable):
        drafted(b"")
    with pytest.raises(Unreadable):
        drafted(workbook())
    assert not Job.objects.of(workspace).exists()
