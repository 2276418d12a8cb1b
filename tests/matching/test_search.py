"""Looking for people by name: whoever stands there is found, in any script, by any name of the row."""

import random
from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import date

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from matching.list_search import OWN, ListSearch, Narrowed
from matching.names.name_table import NameTable
from matching.names.nearest import Within, meet
from matching.names.rank import NameIndex
from matching.names.vocabulary import Vocabulary
from matching.search import Lists, search
from matching.shelf import Found, Shelf
from schemas.person import BirthInterval, KinName, Person, PersonName, Place
from schemas.registry import DetaineeRecord
from schemas.vocabulary import NameRole, PlaceKind, Relation

TODAY = date(2022, 6, 1)
NAMES = (
    "زائرة محمد إسرافيلوفا", "إبراهيم غازييف", "GAZIEV Ibrahim", "أم إبراهيم الشيشانية", "Аминат Гаджиева",
    "فاطمة الزهراء", "Mariam Isaeva", "خديجة عمر", "Иса Берсанов", "Zulay Ediyeva", "رسلان كريموف",
    "Назокат Юлдашева", "Dilnoza Karimova", "Асет Магомедова", "هدى سليمان",
)  # fmt: skip


ASKED = ("Исрап", "Ибрагим", "Карим", "М. Исаева", "Эдиева Зулай", "ال", "؟")


def listed(number: int, name: str, **facts: object) -> DetaineeRecord:
    person = Person(names=(PersonName(text=name),), **facts)  # type: ignore[arg-type]  # checked by the model
    return DetaineeRecord(record_id=f"r{number}", list_id="l", row=number + 1, person=person)


def look(
    lists: dict[str, ListSearch], name: str, narrowed: Narrowed, most: int, pool: Executor | None = None
) -> list[Found]:
    return search(Lists(lists), name, narrowed, most, pool)


def people(names: Sequence[str] = NAMES, words: Vocabulary | None = None) -> ListSearch:
    return ListSearch((listed(number, name) for number, name in enumerate(names)), words)


def names_found(asked: str, names: Sequence[str] = NAMES) -> list[str]:
    return [names[hit.position] for _, hit in look({"l": people(names)}, asked, Narrowed(), 20)]


def test_lists_with_one_vocabulary_find_what_lists_of_their_own_find() -> None:
    sides = {"a": NAMES[::2], "b": NAMES[1::2], "c": NAMES[:3]}
    words = Vocabulary()
    joined = {key: people(names, words) for key, names in sides.items()}
    assert len(words) == len(set(people().places.tolist()))
    assert words.share_of([joined["a"].places]) < words.share_of(one.places for one in joined.values()) == 1
    apart = {key: people(names) for key, names in sides.items()}
    with ThreadPoolExecutor(2) as pool:
        for asked in ASKED:
            alone = {(key, hit.position): hit for key, hit in look(apart, asked, Narrowed(), 99)}
            for crew in (None, pool):
                found = {(key, hit.position): hit for key, hit in look(joined, asked, Narrowed(), 99, crew)}
                assert found.keys() == alone.keys()
                assert [found[one].score for one in alone] == pytest.approx(
                    [hit.score for hit in alone.values()], abs=1e-3
                )


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("Исрапилова Заира Магомедовна", "زائرة محمد إسرافيلوفا"),
        ("Исрап", "زائرة محمد إسرافيلوفا"),
        ("Израфилова", "زائرة محمد إسرافيلوفا"),
        ("gazi ibr", "GAZIEV Ibrahim"),
        ("Газиев Ибрагим", "إبراهيم غازييف"),
        ("эдиева", "Zulay Ediyeva"),
        ("Каримов Руслан", "رسلان كريموف"),
        ("نازوكات", "Назокат Юлдашева"),
    ],
)
def test_a_name_or_its_beginning_finds_the_person_in_another_script(asked: str, first: str) -> None:
    """Two rows bear the name of Ibrahim Gaziev: either may come first."""
    assert first in names_found(asked)[:2]


def test_of_two_beginnings_both_have_to_be_borne() -> None:
    names = ("Берсанов Ибрагим", "Берсанов Зелимхан", "Улугбеков Ибрагим")
    assert names_found("Берс Ибр", names) == ["Берсанов Ибрагим"]


