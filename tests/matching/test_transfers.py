"""One person on two lists, recognised although each list has other facts. All people are invented."""

from datetime import date

from matching.linker import Linker
from matching.transfers import all_transfers, transfers
from schemas.vocabulary import Relation
from tests.matching.people import aged, born, boys, record, request, sought

LATER = date(2021, 9, 1)
CAMP = [
    record(2, "K", kunya="Um Hamza", sex="female", birth=aged(28), household="7", relation=Relation.HEAD,
           nationality="Şîşan"),
    record(3, "K", full="Hemze", sex="male", birth=aged(7), household="7", relation=Relation.SON),
    record(4, "K", full="Ruqiye", sex="female", birth=aged(5), household="7", relation=Relation.DAUGHTER),
]  # fmt: skip
SHEET = [
    record(9, "S", given="Dilara", surname="MAGOMEDOVA", sex="female", birth=born(1990), household="F1",
           relation=Relation.HEAD, nationality="Chechen", list_date=LATER),
    record(10, "S", given="Khamza", mother="Dilara", sex="male", birth=born(2011), household="F1",
           list_date=LATER),
    record(11, "S", given="Rukiya", mother="Dilara", sex="female", birth=born(2013), household="F1",
           list_date=LATER),
]  # fmt: skip


def test_two_children_carry_their_mother_of_whom_one_list_has_only_the_kunya() -> None:
    linker = Linker([*CAMP, *SHEET, *boys(40)])
    found = {(one.record_id, one.other_id) for one in transfers(linker, "K:2:0")}
    assert ("K:2:0", "S:9:0") in found
    assert ("K:3:0", "S:10:0") in found


def test_a_pair_is_told_once_whichever_list_comes_first() -> None:
    found = list(all_transfers(Linker([*SHEET, *CAMP, *boys(40)])))
    pairs = [frozenset((one.record_id, one.other_id)) for one in found]
    assert len(pairs) == len(set(pairs))
    assert frozenset(("K:2:0", "S:9:0")) in pairs


def test_people_of_one_list_are_never_one_person() -> None:
    twice = [
        record(5, "K", full="حمزة", sex="male", birth=aged(7)),
        record(6, "K", full="حمزة", sex="male", birth=aged(7)),
    ]
    assert transfers(Linker([*twice, *boys(40, list_id="K")]), "K:5:0") == ()


def test_two_rival_rows_on_the_other_list_make_it_unlikely() -> None:
    child = record(5, "K", full="حمزة", father="رسلان", sex="male", birth=aged(7))
    rows = [
        record(n, "S", given="Khamza", father="Ruslan", sex="male", birth=born(2011), list_date=LATER)
        for n in (20, 21, 22)
    ]
    one = transfers(Linker([child, *rows[:1], *boys(40)]), "K:5:0")
    three = transfers(Linker([child, *rows, *boys(40)]), "K:5:0")
    assert [found.other_id for found in one] == ["S:20:0"]
    assert three == ()


def test_a_link_says_that_another_list_holds_the_person_too() -> None:
    boy = sought("b", "child", given="Хамза", sex="male", birth=born(2011), mother="Диляра")
    girl = sought("g", "child", given="Рукайя", sex="female", birth=born(2013), mother="Диляра")
    links = Linker([*CAMP, *SHEET, *boys(30)]).rank(request(boy, girl)).links
    first = next(link for link in links if link.person_id == "b" and link.rank == 1)
    row = next(one for one in first.evidence if one.comparison == "same_person")
    assert row.weight == 0
    assert dict(row.detail)["record"] in {"K:3:0", "S:10:0"} - {first.record_id}
