"""From typed boxes to a request."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.vocabulary import ConsentPurpose, ConsentRecipient, DatePrecision, NameRole, Relation
from service.pages.public.dates import Unreadable, read_birth, whole_number
from service.pages.public.draft import (
    FAMILY_FIELDS,
    MAX_PEOPLE,
    PERSON_FIELDS,
    Draft,
    empty_person,
    read_draft,
)
from service.pages.public.reading import Filing, read_form

TODAY = date(2024, 5, 2)
LEAP_DAY = date(2012, 2, 29)
FILING = Filing("r" * 32, TODAY, "ru")
TYPED = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=30)


def filled() -> Draft:
    """A grandmother, a mother and a child that she cannot name."""
    draft = Draft()
    draft.family |= {
        "you_name": "Хава",
        "you_relation": "grandmother",
        "consent_homeward": "yes",
        "consent_icrc": "no",
        "place": "Таль-Афар",
        "place_year": "2017",
        "origin": "Шали",
    }
    draft.people[0] |= {"role": "mother", "name": "Цуркаева Мадина", "others": "أم إبراهيم, Umm Ibrahim"}
    draft.add_person(nameless=True)
    return draft


@given(st.lists(st.dictionaries(st.sampled_from(sorted(PERSON_FIELDS)), TYPED), min_size=1, max_size=4))
def test_nothing_typed_is_lost_between_posts(cards: list[dict[str, str]]) -> None:
    """What the check page carries along in hidden fields comes back as the same draft."""
    draft = read_draft({f"p{n}_{k}": v for n, card in enumerate(cards, 1) for k, v in card.items()} | {
        "people": str(len(cards)), "story": "Уехала\r\nв 2014",
    })  # fmt: skip
    assert read_draft(dict(draft.hidden())) == draft
    assert draft.family["story"] == "Уехала\nв 2014"


@given(st.dictionaries(st.sampled_from([*FAMILY_FIELDS, "people", "key", "p1_name", "p2_year"]), st.text()))
def test_no_form_can_break_the_reader(form: dict[str, str]) -> None:
    """Whatever is posted gives a request or words about what to look at again."""
    reading = read_form(read_draft(form), FILING)
    assert (reading.request is None) == bool(reading.problems)


def test_the_form_becomes_the_request() -> None:
    """Every box arrives where the matching looks for it, as it was written."""
    request = read_form(filled(), FILING).request
    assert request is not None
    mother, child = request.sought
    assert [(n.text, n.role) for n in mother.person.names] == [
        ("Цуркаева Мадина", NameRole.FULL),
        ("أم إبراهيم", NameRole.OTHER),
        ("Umm Ibrahim", NameRole.OTHER),
    ]
    assert not child.name_known
    assert child.person.names == ()
    assert [(p.text, p.latest) for p in child.person.places] == [
        ("Шали", None),
        ("Таль-Афар", date(2017, 12, 31)),
    ]
    assert [(r.from_person, r.relation, r.to_person) for r in request.relationships] == [
        ("1", Relation.MOTHER, "2")
    ]
    assert request.enquirer.relation is Relation.GRANDMOTHER


def test_silence_is_no_consent() -> None:
    """Only a yes opens anything; an unanswered question leaves no row at all."""
    request = read_form(filled(), FILING).request
    assert request is not None
    assert request.allows(ConsentPurpose.MATCHING, ConsentRecipient.HOMEWARD)
    assert [consent.recipient for consent in request.consents] == [
        ConsentRecipient.HOMEWARD,
        ConsentRecipient.ICRC,
    ]
    assert not any(
        request.allows(purpose, recipient)
        for purpose in ConsentPurpose
        for recipient in ConsentRecipient
        if recipient is not ConsentRecipient.HOMEWARD
    )


def test_two_mothers_leave_open_whose_the_child_is() -> None:
    """Nothing is assumed that only the family knows."""
    draft = filled()
    draft.add_person(nameless=False)
    draft.people[2] |= {"role": "mother", "name": "Зарема"}
    request = read_form(draft, FILING).request
    assert request is not None
    assert request.relationships == ()


def test_every_problem_is_named_at_once_beside_its_box() -> None:
    draft = Draft()
    draft.people[0] |= {"year": "20xx", "marks": "x" * 2001}
    found = {(problem.field, problem.words) for problem in read_form(draft, FILING).problems}
    assert found == {
        ("you_name", "you_name"),
        ("you_relation", "you_relation"),
        ("consent_homeward", "consent_matching"),
        ("p1_role", "person_role"),
        ("p1_name", "person_name"),
        ("p1_year", "year"),
        ("p1_marks", "too_long"),
    }


@pytest.mark.parametrize(
    ("boxes", "earliest", "latest", "precision"),
    [
        ({"year": "٢٠١٤"}, date(2014, 1, 1), date(2014, 12, 31), DatePrecision.YEAR),
        ({"year": "۲۰۱۴", "month": "۲"}, date(2014, 2, 1), date(2014, 2, 28), DatePrecision.MONTH),
        (
            {"year": "2012", "month": "2", "day": "29"},
            date(2012, 2, 29),
            date(2012, 2, 29),
            DatePrecision.DAY,
        ),
        ({"year": "2014", "about": "yes"}, date(2014, 1, 1), date(2014, 12, 31), DatePrecision.ABOUT),
        ({"age": "5", "seen": "2019"}, date(2013, 1, 1), date(2014, 12, 31), DatePrecision.AGE),
    ],
)
def test_births_as_people_know_them(
    boxes: dict[str, str], earliest: date, latest: date, precision: DatePrecision
) -> None:
    """Any digits, any precision; an age needs the year in which it was true."""
    birth = read_birth(empty_person() | boxes, TODAY)
    assert birth is not None
    assert (birth.earliest, birth.latest, birth.precision) == (earliest, latest, precision)


@pytest.mark.parametrize(
    ("boxes", "field", "problem"),
    [
        ({"month": "5"}, "year", "year_needed"),
        ({"day": "5", "year": "2014"}, "month", "day_month"),
        ({"day": "30", "month": "2", "year": "2014"}, "day", "day"),
        ({"month": "13", "year": "2014"}, "month", "month"),
        ({"year": "2025"}, "year", "year_future"),
        ({"year": "14"}, "year", "year"),
        ({"age": "5"}, "seen", "age_year"),
        ({"age": "five", "seen": "2019"}, "age", "age"),
        ({"age": "5", "seen": "2019", "year": "2014"}, "age", "age_and_year"),
    ],
)
def test_an_unreadable_birth_names_the_box(boxes: dict[str, str], field: str, problem: str) -> None:
    with pytest.raises(Unreadable) as raised:
        read_birth(empty_person() | boxes, TODAY)
    assert (raised.value.field, raised.value.problem) == (field, problem)


@given(st.integers(0, 9999), st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]))
def test_numbers_in_any_digits(number: int, digits: str) -> None:
    assert whole_number("".join(digits[int(c)] for c in str(number))) == number


def test_the_form_has_an_end() -> None:
    """More cards than the form holds are not made, and the last card cannot be removed."""
    draft = Draft()
    for _ in range(MAX_PEOPLE + 3):
        draft.add_person(nameless=False)
    assert len(draft.people) == MAX_PEOPLE
    only = Draft()
    only.remove_person(1)
    assert only.people == [empty_person()]