def test_every_bearer_of_a_name_is_found_a_kunya_too() -> None:
    found = names_found("Ибрагим")
    assert {"إبراهيم غازييف", "GAZIEV Ibrahim", "أم إبراهيم الشيشانية"} <= set(found)
    assert "Mariam Isaeva" not in found


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=30))
@example([*["إبراهيم غازييف"] * 5, "GAZIEV Ibrahim"])  # one is rare in its script
def test_who_stands_there_is_found_first_by_the_own_name(names: list[str]) -> None:
    """Whatever else is on the list, and over how many lists it is spread."""
    asked = names[0]
    whole = look({"l": people(names)}, asked, Narrowed(), 50)
    assert names[whole[0][1].position] == asked
    halves = {"a": people(names[::2]), "b": people(names[1::2])}
    with ThreadPoolExecutor(2) as pool:
        spread = look(halves, asked, Narrowed(), 50, pool)
    sides = {"a": names[::2], "b": names[1::2]}
    assert sides[spread[0][0]][spread[0][1].position] == asked
    assert {hit.position for _, hit in whole if names[hit.position] == asked} == {
        place for place, name in enumerate(names) if name == asked
    }


def test_a_relative_named_on_the_row_leads_to_it() -> None:
    mother = KinName(relation=Relation.MOTHER, name=PersonName(text="Zaira Israfilova"))
    table = ListSearch([listed(0, "Yusuf", kin=(mother,)), listed(1, "Zaira Israfilova")])
    found = [(hit.position, hit.bearer) for _, hit in look({"l": table}, "Исрапилова", Narrowed(), 9)]
    assert sorted(found) == [(0, "mother"), (1, OWN)]


def test_parts_in_columns_of_their_own_are_one_name() -> None:
    parts = (
        PersonName(text="إسرافيلوفا", role=NameRole.SURNAME),
        PersonName(text="زائرة", role=NameRole.GIVEN),
    )
    record = DetaineeRecord(record_id="r", list_id="l", row=1, person=Person(names=parts))
    hits = look({"l": ListSearch([record])}, "Исрапилова Заира", Narrowed(), 9)
    assert [hit.position for _, hit in hits] == [0]


def many_lists(dice: random.Random, words: Vocabulary) -> dict[str, ListSearch]:
    """Lists of several lengths, one of them empty, on which the same names come again and again."""
    parts = sorted({part for name in NAMES for part in name.split()})
    names = [" ".join(dice.sample(parts, dice.randint(1, 3))) for _ in range(70)]
    return {
        f"l{number}": people([dice.choice(names) for _ in range(size)], words)
        for number, size in enumerate((40, 0, 90, 5, 60))
    }


