"""Among hundreds of rows the right one is compared closely, however it is written. People are invented."""

import random

import pytest

from matching.linker import Linker
from schemas.registry import DetaineeRecord
from schemas.vocabulary import Relation
from tests.matching.people import aged, born, record, request, sought

_BOYS = ("محمد", "أحمد", "يوسف", "عمر", "خالد", "إبراهيم", "Ali", "Hasan", "Musa", "Тимур", "Рашид", "Салман")
_GIRLS = ("فاطمة", "خديجة", "مريم", "عائشة", "Hava", "Leyla", "Малика", "Петимат", "Амина", "Зара")
_FAMILIES = ("الحلبي", "Naibov", "Almurzaev", "Вахаев", "Дадаев", "محمود", "Betelgeriev")


def strangers(count: int) -> list[DetaineeRecord]:
    dice = random.Random(11)
    rows = []
    for row in range(100, 100 + count):
        names, sex = (_BOYS, "male") if dice.random() < 0.5 else (_GIRLS, "female")
        full = f"{dice.choice(names)} {dice.choice(_FAMILIES)}"
        rows.append(record(row, full=full, sex=sex, birth=aged(dice.randint(3, 45))))
    return rows


_CROWD = strangers(600)
_BOY = sought(
    "b", "child", given="Рамзан", surname="Исрапилов", patronymic="Ибрагимович", sex="male",
    birth=born(2011), mother="Заира",
)  # fmt: skip
_MOTHER = sought("m", "mother", given="Заира", surname="Исрапилова", sex="female", birth=born(1990))


@pytest.mark.parametrize(
    "row",
    [
        record(2, full="رمضان إسرافيلوف", sex="male", birth=aged(7)),
        record(2, given="Israpilov", surname="Ramzan", sex="male", birth=aged(8)),
        record(2, full="رمضانإبراهيم", sex="male", birth=aged(7)),
        record(2, full="RAMZANISRAPILOV", sex="male", birth=aged(7)),
        record(2, full="حمزة", father="إبراهيم", mother="زائرة", sex="male", birth=aged(7)),
        record(2, full="Рамзан", sex="male"),
    ],
)
def test_the_row_is_among_those_compared(row: DetaineeRecord) -> None:
    linker = Linker([row, *_CROWD])
    assert "L1:2:0" in {link.record_id for link in linker.rank(request(_BOY), top=100).links}


def test_a_woman_known_by_her_kunya_alone_is_reached_by_age_and_children() -> None:
    woman = record(2, full="أم رمضان", sex="female", birth=aged(28))
    links = Linker([woman, *_CROWD]).rank(request(_MOTHER, _BOY), top=100).links
    assert "L1:2:0" in {link.record_id for link in links if link.person_id == "m"}


def test_a_woman_whom_no_name_speaks_for_or_against_is_compared() -> None:
    """By her kunya she may have a child that nobody at home knows of."""
    woman = record(2, full="أم عبد الله", sex="female", birth=aged(28))
    links = Linker([woman, *_CROWD]).rank(request(_MOTHER, _BOY), top=100).links
    assert "L1:2:0" in {link.record_id for link in links if link.person_id == "m"}


def test_a_brother_whose_name_nobody_knows_is_reached_through_his_household() -> None:
    renamed = record(3, full="نور الدين", sex="male", birth=aged(7), household="7", relation=Relation.SON)
    mother = record(2, full="زائرة إسرافيلوفا", sex="female", birth=aged(28), household="7")
    links = Linker([mother, renamed, *_CROWD]).rank(request(_MOTHER, _BOY), top=100).links
    assert "L1:3:0" in {link.record_id for link in links if link.person_id == "b"}


def test_what_weighs_most_of_everybody_was_a_candidate() -> None:
    rows = [record(2, full="رمضان إسرافيلوف", sex="male", birth=aged(7)), *_CROWD]
    linker = Linker(rows)
    for boy in (_BOY, sought("b", "child", given="Тимур", surname="Дадаев", sex="male", birth=born(2009))):
        best = linker.rank(request(boy), top=600).links[0]
        every = [linker.explain(request(boy), "b", one.record_id).weight for one in rows[::20]]
        assert best.weight >= max(every)


def test_two_names_in_one_word_are_reached_among_many_of_the_family_name() -> None:
    family = [record(n, full="سعيد إسرافيلوف", sex="male", birth=aged(7)) for n in range(1000, 1150)]
    joined = record(2, full="RAMZANISRAPILOV", sex="male", birth=aged(7))
    links = Linker([joined, *family, *_CROWD]).rank(request(_BOY), top=100).links
    assert "L1:2:0" in {link.record_id for link in links}


def test_a_woman_without_a_name_is_compared_though_a_hundred_others_share_one_with_the_sought() -> None:
    men = [record(n, full="رشيد إسرافيلوف", sex="male", birth=aged(60)) for n in range(1000, 1150)]
    woman = record(2, full="أم عبد الله", sex="female", birth=aged(28))
    links = Linker([woman, *men, *_CROWD]).rank(request(_MOTHER), top=100).links
    assert "L1:2:0" in {link.record_id for link in links}


def test_among_hundreds_of_namesakes_a_child_under_its_mothers_surname_is_compared() -> None:
    mother = sought("m", "mother", given="Зулейха", surname="Адамова", sex="female", birth=born(1988))
    namesakes = [
        record(row, given="RAMZAN", surname="BETELGERIEV", sex="male", birth=aged(7)) for row in range(2, 302)
    ]
    listed = record(900, given="RAMZAN", surname="ADAMOV", sex="male", birth=aged(7))
    links = Linker([*namesakes, listed]).rank(request(_BOY, mother), top=200).links
    assert "L1:900:0" in {link.record_id for link in links if link.person_id == "b"}
