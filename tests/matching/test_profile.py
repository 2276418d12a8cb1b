"""What is read of a record: every name in its place, however often it was read. People are invented."""

import pytest

from matching.households import groups_of
from matching.lines import Line
from matching.profile import Profile, record_profile, sought_profile
from schemas.person import KinName, PersonName
from schemas.registry import DetaineeRecord
from schemas.vocabulary import Certainty, NameRole, Relation, Sex
from tests.matching.people import aged, record, request, sought


def profile(**facts: object) -> Profile:
    return record_profile(record(1, **facts))


def words(parts: object) -> list[str]:
    return [part.text for part in parts]  # type: ignore[attr-defined]


def with_kin(relation: Relation, *names: str) -> Profile:
    row = record(1, full="Амина")
    kin = tuple(KinName(relation=relation, name=PersonName(text=name)) for name in names)
    return record_profile(row.model_copy(update={"person": row.person.model_copy(update={"kin": kin})}))


def test_a_kunya_names_a_child_and_tells_the_sex() -> None:
    found = profile(kunya="أم إبراهيم الشيشانية")
    assert words(found.kunya_children) == ["إبراهيم"]
    assert found.sex is Sex.FEMALE
    assert found.origins.values


def test_a_relative_is_called_by_given_name_and_other_names_and_by_what_there_is() -> None:
    assert words(with_kin(Relation.MOTHER, "Исрапилова Заира (Зара)").mothers) == ["Заира", "Зара"]
    assert words(with_kin(Relation.MOTHER, "Исрапилова Заира (Зара)").mother_surnames) == ["Исрапилова"]
    assert words(with_kin(Relation.FATHER, "ибн Магомед").fathers) == ["Магомед"]


def test_a_father_known_by_his_kunya_alone_is_called_by_it() -> None:
    assert words(with_kin(Relation.FATHER, "أبو يحيى").fathers) == ["يحيى"]
    assert words(with_kin(Relation.MOTHER, "أم يحيى").mothers) == []
    assert words(with_kin(Relation.MOTHER, "أم يحيى").mother_kunyas) == ["يحيى"]


def test_two_statements_of_one_relative_are_both_kept_and_equal_ones_once() -> None:
    assert words(with_kin(Relation.MOTHER, "Заира", "Марьям", "Заира").mothers) == ["Заира", "Марьям"]
    both = profile(given="Амина", surname="Исрапилова", other="Амина Вахаева")
    assert words(slot.part for slot in both.slots).count("Амина") < 3
    assert set(words(both.surnames)) >= {"Исрапилова", "Вахаева"}


def test_an_other_name_is_read_as_a_full_one() -> None:
    """Its form tells a married surname from a new given name."""
    assert words(profile(given="Амина", other="Марьям Вахаева").given) == ["Амина", "Марьям"]


def test_a_name_of_the_institution_is_none_and_so_is_what_nobody_knows() -> None:
    assert profile(staff_given="نور").slots == ()
    assert profile(staff_given="نور").staff_named
    row = record(1, given="Амина")
    silent = tuple(name.model_copy(update={"certainty": Certainty.UNKNOWN}) for name in row.person.names)
    unknown = row.model_copy(update={"person": row.person.model_copy(update={"names": silent})})
    assert record_profile(unknown).slots == ()


def test_only_a_record_is_read_as_two_names_in_one_word() -> None:
    assert {"رمضان", "إبراهيم"} <= set(words(slot.part for slot in profile(full="رمضانإبراهيم").slots))
    asked = sought("b", "child", full="رمضانإبراهيم")
    assert words(slot.part for slot in sought_profile(asked, request(asked)).slots) == ["رمضانإبراهيم"]


def test_the_reviewer_reads_each_fact_as_it_was_written() -> None:
    said = profile(
        given="Амина", surname="Исрапилова", kunya="Умм Муса", other="Марьям", father="Магомед",
        mother="Заира", sex="female", birth=aged(30), nationality="روسية", origin="Грозный",
    )  # fmt: skip
    expected = {
        "name": "Амина Исрапилова", "kunya": "Умм Муса", "other_names": "Марьям", "father": "Магомед",
        "mother": "Заира", "sex": "female", "birth": "30 years", "nationality": "روسية", "origin": "Грозный",
        "spouse": "", "language": "", "last_known": "",
    }  # fmt: skip
    assert {fact: said.show(fact) for fact in expected} == expected
    assert with_kin(Relation.HUSBAND, "Муса", "Иса").show("spouse") == "Муса; Иса"
    assert with_kin(Relation.WIFE, "Заира").show("spouse") == "Заира"


@pytest.mark.parametrize("role", [NameRole.FULL, NameRole.GIVEN, NameRole.SURNAME])
def test_a_word_is_read_by_its_column_also_when_it_was_read_in_another_before(role: NameRole) -> None:
    costs = [(slot.given, slot.surname) for slot in profile(**{role.value: "Салманов"}).slots]
    assert costs == {
        NameRole.FULL: [(-1.0, 0.0)], NameRole.GIVEN: [(0.0, -1.0)], NameRole.SURNAME: [(-1.0, 0.0)],
    }[role]  # fmt: skip


def households(rows: list[DetaineeRecord]) -> set[frozenset[int]]:
    lines = [Line.of(row) for row in rows]
    return {frozenset(group.positions) for group in groups_of(lines, [record_profile(row) for row in rows])}


def test_those_counted_on_a_row_are_of_its_household() -> None:
    rows = [
        record(1, full="Амина"),
        record(1, placeholder=1),
        record(1, placeholder=2),
        record(2, full="Зара"),
    ]
    assert households(rows) == {frozenset({0, 1, 2}), frozenset({3})}
    first = groups_of([Line.of(row) for row in rows], [record_profile(row) for row in rows])[0]
    assert (first.members, first.placeholders) == ((0,), (1, 2))


def test_a_note_that_names_a_number_joins_what_bears_it() -> None:
    rows = [
        record(1, full="Амина", printed="11"), record(2, full="Хава"), record(7, full="Муса", linked=("11",)),
        record(9, full="Иса", linked=("99",)),
    ]  # fmt: skip
    assert households(rows) == {frozenset({0, 2}), frozenset({1}), frozenset({3})}
    numbered = [record(1, full="Амина", number="A-5"), record(7, full="Муса", linked=("A-5",))]
    assert households(numbered) == {frozenset({0, 1})}


def test_what_several_people_of_a_request_tell_is_kept_once() -> None:
    mother = sought("m", "mother", given="Заира", full="Заира Исрапилова")
    children = [sought(one, "child", given="Муса", father="Ахмед") for one in ("a", "b")]
    asked = request(mother, *children)
    found = sought_profile(mother, asked)
    assert (words(found.spouses), words(found.kunya_children)) == (["Ахмед"], ["Муса"])
    assert words(sought_profile(children[0], asked).mothers) == ["Заира"]
