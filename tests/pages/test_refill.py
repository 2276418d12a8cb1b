"""A kept request in the form again: nothing is lost by correcting."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from schemas.person import BirthInterval, PersonName, Statement
from schemas.tracing import Consent, Relationship, TracingRequest
from schemas.vocabulary import ConsentPurpose, ConsentRecipient, DatePrecision, NameRole, Relation
from service.pages.public.draft import Draft, read_draft
from service.pages.public.reading import CONSENTS, Filing, read_form
from service.pages.public.refill import corrected, draft_of

TODAY = date(2024, 5, 2)
FILING = Filing("r" * 32, TODAY, "ru")
WORDS = st.sampled_from(["", "Мадина", "Umm Ibrahim", "إبراهيم", "Tsurkaev Adam"])
NUMBER = st.integers(1, 12).map(str)
BORN: st.SearchStrategy[dict[str, str]] = st.one_of(
    st.just({}),
    st.builds(lambda y: {"year": str(y)}, st.integers(1950, 2023)),
    st.builds(lambda y, m: {"year": str(y), "month": m, "about": "yes"}, st.integers(1950, 2023), NUMBER),
    st.builds(
        lambda y, m, d: {"year": str(y), "month": m, "day": d}, st.integers(1950, 2023), NUMBER, NUMBER
    ),
    st.builds(lambda a, y: {"age": str(a), "seen": str(y)}, st.integers(0, 60), st.integers(2012, 2023)),
)


@st.composite
def cards(draw: st.DrawFn) -> dict[str, str]:
    boxes = ("name", "kunya", "father", "mother", "place", "nationality", "origin", "marks")
    card = {box: draw(WORDS) for box in boxes}
    card["role"] = draw(st.sampled_from(["mother", "child", "other"]))
    card["sex"] = draw(st.sampled_from(["female", "male", "unknown"]))
    card["nameless"] = "" if card["name"] else "yes"
    if card["place"]:
        card["place_year"] = "2017"
    return card | draw(BORN)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    family = {"you_name": "Хава", "you_relation": "grandmother", "story": draw(WORDS)}
    family |= {name: draw(st.sampled_from(["yes", "no", ""])) for name in CONSENTS}
    family["consent_homeward"] = draw(st.sampled_from(["yes", "no"]))
    people = draw(st.lists(cards(), min_size=1, max_size=4))
    boxes = {f"p{n}_{box}": value for n, card in enumerate(people, 1) for box, value in card.items()}
    return read_draft(family | boxes | {"people": str(len(people))})


def read(draft: Draft) -> TracingRequest:
    reading = read_form(draft, FILING)
    assert reading.request is not None, reading.problems
    return reading.request


@given(drafts())
def test_a_request_in_the_form_and_back_is_the_same_request(draft: Draft) -> None:
    """Sending the kept form unchanged changes nothing, not even the day of a consent."""
    held = read(draft)
    shown = draft_of(held)
    assert corrected(held, shown, read(shown), date(2025, 1, 1)) == held


def rich() -> TracingRequest:
    """A request by API that says more than the form can."""
    held = read(read_draft({
        "you_name": "Хава", "you_relation": "grandmother", "consent_homeward": "yes", "people": "2",
        "p1_role": "mother", "p1_name": "Мадина", "p2_role": "child", "p2_name": "Ибрагим", "p2_year": "2014",
    }))  # fmt: skip
    child = held.sought[1]
    person = child.person.model_copy(
        update={
            "births": (*child.person.births, BirthInterval(earliest=date(2013, 1, 1), latest=date(2015, 1, 1),
                                                           precision=DatePrecision.ABOUT, raw="2013-2015")),
            "languages": (Statement(text="чеченский"),),
            "names": (*child.person.names, PersonName(text="подкидыш", role=NameRole.STAFF_GIVEN)),
        }
    )  # fmt: skip
    told = (*held.relationships, Relationship(from_person="1", relation=Relation.AUNT, to_person="2"))
    sought = (held.sought[0], child.model_copy(update={"person": person}))
    return held.model_copy(update={"sought": sought, "relationships": told})


def change(held: TracingRequest, **boxes: Any) -> TracingRequest:
    typed = draft_of(held)
    typed.people[1] |= boxes
    return corrected(held, typed, read(typed), TODAY)


def test_what_the_form_cannot_say_outlives_a_correction() -> None:
    """A corrected name leaves the language, the second birth and the name that a home gave alone."""
    held = rich()
    after = change(held, name="Ибрагим Цуркаев").sought[1].person
    before = held.sought[1].person
    assert after.headline == "Ибрагим Цуркаев"
    assert after.births == before.births
    assert after.languages == before.languages
    assert "подкидыш" in after.written(NameRole.STAFF_GIVEN)
    assert change(held, year="2015").sought[1].person.births[1] == before.births[1]
    assert change(held, name="Адам").relationships == held.relationships


def test_people_keep_their_identity_and_new_ones_get_their_own() -> None:
    """A link to a person outlives the removal of another and the adding of a third."""
    held = rich()
    typed = draft_of(held)
    typed.remove_person(1)
    typed.add_person(nameless=True)
    after = corrected(held, typed, read(typed), TODAY)
    assert after.sought[0].person_id == "2"
    assert after.sought[1].person_id not in ("1", "2")
    assert not any("1" in (kept.from_person, kept.to_person) for kept in after.relationships)


def test_a_yes_taken_back_keeps_its_row() -> None:
    """Consents are a history: the withdrawn one stays, a new yes is a new one."""
    held = rich()
    no = draft_of(held)
    no.family["consent_homeward"] = "no"
    without = corrected(held, no, read(no), TODAY)
    assert not without.allows(ConsentPurpose.MATCHING, ConsentRecipient.HOMEWARD)
    assert [consent.withdrawn_on for consent in without.consents] == [TODAY]
    yes = draft_of(without)
    yes.family["consent_homeward"] = "yes"
    again = corrected(without, yes, read(yes), TODAY)
    assert again.allows(ConsentPurpose.MATCHING, ConsentRecipient.HOMEWARD)
    assert again.consents[0] == without.consents[0]
    assert isinstance(again.consents[-1], Consent)
