"""What may change a weight and what may not, over invented families drawn at random."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.linker import Linker
from matching.proposals import rounded
from schemas.link import CandidateLink
from schemas.person import Person
from schemas.registry import DetaineeRecord
from schemas.tracing import SoughtPerson
from tests.matching.people import aged, born, boys, record, request, sought

# the same names in both scripts, so that a fact can agree or differ
_BOYS = [("Хамза", "حمزة"), ("Юсуф", "يوسف"), ("Ибрагим", "إبراهيم"), ("Адам", "آدم")]
_WOMEN = [("Зарема", "زاريما"), ("Аминат", "أمينة"), ("Мадина", "مدينة"), ("Фатима", "فاطمة")]
_SURNAMES = [("Магомедов", "محمدوف"), ("Алиев", "علييف"), ("Гаджиев", "غادجييف")]
_ORIGINS = [("Чечня", "شيشاني"), ("Дагестан", "داغستان"), ("Узбекистан", "اوزبكي")]
_CHOICE = {"given": _BOYS, "surname": _SURNAMES, "father": _BOYS, "mother": _WOMEN, "origin": _ORIGINS}
_STRANGERS = boys(25)


@dataclass(frozen=True)
class Case:
    """A boy's facts by name: which of the choices the request has, and which the row."""

    asked: dict[str, int]
    listed: dict[str, int]
    born_in: int | None
    age: int | None


_FACTS = st.fixed_dictionaries(
    {}, optional={fact: st.integers(0, len(choice) - 1) for fact, choice in _CHOICE.items()}
)
_CASES = st.builds(
    Case,
    _FACTS,
    _FACTS,
    st.one_of(st.none(), st.integers(2006, 2016)),
    st.one_of(st.none(), st.integers(2, 13)),
)


def boy(case: Case) -> SoughtPerson:
    facts: dict[str, object] = {fact: _CHOICE[fact][n][0] for fact, n in case.asked.items()}
    if case.born_in is not None:
        facts["birth"] = born(case.born_in)
    return sought("b", "child", sex="male", **facts)


def row(case: Case) -> DetaineeRecord:
    facts: dict[str, object] = {
        fact: _CHOICE[fact][n][1] for fact, n in case.listed.items() if fact != "origin"
    }
    if "origin" in case.listed:
        facts["nationality"] = _ORIGINS[case.listed["origin"]][1]
    if case.age is not None:
        facts["birth"] = aged(case.age)
    return record(3, sex="male", **facts)


def link(case: Case) -> CandidateLink:
    return Linker([row(case), *_STRANGERS]).explain(request(boy(case)), "b", "L1:3:0")


def weights(found: CandidateLink) -> dict[str, float]:
    return {one.comparison: one.weight for one in found.evidence}


def without(person: Person, fact: str) -> Person:
    empty: dict[str, object] = {
        "birth": {"births": ()}, "kin": {"kin": ()}, "nationality": {"nationalities": ()},
        "sex": {"sex": "unknown"},
    }  # fmt: skip
    return person.model_copy(update=empty[fact])  # type: ignore[arg-type]


