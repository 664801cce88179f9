"""CSV files as other programs write them: encodings, delimiters, broken quotes; read in pieces."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.actions.imports.csv_files import Place, normalise, read_rows
from drumbeat.core.errors import DomainError

TABLE = "name;email\nJürgen;j@example.com\nKim;k@example.com\n"


def read_all(folder, data, limit=1000):
    source, copy = folder / "people.csv", folder / "copy.csv"
    source.write_bytes(data)
    file = normalise(source, copy)
    rows, place = [], file.start
    while True:
        more, place = read_rows(copy, file.delimiter, place, limit)
        rows += more
        if len(more) < limit:
            return file, rows


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TABLE.encode(), id="UTF-8"),
        pytest.param(TABLE.encode("utf-8-sig"), id="UTF-8 with a mark"),
        pytest.param(TABLE.encode("utf-16"), id="UTF-16 with a mark"),
        pytest.param(TABLE.encode("utf-16-le"), id="UTF-16 little-endian without a mark"),
        pytest.param(TABLE.encode("utf-16-be"), id="UTF-16 big-endian without a mark"),
        pytest.param(TABLE.encode("cp1252"), id="Windows-1252"),
        pytest.param(TABLE.replace("\n", "\r\n").encode(), id="lines of Windows"),
        pytest.param(TABLE.replace("\n", "\r").encode(), id="lines of an old Macintosh"),
        pytest.param(TABLE.replace(";", ",").encode(), id="commas"),
        pytest.param(TABLE.replace(";", "\t").encode(), id="tabs"),
        pytest.param(TABLE.replace(";", "|").encode(), id="bars"),
        pytest.param(("sep=;\n" + TABLE).encode(), id="a first line for spreadsheets"),
        pytest.param(TABLE.rstrip("\n").encode(), id="no end of the last line"),
        pytest.param(TABLE.replace("Kim", "K\x00im").encode(), id="a stray NUL"),
        pytest.param(TABLE.replace("Kim", "\n\n;\nKim").encode(), id="empty lines"),
    ],
)
def test_the_same_table_in_every_guise(tmp_path, data):
    file, rows = read_all(tmp_path, data)
    assert list(file.header) == ["name", "email"]
    assert [list(row.cells) for row in rows] == [["Jürgen", "j@example.com"], ["Kim", "k@example.com"]]
    assert not any(row.fault for row in rows)


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        pytest.param(b"", "csv_empty", "empty", id="nothing"),
        pytest.param(b"\n\n", "csv_empty", "no header", id="only empty lines"),
        pytest.param(
            "e\nJürgen\n".encode() + b"k\nbroken \xff\n",
            "csv_undecodable",
            "line 4",
            id="UTF-8 that was damaged",
        ),
        pytest.param(b"e\nx\n\x81\n", "csv_undecodable", "line 3", id="no encoding at all"),
        pytest.param(
            "e\nx\n".encode("utf-16") + b"\x00", "csv_undecodable", "line 3", id="UTF-16 cut in a letter"
        ),
    ],
)
def test_what_nobody_could_read_rightly_is_refused_with_its_line(tmp_path, data, code, words):
    with pytest.raises(DomainError) as refused:
        read_all(tmp_path, data)
    assert refused.value.code == code
    assert words in refused.value.message


def test_a_fault_beyond_the_first_piece_is_found_with_its_line(tmp_path):
    good = "é,x\n" * 50_000
    with pytest.raises(DomainError) as refused:
        read_all(tmp_path, good.encode() + b"\xff\n")
    assert "line 50001" in refused.value.message


def test_cells_may_hold_delimiters_quotes_and_lines(tmp_path):
    data = b'email,note\nk@example.com,"a, ""b""\nand c"\n'
    _, (row,) = read_all(tmp_path, data)
    assert (list(row.cells), row.line) == (["k@example.com", 'a, "b"\nand c'], 3)


def test_a_quote_that_is_never_closed_is_one_fault_with_its_lines(tmp_path):
    lines = ["email,note", "k@example.com,fine", 'l@example.com,"open', *["m@example.com,x"] * 60]
    _, rows = read_all(tmp_path, "\n".join(lines).encode())
    assert [bool(row.fault) for row in rows] == [False, True]
    assert "Lines 3 to 63" in rows[1].fault


def test_a_cell_beyond_reason_is_a_fault_and_the_next_rows_are_read(tmp_path):
    data = f"email,note\nk@example.com,{'x' * 200_000}\nl@example.com,fine\n"
    _, rows = read_all(tmp_path, data.encode())
    assert [bool(row.fault) for row in rows] == [True, False]
    assert list(rows[1].cells) == ["l@example.com", "fine"]


_CELL = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
)
_ROWS = st.lists(st.tuples(_CELL, _CELL).filter(lambda row: any(cell.strip() for cell in row)), max_size=12)


@given(rows=_ROWS, limit=st.integers(1, 5))
def test_reading_in_pieces_reads_what_was_written(tmp_path_factory, rows, limit):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([("a", "b"), *rows])
    _, read = read_all(tmp_path_factory.mktemp("csv"), text.getvalue().encode(), limit)
    assert [tuple(row.cells) for row in read] == rows


def test_a_place_is_a_byte_and_a_line(tmp_path):
    copy = tmp_path / "copy.csv"
    copy.write_text("a,b\n1,2\n3,4\n")
    rows, place = read_rows(copy, ",", Place(), 2)
    assert (len(rows), place) == (2, Place(8, 2))
    rows, place = read_rows(copy, ",", place, 2)
    assert (rows[0].line, place) == (3, Place(12, 3))
