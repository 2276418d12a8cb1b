"""The import wizard takes lists as the field makes them, with at most one correction each."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from schemas.person import BirthInterval
from schemas.registry import DetaineeRecord
from schemas.vocabulary import AgeMethod, Relation
from service.cases import lists
from service.cases.list_details import ListView
from service.cases.lists import Upload
from service.pages.staff.mapping import options_of
from service.store import records
from tests.support.stores import House

LAYOUTS = Path(__file__).parent / "layouts"

# What the importer says of a file: one box of the page, or nothing. A column is named by its heading.
CORRECTIONS: dict[str, tuple[str, str] | None] = {
    "ar_camp_tents.csv": None,
    "ar_fr_bilingual.xlsx": None,
    "ar_household_blocks.ods": None,
    "ar_name_and_father.csv": ("list_date", "2019-05-20"),
    "ar_orphanage_hijri.xlsx": None,
    "ar_prison_cp1256.csv": None,
    "ar_reversed_utf16.txt": None,
    "ckb_camp_register.csv": None,
    "ckb_two_sheets.xlsx": None,
    "fr_clinic_sheets.xlsx": ("list_date", "2020-11-05"),
    "fr_households.ods": None,
    "fr_minors_cp1252.csv": ("date_order", "dmy"),
    "kmr_camp_sector.csv": None,
    "kmr_two_row_heading.ods": None,
    "ru_consulate_cp1251.csv": None,
    "ru_families_numbered.xls": None,
    "ru_volunteers_merged.xlsx": ("list_date", "2020-09-12"),
    "tr_hane.xlsx": None,
    "tr_liste_cp1254.csv": None,
    "tr_yurt.xls": ("list_date", "2018-06-01"),
}


@dataclass(frozen=True)
class Truth:
    """One line of a truth file; layouts/README.md says what its columns mean."""

    row: str
    name: str
    mother: str
    father: str
    sex: str
    born: str
    household: str
    unnamed: str


def truth_of(name: str) -> tuple[date | None, list[Truth]]:
    first, _, *lines = (LAYOUTS / f"{name}.truth.tsv").read_text(encoding="utf-8").splitlines()
    told = first.removeprefix("# list date").strip()
    return (date.fromisoformat(told) if told else None), [Truth(*line.split("\t")) for line in lines]


def taken_in(house: House, name: str, correction: tuple[str, str] | None) -> list[DetaineeRecord]:
    """The stored records after preview, one correction on the wizard's form, and commit."""
    view = lists.preview_list(house.store, house.actor, Upload((LAYOUTS / name).read_bytes(), name))
    if correction:
        form = _form(view, *correction)
        view = lists.reread_list(house.store, house.actor, view.list_id, options_of(view, form))
    with house.store.begin() as work:
        lists.commit_list(work, house.actor, view.list_id)
        return [records.value(work, row) for row in records.of_list(work.session, view.list_id)]


def _form(view: ListView, box: str, value: str) -> dict[str, str]:
    columns = view.details.reading.columns
    numbers = {column.heading: f"column-{n}" for n, column in enumerate(columns)}
    return {numbers.get(box, box): value}


def differences(found: list[DetaineeRecord], day: date | None, truth: list[Truth]) -> Iterator[str]:
    """Every way in which the stored records are not what a clerk understands of the list."""
    sheets = {line.row.partition("!")[0] for line in truth} if "!" in truth[0].row else set()
    people = {_row(r, bool(sheets)): r for r in found if not r.placeholder}
    expected = {line.row for line in truth}
    yield from (f"row {row} is no person" for row in people if row not in expected)
    for line in truth:
        record = people.get(line.row)
        if record is None:
            yield f"row {line.row} is missing"
            continue
        counted = sum(1 for r in found if r.placeholder and _row(r, bool(sheets)) == line.row)
        yield from (f"row {line.row}: {what}" for what in _of_row(record, counted, day, line))
    yield from _households(people, truth)


