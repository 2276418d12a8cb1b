"""The example lists go through the wizard as a clerk would take them: their date is the one correction."""

import re
from dataclasses import dataclass

import pytest

from schemas.registry import DetaineeRecord
from schemas.vocabulary import Relation
from service.cases import lists
from service.cases.lists import Upload
from service.demo.examples import LATER_EDITION, LISTS, ExampleList
from service.demo.make_lists import table
from service.pages.staff.mapping import options_of
from service.store import records
from tests.support.stores import House


@dataclass(frozen=True)
class Columns:
    """Where the table that an example list was made from says a person's names, mother and sex."""

    table: str
    names: tuple[str, ...]
    mother: str
    sex: str


LAYOUTS = {
    "consular_check_2018-12.csv": Columns("consular_check", ("Фамилия", "Имя", "Отчество"), "Мать", "Пол"),
    "prison_orphanage_2019-04.xlsx": Columns("prison_orphanage", ("الاسم الكامل",), "اسم الأم", "الجنس"),
    "camp_annex_2020-07.csv": Columns("camp_annex", ("Nav (Latin)", "الاسم", "Kunye"), "", "Z/M"),
    "camp_annex_2021-02.csv": Columns("camp_annex_2021", ("Nav (Latin)", "الاسم", "Kunye"), "", "Z/M"),
    "ngo_register_2021-10.xlsx": Columns("ngo_register", ("Surname", "First name"), "Mother name", "Sex"),
}
NOBODY = ("-", "unknown", "deceased", "неизвестна", "مجهولة", "طفلة مجهولة")  # in place of a name
_BESIDE = re.compile(r" [(-]|\?")  # what a clerk noted beside a name
FEMALE, MALE = ("ж", "انثى", "J", "F"), ("м", "ذكر", "N", "M")
EXAMPLES = (*LISTS, LATER_EDITION)


def taken_in(house: House, example: ExampleList) -> list[DetaineeRecord]:
    view = lists.preview_list(house.store, house.actor, Upload(example.path.read_bytes(), example.file_name))
    assert view.problem_count == 0
    told = options_of(view, {"list_date": example.list_date.isoformat()})
    view = lists.reread_list(house.store, house.actor, view.list_id, told)
    with house.store.begin() as work:
        lists.commit_list(work, house.actor, view.list_id)
        found = [records.value(work, row) for row in records.of_list(work.session, view.list_id)]
    return [record for record in found if not record.placeholder]


@pytest.mark.parametrize("example", EXAMPLES, ids=[one.file_name for one in EXAMPLES])
def test_an_example_list_is_understood(house: House, example: ExampleList) -> None:
    """Everybody is there in the order of the list, with the names as written, the mother and the sex."""
    columns = LAYOUTS[example.file_name]
    people, found = table(columns.table), taken_in(house, example)
    assert len(found) == len(people)
    for told, record in zip(people, found, strict=True):
        written = record.person.written()
        for cell in (_BESIDE.split(told[name])[0] for name in columns.names):
            assert not cell or cell in NOBODY or any(name.startswith(cell) for name in written), (
                record.row,
                cell,
            )
        assert record.person.sex.value == sex_of(told[columns.sex]), record.row
        mother = _BESIDE.split(told.get(columns.mother, ""))[0]
        kin = [one.name.text for one in record.person.kin_named(Relation.MOTHER) if one.name]
        if mother in NOBODY:
            assert kin == [], record.row
        elif mother:
            assert any(one.startswith(mother) for one in kin), (record.row, mother)


def sex_of(cell: str) -> str:
    return "female" if cell in FEMALE else "male" if cell in MALE else "unknown"
