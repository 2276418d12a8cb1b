"""The requests file: what is written in it arrives, and what cannot arrive is named."""

import csv
import io
from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.vocabulary import NameRole, PlaceKind, Relation, Sex, Side, SoughtRole
from service.files.columns import COLUMNS
from service.files.problems import RequestsRejected
from service.files.requests import RequestsReading, read_requests

HEAD = "request_id,person_id,role,surname,given_name,sex,birth_date,mother_name\n"


def table(rows: Sequence[dict[str, str]], columns: Sequence[str] = COLUMNS, separator: str = ",") -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(columns), delimiter=separator, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def read(text: str) -> RequestsReading:
    return read_requests(text.encode())


WRITTEN = st.text(
    st.characters(categories=("L", "M", "N", "P", "Zs"), exclude_characters=";؛\ufeff\u200e\u200f"),
    min_size=1,
    max_size=30,
).map(str.strip)
IDS = st.from_regex(r"[A-Z][0-9]{1,3}", fullmatch=True)


@st.composite
def people(draw: st.DrawFn) -> list[dict[str, str]]:
    keys = draw(st.lists(st.tuples(IDS, IDS), min_size=1, max_size=12, unique=True))
    return [
        {
            "request_id": request_id,
            "person_id": person_id,
            "role": draw(st.sampled_from([*SoughtRole])),
            "surname": draw(WRITTEN),
            "given_name": draw(st.just("") | WRITTEN),
            "other_names": ";".join(draw(st.lists(WRITTEN.filter(bool), max_size=3))),
            "sex": draw(st.sampled_from(["F", "M", ""])),
            "birth_date": draw(st.sampled_from(["", "2014", "2014-05", "2014-05-06", "2014~"])),
            "mother_name": draw(st.just("") | WRITTEN),
            "origin": draw(st.just("") | WRITTEN),
        }
        for request_id, person_id in keys
    ]


@given(people(), st.permutations(COLUMNS), st.sampled_from([",", ";", "\t"]), st.booleans())
@settings(max_examples=60)
def test_what_is_written_arrives(
    rows: list[dict[str, str]], columns: list[str], separator: str, marked: bool
) -> None:
    """Any names in any order of columns and any separator, with or without a mark, are read as written."""
    reading = read_requests(table(rows, columns, separator).encode("utf-8-sig" if marked else "utf-8"))
    assert reading.problems == ()
    found = {(q.request_id, p.person_id): p for q in reading.requests for p in q.sought}
    assert set(found) == {(row["request_id"], row["person_id"]) for row in rows}
    for row in rows:
        person = found[row["request_id"], row["person_id"]]
        assert person.role == row["role"]
        wanted = [n for n in (row["surname"], row["given_name"]) if n]
        others = [n.strip() for n in row["other_names"].split(";") if n.strip()]
        assert list(person.person.written()) == wanted + others
        assert person.person.written(NameRole.OTHER) == tuple(others)
        assert [b.raw for b in person.person.births] == ([row["birth_date"]] if row["birth_date"] else [])
        assert [k.name.text for k in person.person.kin if k.name] == [n for n in (row["mother_name"],) if n]


@given(st.binary(max_size=600))
@settings(max_examples=200)
def test_no_bytes_break_the_reader(noise: bytes) -> None:
    """Whatever follows the headings, the file is refused as a whole or every row has one fate."""
    with suppress(RequestsRejected):
        reading = read_requests(HEAD.encode() + b"R1,P1,child,A,B,,,\n" + noise)
        numbers = [*reading.rows.values(), *reading.lost_rows]
        assert len(numbers) == len(set(numbers))


def test_rows_of_one_request_meet_wherever_they_stand() -> None:
    reading = read(HEAD + "R1,1,mother,,Анна,F,,\nR2,1,child,,Юсуф,M,,\nR1,2,child,,Муса,M,,Анна\n")
    assert [(q.request_id, len(q.sought)) for q in reading.requests] == [("R1", 2), ("R2", 1)]


def test_bad_rows_are_named_by_the_row_of_a_spreadsheet_and_good_ones_kept() -> None:
    """Row numbers count headings, blank lines and quoted line breaks as a spreadsheet does."""
    text = (
        HEAD
        + 'R1,1,child,"Two\nlines",A,F,2014,\n'  # row 2
        + "\n"  # row 3
        + ",2,child,X,Y,F,2014,\n"  # row 4: no request_id
        + "R1,1,child,X,Y,F,2014,\n"  # row 5: twice
        + "R1,3,child,X,Y,F,2014,M,shifted\n"  # row 6: too many cells
        + "R1,4,child,X,Y,Q,summer,\n"  # row 7: kept, two cells not understood
        + "R1,,child,X,Y,F,2014,\n"  # row 8
    )
    reading = read(text)
    assert [p.person_id for p in reading.requests[0].sought] == ["1", "4"]
    assert reading.rows == {("R1", "1"): 2, ("R1", "4"): 7}
    assert [(p.row, p.code, p.row_lost) for p in reading.problems] == [
        (4, "request_id_missing", True),
        (5, "person_twice", True),
        (6, "too_many_cells", True),
        (7, "date_not_understood", False),
        (7, "sex_not_understood", False),
        (8, "person_id_missing", True),
    ]


def test_problems_never_quote_a_cell() -> None:
    """A report can be sent on: it holds row numbers, not people."""
    reading = read(HEAD + "R1,1,grandchild,Zyxova,Wvuta,queer,Tsrqp,\n")
    said = " ".join(p.sentence for p in reading.problems)
    assert len(reading.problems) == 3
    assert not any(word in said for word in ("Zyxova", "Wvuta", "queer", "Tsrqp", "grandchild"))