def _of_row(record: DetaineeRecord, counted: int, day: date | None, line: Truth) -> Iterator[str]:
    names = record.person.written()
    wanted = [part for part in line.name.split("|") if part]
    if any(not any(_same(part, name) for name in names) for part in wanted) or (names and not wanted):
        yield f"names {names}, not {wanted}"
    for relation, told in ((Relation.MOTHER, line.mother), (Relation.FATHER, line.father)):
        kin = [k.name.text for k in record.person.kin_named(relation) if k.name]
        if (told and told not in kin) or (kin and not told):
            yield f"{relation.value} {kin}, not {told!r}"
    letter = {"male": "M", "female": "F"}.get(record.person.sex.value, "")
    if letter != line.sex and not (line.sex == "F?" and letter in ("", "F")):
        yield f"sex {letter!r}, not {line.sex!r}"
    if counted != int(line.unnamed or 0):
        yield f"{counted} unnamed children, not {line.unnamed or 0}"
    yield from _birth(record.person.births, line.born, day)


def _same(wanted: str, written: str) -> bool:
    """The name itself, or the cell as a whole in which it stands before a bracket."""
    return written == wanted or written.startswith(wanted + " (")


def _birth(births: tuple[BirthInterval, ...], told: str, day: date | None) -> Iterator[str]:
    if not told:
        if births:
            yield f"births {[b.raw for b in births]}, not none"
        return
    first, last = interval(told, day)
    slack = timedelta(days=2)
    fitting = [
        b
        for b in births
        if b.earliest and b.latest and b.earliest <= first and last <= b.latest
        and first - b.earliest <= slack and b.latest - last <= slack
    ]  # fmt: skip
    if not fitting:
        yield f"births {[(str(b.earliest), str(b.latest)) for b in births]}, not {told} {first} {last}"
    elif told.startswith("~") and not any(b.method is AgeMethod.STAFF_ESTIMATE for b in fitting):
        yield f"birth {told} is not an estimate"


def interval(told: str, day: date | None) -> tuple[date, date]:
    """First and last day of birth that the truth leaves open."""
    text = told.lstrip("~")
    if ".." in text:
        first, last = text.split("..")
        return date.fromisoformat(first), date.fromisoformat(last)
    if text[-1] in "ym":
        assert day is not None
        low, _, high = text[:-1].partition("-")
        unit = 12 if text[-1] == "y" else 1
        least, most = int(low) * unit, (int(high or low) + 1) * unit
        return months_before(day, most) + timedelta(days=1), months_before(day, least)
    if len(text) == 4:
        return date(int(text), 1, 1), date(int(text), 12, 31)
    return date.fromisoformat(text), date.fromisoformat(text)


def months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _row(record: DetaineeRecord, with_sheet: bool) -> str:
    return f"{record.sheet}!{record.row}" if with_sheet else str(record.row)


def _households(people: dict[str, DetaineeRecord], truth: list[Truth]) -> Iterator[str]:
    """Rows of one letter share a household, and share it with nobody else."""
    if not any(line.household for line in truth):
        return
    found: dict[str, set[str]] = {}
    for row, record in people.items():
        found.setdefault(record.household_id or f"alone in {row}", set()).add(row)
    wanted: dict[str, set[str]] = {}
    for line in truth:
        wanted.setdefault(line.household or f"alone in {line.row}", set()).add(line.row)
    yield from (
        f"rows {sorted(rows)} are no household" for rows in found.values() if rows not in wanted.values()
    )


def test_every_layout_is_in_the_table() -> None:
    """A file that nobody measures would be no fixture."""
    files = {path.name for path in LAYOUTS.iterdir() if path.suffix not in (".tsv", ".md")}
    assert files == set(CORRECTIONS)
    assert len(files) == 20


@pytest.mark.parametrize("tables_url", ["sqlite"], indirect=True)  # reading is the same on each
@pytest.mark.parametrize("name", sorted(CORRECTIONS))
def test_a_layout_of_the_field_is_understood(house: House, name: str) -> None:
    """After at most one correction every row is stored as a clerk understands it."""
    day, truth = truth_of(name)
    found = taken_in(house, name, CORRECTIONS[name])
    assert list(differences(found, day, truth)) == []
