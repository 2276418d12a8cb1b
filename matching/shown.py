"""The facts of a person as a reviewer reads them: what was written, without what nobody told."""

from collections.abc import Sequence
from functools import lru_cache

from schemas.person import BirthInterval, Person
from schemas.vocabulary import NameRole, PlaceKind, Relation, Sex

_APART = {NameRole.OTHER, NameRole.KUNYA}
_Pair = tuple[str, str]


def shown_facts(person: Person) -> tuple[str, ...]:
    """A fact, its value as written, the next fact ...; those without a value are left out."""
    facts: list[str] = []

    def say(fact: str, said: Sequence[str], between: str = "; ") -> None:
        if said and (text := between.join(said)):
            facts.extend((fact, text))

    def say_alike(fact: str, said: Sequence[str]) -> None:
        if said and (text := "; ".join(said)):
            facts.extend(_alike((fact, text)))

    called: dict[NameRole | None, list[str]] = {}
    for name in person.names:
        called.setdefault(name.role if name.role in _APART else None, []).append(name.text)
    kin: dict[Relation, list[str]] = {}
    for one in person.kin:
        if one.name is not None:
            kin.setdefault(one.relation, []).append(one.name.text)
    say("name", called.get(None, ()), " ")
    say("other_names", called.get(NameRole.OTHER, ()))
    say("kunya", called.get(NameRole.KUNYA, ()))
    say("father", kin.get(Relation.FATHER, ()))
    say("mother", kin.get(Relation.MOTHER, ()))
    say("spouse", kin.get(Relation.HUSBAND) or kin.get(Relation.WIFE) or ())
    say_alike("language", [one.text for one in person.languages])
    say("birth", [one.raw or _interval(one) for one in person.births])
    say_alike("sex", (_sex(person),))
    say_alike("nationality", [one.text for one in person.nationalities])
    say_alike("origin", [one.text for one in person.places if one.kind is PlaceKind.ORIGIN])
    say("last_known", [one.text for one in person.places if one.kind is PlaceKind.LAST_KNOWN])
    return tuple(facts)


def _sex(person: Person) -> str:
    return person.sex_as_written or ("" if person.sex is Sex.UNKNOWN else person.sex.value)


@lru_cache(maxsize=8192)
def _alike(said: _Pair) -> _Pair:
    """The same objects for all of whom the same is said."""
    return said


def _interval(birth: BirthInterval) -> str:
    return f"{birth.earliest or '?'} to {birth.latest or '?'}"