def test_an_unreadable_date_is_kept_as_written() -> None:
    person = read(HEAD + "R1,1,child,,A,,лето 2014,\n").requests[0].sought[0].person
    assert person.births[0].raw == "лето 2014"
    assert person.births[0].earliest is None


def test_columns_may_be_missing_and_unknown_ones_are_reported() -> None:
    reading = read("person_id,Shoe size,request id,Given Name\n1,38,R1,Аминат\n")
    assert reading.unknown_columns == ("Shoe size",)
    assert reading.requests[0].sought[0].person.written() == ("Аминат",)
    assert reading.requests[0].sought[0].person.sex is Sex.UNKNOWN


def test_a_child_without_a_name_is_a_child_nobody_can_name() -> None:
    person = read(HEAD + "R1,1,mother,Ю,Х,F,,\nR1,2,child,,,,2016~,Х\n").requests[0].sought[1]
    assert not person.name_known
    assert person.person.births


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_what_spreadsheets_save_is_read(encoding: str) -> None:
    """Russian requests arrive whole from the encodings that spreadsheets save."""
    rows = [
        {"request_id": f"R{n}", "person_id": "1", "surname": surname, "given_name": given, "origin": place}
        for n, (surname, given, place) in enumerate(
            [
                ("Абдурахманова", "Барият", "Каспийск, Дагестан"),
                ("Хашагульгов", "Дауд", "Карабулак, Ингушетия"),
                ("Гайтукаева", "Марет", "Курчалой, Чечня"),
                ("Шахбанова", "Эльмира", "Каякентский район"),
            ]
        )
    ]
    reading = read_requests(table(rows).encode(encoding))
    assert [q.sought[0].person.written() for q in reading.requests] == [
        (row["surname"], row["given_name"]) for row in rows
    ]
    assert reading.encoding_sure == encoding.startswith("utf")


def test_arabic_requests_in_windows_1256_are_read() -> None:
    rows = [
        {"request_id": "R1", "person_id": str(n), "given_name": given, "father_name": father, "origin": place}
        for n, (given, father, place) in enumerate(
            [("يحيى", "منير الهادي", "سوسة"), ("خديجة", "عبد الله", "القيروان"), ("فاطمة", "سليمان", "صفاقس")]
        )
    ]
    reading = read_requests(table(rows).encode("cp1256"))
    assert [p.person.written()[0] for p in reading.requests[0].sought] == ["يحيى", "خديجة", "فاطمة"]


def test_the_separator_line_of_a_spreadsheet_counts_as_a_row() -> None:
    reading = read("sep=;\nrequest_id;person_id;given_name\nR1;1;Анна\n")
    assert reading.rows == {("R1", "1"): 3}


def test_parents_are_related_to_children_only_where_the_rows_agree() -> None:
    """A child of another mother is not made the sought mother's child."""
    reading = read(
        HEAD + "R1,m,mother,Омарова,Патимат,F,,\nR1,a,child,,Али,M,,\nR1,b,child,,Иса,M,,Патимат\n"
        "R1,c,child,,Муса,M,,Зухра\n"
    )
    request = reading.requests[0]
    assert {(r.from_person, r.relation, r.to_person) for r in request.relationships} == {
        ("m", Relation.MOTHER, "a"),
        ("m", Relation.MOTHER, "b"),
    }


@pytest.mark.parametrize(
    ("words", "relation", "side"),
    [
        ("бабушка по отцу", Relation.GRANDMOTHER, Side.PATERNAL),
        ("мать / бабушка по матери", Relation.MOTHER, Side.MATERNAL),
        ("maternal aunt", Relation.AUNT, Side.MATERNAL),
        ("جدة لأب", Relation.GRANDMOTHER, Side.PATERNAL),
        ("onasi", Relation.MOTHER, Side.UNKNOWN),
        ("падар", Relation.FATHER, Side.UNKNOWN),
        ("соседка", Relation.UNKNOWN, Side.UNKNOWN),
    ],
)
def test_the_enquirer_is_understood(words: str, relation: Relation, side: Side) -> None:
    text = f"request_id,person_id,role,given_name,enquirer_relation\nR1,1,child,Али,{words}\n"
    enquirer = read(text).requests[0].enquirer
    assert (enquirer.relation, enquirer.side, enquirer.relation_as_written) == (relation, side, words)


def test_the_mother_of_a_sought_mother_is_the_childrens_maternal_grandmother() -> None:
    text = "request_id,person_id,role,given_name,enquirer_relation\nR1,1,mother,Анна,мать\nR1,2,child,Али,\n"
    request = read(text).requests[0]
    assert request.enquirer.side is Side.MATERNAL
    assert [p.enquirer_relation for p in request.sought] == [Relation.MOTHER, Relation.GRANDMOTHER]


def test_places_carry_when_they_were_true() -> None:
    text = (
        "request_id,person_id,given_name,origin,last_known_place,last_known_date\n"
        "R1,1,Али,Ош,Ракка,2017-02\nR1,2,Иса,,,2017\n"
    )
    first, second = read(text).requests[0].sought
    origin, last = first.person.places
    assert (origin.kind, origin.as_of) == (PlaceKind.ORIGIN, None)
    assert last.kind is PlaceKind.LAST_KNOWN
    assert last.as_of is not None
    assert last.as_of.isoformat() == "2017-02-28"
    assert second.person.places == ()
    assert second.person.notes[0].text == "2017"
