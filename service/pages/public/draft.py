"""A request form as typed: kept between posts in the form itself, since there is no cookie to hold it."""

import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from service.pages.forms import printable

MAX_PEOPLE = 20  # cards; a page of more weighs too much on a slow line
SHORT = 200  # code points of a name or place
LONG = 2000  # code points of free text
FAMILY_FIELDS = {
    "language": SHORT,  # these two on the staff's form only
    "channel": SHORT,
    "you_name": SHORT,
    "you_relation": SHORT,
    "you_relation_words": SHORT,
    "you_side": SHORT,
    "you_place": SHORT,
    "you_proxy": SHORT,
    "contact_telephone": SHORT,
    "contact_email": SHORT,
    "contact_address": SHORT,
    "contact_hours": SHORT,
    "contact_instructions": LONG,
    "unnamed": SHORT,
    "nationality": SHORT,
    "origin": SHORT,
    "place": SHORT,
    "place_month": SHORT,
    "place_year": SHORT,
    "story": LONG,
    "consent_homeward": SHORT,
    "consent_contact": SHORT,
    "consent_partner": SHORT,
    "consent_icrc": SHORT,
    "consent_unhcr": SHORT,
    "consent_origin": SHORT,
    "consent_detaining": SHORT,
}
PERSON_FIELDS = {
    "id": SHORT,  # of somebody who is in a kept request already; a new card has none
    "role": SHORT,
    "relation": SHORT,
    "name": SHORT,
    "nameless": SHORT,
    "others": SHORT,
    "kunya": SHORT,
    "sex": SHORT,
    "day": SHORT,
    "month": SHORT,
    "year": SHORT,
    "about": SHORT,
    "age": SHORT,
    "seen": SHORT,
    "father": SHORT,
    "mother": SHORT,
    "place": SHORT,
    "place_month": SHORT,
    "place_year": SHORT,
    "nationality": SHORT,
    "origin": SHORT,
    "marks": LONG,
}
DETAILS = ("place", "place_month", "place_year", "nationality", "origin", "marks", "relation")


@dataclass
class Draft:
    """The typed values. `key` is made with the first page and names this one submission.

    `nameless` children keep their card: the enquirer knows that they exist.
    """

    key: str = field(default_factory=lambda: secrets.token_hex(16))
    family: dict[str, str] = field(default_factory=lambda: dict.fromkeys(FAMILY_FIELDS, ""))
    people: list[dict[str, str]] = field(default_factory=lambda: [empty_person()])

    def add_person(self, *, nameless: bool) -> None:
        """One more card, below; nothing happens when the form is full."""
        if len(self.people) >= MAX_PEOPLE:
            return
        card = empty_person()
        if nameless:
            card |= {"nameless": "yes", "role": "child"}
        self.people.append(card)

    def remove_person(self, number: int) -> None:
        """Takes card `number` (from 1) away; the last card is emptied instead."""
        if 1 <= number <= len(self.people):
            del self.people[number - 1]
        if not self.people:
            self.people.append(empty_person())

    def hidden(self) -> Iterable[tuple[str, str]]:
        """Every filled field with its name in the form, for the page that only shows them."""
        yield "key", self.key
        yield "people", str(len(self.people))
        yield from ((name, value) for name, value in self.family.items() if value)
        for number, card in enumerate(self.people, 1):
            yield from ((f"p{number}_{name}", value) for name, value in card.items() if value)


def empty_person() -> dict[str, str]:
    return dict.fromkeys(PERSON_FIELDS, "")


def read_draft(form: Mapping[str, str]) -> Draft:
    """The draft of a posted form. Unknown fields are ignored; the texts are kept as typed (NFC)."""
    count = form.get("people", "1")
    people = min(max(int(count), 1), MAX_PEOPLE) if count.isascii() and count.isdigit() else 1
    key = form.get("key", "")
    return Draft(
        key=key if _is_key(key) else secrets.token_hex(16),
        family={name: _typed(form.get(name, ""), most) for name, most in FAMILY_FIELDS.items()},
        people=[
            {name: _typed(form.get(f"p{number}_{name}", ""), most) for name, most in PERSON_FIELDS.items()}
            for number in range(1, people + 1)
        ],
    )


def _is_key(text: str) -> bool:
    return len(text) == 32 and all(character in "0123456789abcdef" for character in text)


def _typed(text: str, most: int) -> str:
    """NFC, without control characters. A little more than `most` is kept so that "too long" can be said."""
    text = printable(text[: 4 * most]).replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text).strip()