@settings(max_examples=40, deadline=None)
@given(_CASES)
def test_a_fact_that_one_side_lacks_weighs_nothing(case: Case) -> None:
    found = link(case)
    for one in found.evidence:
        if one.level == "missing":
            assert one.weight == 0
    told = weights(found)
    if not ("mother" in case.asked and "mother" in case.listed):
        assert told["mother_name"] == 0
    if case.born_in is None or case.age is None:
        assert told["age"] == 0
    assert sum(told.values()) == pytest.approx(found.weight, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(_CASES, st.sampled_from(["birth", "kin", "nationality"]))
def test_taking_a_fact_from_the_row_changes_its_own_lines_only(case: Case, fact: str) -> None:
    lines = {"birth": {"age"}, "kin": {"mother_name", "father_name"}, "nationality": {"origin"}}[fact]
    full = row(case)
    bare = full.model_copy(update={"person": without(full.person, fact)})
    # The strangers' frequencies stand still: the row is one of twenty-six.
    before = weights(Linker([full, *_STRANGERS]).explain(request(boy(case)), "b", "L1:3:0"))
    after = weights(Linker([bare, *_STRANGERS]).explain(request(boy(case)), "b", "L1:3:0"))
    for comparison in set(before) - lines - {"prior"}:
        assert after.get(comparison, 0.0) == pytest.approx(before[comparison], abs=0.3)
    for comparison in lines:
        assert after.get(comparison, 0.0) == 0


@settings(max_examples=40, deadline=None)
@given(_CASES, st.sampled_from(["mother", "father", "surname"]), st.integers(0, 2))
def test_one_more_fact_that_agrees_never_lowers_the_weight(case: Case, fact: str, value: int) -> None:
    asked, listed = ({k: v for k, v in told.items() if k != fact} for told in (case.asked, case.listed))
    bare = Case(asked, listed, case.born_in, case.age)
    more = Case(bare.asked | {fact: value}, bare.listed | {fact: value}, case.born_in, case.age)
    assert link(more).weight >= link(bare).weight - 0.3


@settings(max_examples=25, deadline=None)
@given(st.permutations([*range(28)]), st.permutations([0, 1, 2]))
def test_no_order_of_rows_or_people_changes_anything(rows: list[int], people: list[int]) -> None:
    records = [
        record(2, full="زاريما محمدوفا", sex="female", birth=aged(28), household="7"),
        record(3, full="حمزة", sex="male", birth=aged(7), household="7"),
        record(4, full="أمينة", sex="female", birth=aged(5), household="7"),
        *_STRANGERS,
    ]
    family = [
        sought("m", "mother", given="Зарема", surname="Магомедова", sex="female", birth=born(1990)),
        sought("b", "child", given="Хамза", sex="male", birth=born(2011)),
        sought("g", "child", given="Аминат", sex="female", birth=born(2013)),
    ]
    straight = Linker(records).rank(request(*family)).links
    turned = Linker([records[n] for n in rows]).rank(request(*(family[n] for n in people))).links
    told = [
        {(k.person_id, k.record_id): (k.weight, k.probability) for k in found} for found in (straight, turned)
    ]
    assert set(told[0]) == set(told[1])
    for pair, (weight, probability) in told[0].items():
        assert told[1][pair] == (pytest.approx(weight, abs=1e-6), pytest.approx(probability, abs=1e-9))


def test_taking_a_list_away_leaves_the_links_to_the_others_as_their_evidence_says() -> None:
    """Only frequencies and the number of comparable people move: the ranks among the rest stay."""
    other = [
        one.model_copy(update={"list_id": "L2", "record_id": one.record_id.replace("L1", "L2")})
        for one in boys(25, first_row=500)
    ]
    asked = request(sought("b", "child", given="Хамза", sex="male", birth=born(2011), mother="Фатима"))
    both = Linker([*_STRANGERS, *other]).rank(asked, top=60).links
    one = Linker(_STRANGERS).rank(asked, top=60).links
    kept = [link.record_id for link in both if link.record_id.startswith("L1")]
    assert kept[:5] == [link.record_id for link in one][:5]


@given(st.floats(0, 1))
def test_a_probability_is_told_near_to_what_it_is(chance: float) -> None:
    """Nobody is told that something is certain, or impossible, which is not; and the order stays."""
    told = rounded(chance)
    assert abs(told - chance) <= 0.00005 + 1e-12
    assert (told > 0) == (chance > 0)
    if 1e-12 < chance < 1 - 1e-12:
        assert 0 < told < 1
        assert abs(min(told, 1 - told) - min(chance, 1 - chance)) <= 0.06 * min(chance, 1 - chance)
    assert rounded(told) == pytest.approx(told, abs=1e-9)