@pytest.mark.parametrize("name", ["Ибрагим Газиев", "Zulay", "Карим Магомедова", "فاطمة عمر"])
def test_the_nearest_of_all_lists_are_weighed(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for module in ("search", "shelf"):
        monkeypatch.setattr(f"matching.{module}.LOOKED_AT", 12)
    lists, weighed = many_lists(random.Random(name), Vocabulary()), list[tuple[str, int]]()
    names = [(key, place) for key, one in sorted(lists.items()) for place in range(len(one.texts))]
    together = Lists(lists)
    begins = np.cumsum([0, *map(len, together.shelves)]).tolist()
    monkeypatch.setattr(
        Shelf, "find", lambda held, asked, entries, allowed, most: weighed.extend(
            names[begins[together.shelves.index(held)] + entry] for entry in entries.tolist()
        ) or []
    )  # fmt: skip
    table, near = NameTable([name]), []
    for key, held in lists.items():
        met = meet(table, 0, held.vocabulary.words, map, 1)
        places, scores = NameIndex(held.names).nearest(met, 200, Within())
        near += [(-score, key, place) for place, score in zip(places.tolist(), scores.tolist(), strict=True)]
    best = sorted((key, place) for _, key, place in sorted(near)[:12])
    with ThreadPoolExecutor(2) as pool:
        for crew in (None, pool, pool, pool):
            weighed.clear()
            search(together, name, Narrowed(), 5, crew)
            assert sorted(weighed) == best


def test_rows_with_several_names_stay_whole_wherever_the_shelves_part() -> None:
    """Each row is found once, by the best of its names, as on one shelf."""
    dice = random.Random(7)
    kin = [(KinName(relation=Relation.MOTHER, name=PersonName(text=name)),) for name in NAMES]
    rows = [listed(n, dice.choice(NAMES), kin=dice.choice([(), *kin])) for n in range(41)]
    lists, words = {}, Vocabulary()
    for key, begin, end in (("a", 0, 3), ("b", 3, 36), ("c", 36, 36), ("d", 36, 41)):
        lists[key] = ListSearch(rows[begin:end], words)
    for name in ("Газиев Ибрагим", "Zulay", "Мар"):
        assert search(Lists(lists, 1), name, Narrowed(), 41) == search(Lists(lists, 7), name, Narrowed(), 41)


def test_a_row_is_found_once_by_its_best_name_wherever_the_shelves_part() -> None:
    """Both names have the same words: the one that was asked for is the best."""
    mother = (KinName(relation=Relation.MOTHER, name=PersonName(text="Zulay Ediyeva")),)
    rows = [listed(n, "Ediyeva Zulay", kin=mother) for n in range(5)]
    for sides in range(1, 8):
        hits = search(Lists({"l": ListSearch(rows)}, sides), "Zulay Ediyeva", Narrowed(), 20)
        assert sorted(hit.position for _, hit in hits) == list(range(5))
        assert {(hit.bearer, hit.name) for _, hit in hits} == {("mother", "Zulay Ediyeva")}


def test_one_list_alone_can_be_looked_through() -> None:
    lists = {"a": people(), "b": people()}
    found = look(lists, "Исрап", Narrowed(key="b"), 9)
    assert {key for key, _ in found} == {"b"}
    assert found == look({"b": people()}, "Исрап", Narrowed(), 9)


def test_a_list_that_came_after_a_search_is_searched_like_one_that_was_there() -> None:
    dice, words = random.Random(3), Vocabulary()
    early = many_lists(dice, words)
    look(early, "Ибрагим", Narrowed(), 5)
    late = people([f"{one} {two}" for one in ("Ахмед", "Salman", "يوسف") for two in NAMES], words)
    lists = early | {"late": late}
    with ThreadPoolExecutor(2) as pool:
        for name in ("Salman Gaziev", "Ахмед Исаева", "Ибрагим Газиев"):
            again = search(
                Lists(many_lists(random.Random(3), Vocabulary()) | {"late": late}), name, Narrowed(), 20
            )
            assert look(lists, name, Narrowed(), 20, pool) == again


def test_an_age_is_that_of_the_person_and_not_of_the_name() -> None:
    """A row with two names moves those behind it by one."""
    old, young = ((BirthInterval(earliest=date(y, 1, 1), latest=date(y, 1, 1)),) for y in (1980, 2012))
    mother = (KinName(relation=Relation.MOTHER, name=PersonName(text="Zulay Ediyeva")),)
    rows = [
        listed(0, "Mariam Isaeva", births=old, kin=mother),
        listed(1, "Ibrahim Gaziev", births=young),
        listed(2, "Ibrahim Gaziev", births=old),
    ]
    narrowed = Narrowed(age=10, on=TODAY)
    found = look({"l": ListSearch(rows)}, "Ибрагимов Газиев", narrowed, 9)  # no name begins so
    assert [hit.position for _, hit in found] == [1]


def test_age_and_place_leave_out_who_cannot_be_meant() -> None:
    """A person of unknown birth may be of any age; an age is right give or take two years."""
    grown = (BirthInterval(earliest=date(1990, 1, 1), latest=date(1990, 12, 31)),)
    child = (BirthInterval(earliest=date(2012, 3, 1), latest=date(2012, 3, 1)),)
    camp = (Place(text="مخيم روج", kind=PlaceKind.OTHER),)
    table = {
        "l": ListSearch([
            listed(0, "Ibrahim Gaziev", births=grown),
            listed(1, "Ibrahim Gaziev", births=child, places=camp),
            listed(2, "Ibrahim Gaziev"),
        ])
    }  # fmt: skip

    def left(**facts: object) -> set[int]:
        narrowed = Narrowed(on=TODAY, **facts)  # type: ignore[arg-type]  # facts of the cases below
        return {hit.position for _, hit in look(table, "Ибрагим", narrowed, 9)}

    assert left(age=10) == {1, 2}
    assert left(age=12) == {1, 2}
    assert left(age=13) == {2}
    assert left(age=31) == {0, 2}
    assert left(place="Рож") == {1}
    assert left(place="Roj", age=31) == set()
    assert left() == {0, 1, 2}


@given(st.text(max_size=60))
def test_nothing_that_is_typed_breaks_the_search(text: str) -> None:
    table = {"l": people(), "empty": ListSearch([])}
    found = look(table, text, Narrowed(age=5, on=TODAY, place=text), 3)
    assert len(found) <= 3
