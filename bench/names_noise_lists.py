"""Lists of 10,000 invented names of one script with many namesakes, for the noise to be done to."""

import random
from dataclasses import dataclass

import names_noise_cases as cases
from names_invented import Invented, Written, invent, patronymic
from names_noise_latin import TRADITIONS, spelled
from names_padding import Padding

LANGUAGES = ("ru", "en", "ar")
_COMPOSED = 0.3  # share of names composed from attested tokens instead of invented ones


@dataclass(frozen=True)
class Held:
    """One name of the list; what it was made of, when it is an invented person's."""

    words: tuple[str, ...]
    person: Invented | None = None
    father: bool = False  # whether the patronymic is written
    tradition: str = ""

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def name(self) -> tuple[str, ...]:
        """What stays the same when one name is spelled by another tradition."""
        if self.person is None:
            return self.words
        parts = [self.person.given, *([self.person.father] if self.father else []), self.person.surname]
        return tuple(part.cyrillic for part in parts)


def fill(language: str, size: int, padding: Padding, dice: random.Random) -> list[Held]:
    """Distinct names; no two are the same words in another order."""
    found: dict[str, Held] = {}
    drawn = padding.drawn(language, dice)
    while len(found) < size:
        if dice.random() < _COMPOSED:
            words = next(drawn)
            held = Held(tuple(word.capitalize() for word in words) if language != "ar" else tuple(words))
        else:
            held = _invented(language, invent(dice), dice)
        found.setdefault(" ".join(sorted(held.text.split())), held)
    return list(found.values())


def _invented(language: str, person: Invented, dice: random.Random) -> Held:
    father = dice.random() < 0.6
    if language == "ru":
        return Held(_cyrillic(person, father), person, father)
    if language == "en":
        tradition = dice.choice(TRADITIONS)
        return Held(in_latin(person, father, tradition), person, father, tradition)
    names = [person.given]
    if father:
        names.append(patronymic(person.father, person.woman) if dice.random() < 0.5 else person.father)
    words = [word for name in (*names, person.surname) for word in name.arabic.split()]
    return Held(tuple(words), person, father)


def _russian(person: Invented, father: bool) -> list[Written]:
    middle = [patronymic(person.father, person.woman)] if father else []
    return [person.given, *middle, person.surname]


def _cyrillic(person: Invented, father: bool) -> tuple[str, ...]:
    return tuple(name.cyrillic for name in _russian(person, father))


def in_latin(person: Invented, father: bool, tradition: str) -> tuple[str, ...]:
    return tuple(spelled(word, tradition) for word in _cyrillic(person, father))


def in_case(held: Held, case: str) -> list[str]:
    """The words of an invented Russian name in one oblique case."""
    person = held.person
    if person is None:
        raise ValueError("only invented persons have a sex")
    words = [cases.given(held.words[0], person.woman, case)]
    if held.father:
        words.append(cases.patronymic(held.words[1], person.woman, case))
    return [*words, cases.surname(held.words[-1], person.woman, case)]
