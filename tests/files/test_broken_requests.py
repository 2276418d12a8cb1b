"""Requests files that cannot be used are refused with a sentence that says what to do."""

import pytest

from service.files.problems import RequestsRejected
from service.files.requests import MAX_PEOPLE, read_requests

HEAD = b"request_id,person_id,given_name\n"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b" \n\n", "file_empty"),
        (b"PK\x03\x04rest of a workbook", "not_a_text_table"),
        (b"\xd0\xcf\x11\xe0rest", "not_a_text_table"),
        (b"nothing here\nis a heading\n", "headings_missing"),
        (b"request_id,given_name\nR1,A\n", "columns_missing"),
        (b"request_id,person_id,sex\nR1,1,F\n", "columns_missing"),
        (b"request_id,person_id,given_name,given_name\nR1,1,A,B\n", "column_twice"),
        (HEAD, "no_requests"),
        (HEAD + b",,A\n", "no_requests"),
        (HEAD + b'R1,1,"' + b"x" * 200_000, "broken_table"),
        (b"\xff\xfe" + HEAD + b"x", "wrong_encoding"),
    ],
)
def test_an_unusable_file_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(RequestsRejected) as caught:
        read_requests(data)
    assert caught.value.code == code
    assert len(caught.value.sentence) > 20


def test_a_wrongly_named_encoding_is_refused() -> None:
    with pytest.raises(RequestsRejected) as caught:
        read_requests(HEAD + "R1,1,Анна\n".encode("cp1251"), "utf-8")
    assert caught.value.code == "wrong_encoding"


def test_a_crowd_is_cut_at_the_limit_and_the_rest_named() -> None:
    rows = b"".join(b"R1,%d,A\n" % n for n in range(MAX_PEOPLE + 2))
    reading = read_requests(HEAD + rows)
    assert len(reading.requests[0].sought) == MAX_PEOPLE
    assert [p.code for p in reading.problems] == ["request_too_large"] * 2


def test_a_long_cell_is_cut_and_named() -> None:
    reading = read_requests(HEAD + b"R1,1," + b"A" * 3000 + b"\n")
    assert [p.code for p in reading.problems] == ["text_cut"]
    assert len(reading.requests[0].sought[0].person.names[0].text) == 2000


def test_nul_and_direction_marks_do_not_end_a_row() -> None:
    reading = read_requests(HEAD + "R1,1,\u200fإبراهيم\u200e\nR1,2,A\x00B\n".encode())
    assert [p.person.written() for p in reading.requests[0].sought] == [("إبراهيم",), ("A\x00B",)]
