"""A record prepared once for comparison: names in parts, births, origin, kin."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from matching.evidence.origins import NO_ORIGINS, Origins, origins_in
from matching.glued import Glued, glued
from matching.names.parse import parse_name
from matching.names.parts import NamePart
from matching.read_name import ReadName, read_name
from matching.shown import shown_facts
from matching.slots import Slot, halves_of, together
from schemas.person import BirthInterval, Person
from schemas.registry import DetaineeRecord
from schemas.tracing import SoughtPerson, TracingRequest
from schemas.vocabulary import Certainty, NameRole, PlaceKind, Relation, Sex, SoughtRole

ADULT_YEARS = 18
_Said = TypeVar("_Said", bound=Hashable)
_HOLDING = {PlaceKind.HELD_AT, PlaceKind.TRANSFERRED_FROM}
_SILENT = {Certainty.UNKNOWN, Certainty.REFUSED}


class _Remembers:
    """Has a place for what is worked out, which is made when there is something to keep: with that of its own
    a record of a long list would be twice as large.
    """

    def forget(self) -> None:
        """Lets go of all that can be worked out again from the fields: most records are never shown."""
        object.__delattr__(self, "__dict__")


@dataclass(frozen=True, slots=True)
class Profile(_Remembers):
    """What the comparisons read. Tuples hold alternatives; an empty tuple is a missing fact."""

    key: str
    slots: tuple[Slot, ...] = ()
    kunya_children: tuple[NamePart, ...] = ()  # "Umm X": the X
    fathers: tuple[NamePart, ...] = ()  # from the father's own cell or field
    mothers: tuple[NamePart, ...] = ()  # mother's given names
    mother_surnames: tuple[NamePart, ...] = ()
    mother_kunyas: tuple[NamePart, ...] = ()
    kin_surnames: tuple[NamePart, ...] = ()  # of a child's mother, brothers and sisters, other than its own
    spouses: tuple[NamePart, ...] = ()  # given names
    languages: frozenset[str] = frozenset()
    sex: Sex = Sex.UNKNOWN
    births: tuple[BirthInterval, ...] = ()
    origins: Origins = NO_ORIGINS
    role: SoughtRole | None = None
    relation: Relation = Relation.UNKNOWN
    with_mother: bool | None = None
    declared_children: int | None = None
    last_known: tuple[tuple[str, date], ...] = ()  # place as written, latest day of the statement
    held: tuple[str, ...] = ()
    entered_on: date | None = None
    list_date: date | None = None
    staff_named: bool = False
    placeholder: int = 0
    mother_of_household: bool = False  # the mother's name is not of the row
    only_named: bool = False  # not sought herself: the mother whom the children's fields name
    inferred: frozenset[str] = frozenset()  # comparisons whose names were told of a relative
    renamed: bool = False  # the given name may be one that the family never heard
    shown: tuple[str, ...] = ()  # a fact, its value as written, the next fact ...: for the reviewer

    @cached_property
    def given(self) -> tuple[NamePart, ...]:
        return tuple(s.part for s in self.slots if s.given is not None and s.given >= 0)

    @cached_property
    def surnames(self) -> tuple[NamePart, ...]:
        return tuple(s.part for s in self.slots if s.surname == 0.0)

    @property
    def mothers_on_row(self) -> tuple[NamePart, ...]:
        """Without the mother that the household gave."""
        return () if self.mother_of_household else self.mothers

    @cached_property
    def father_names(self) -> tuple[NamePart, ...]:
        """From the father's own field, and the patronymic."""
        return _once(self.fathers, tuple(s.part for s in self.slots if s.father == 0.0))

    @cached_property
    def glued(self) -> tuple[Glued, ...]:
        """A sought person's names as they would look written in one word."""
        if self.role is None:
            return ()
        return glued(self.given, self.father_names, self.surnames)

    @cached_property
    def is_child(self) -> bool:
        """Whether the person is to be weighed as a child; unknown ages follow the role."""
        if self.role is not None:
            return self.role is SoughtRole.CHILD
        if self.births and self.list_date:
            days = [d for b in self.births for d in (b.earliest, b.latest) if d is not None]
            if days:
                return (self.list_date - max(days)).days < ADULT_YEARS * 365.25
        return self.relation in {Relation.SON, Relation.DAUGHTER, Relation.CHILD} or bool(self.with_mother)

    @property
    def is_woman(self) -> bool:
        """Whether she is known to be female and is not to be weighed as a child."""
        return self.sex is Sex.FEMALE and not self.is_child

    @cached_property
    def readings(self) -> dict[str, tuple[tuple[int, NamePart, float], ...]]:
        """The words that may be read as given name, surname or father's: position, word and cost."""
        return {
            role: tuple(
                (at if slot.whole is None else slot.whole, slot.part, cost)
                for at, slot in enumerate(self.slots)
                if (cost := getattr(slot, role)) is not None
            )
            for role in ("given", "surname", "father")
        }

    @cached_property
    def _facts(self) -> dict[str, str]:
        return dict(zip(self.shown[::2], self.shown[1::2], strict=True))

    def show(self, fact: str) -> str:
        """The fact as written; empty if it is missing."""
        return self._facts.get(fact, "")


def sought_profile(person: SoughtPerson, request: TracingRequest) -> Profile:
    """Prepare a sought person, with the names of the request's own children and mother as context."""
    base = _sought(f"{request.request_id}/{person.person_id}", person.person)
    mothers, mother_surnames = base.mothers, base.mother_surnames
    children = (
        _kunya_children(person, request) if person.role in {SoughtRole.MOTHER, SoughtRole.FATHER} else ()
    )
    if person.role is SoughtRole.CHILD:
        for other in request.sought:
            if other.role is SoughtRole.MOTHER:
                mother = _sought("", other.person)
                mothers = _once(mothers, mother.given)
                mother_surnames = _once(
                    mother_surnames, tuple(s.part for s in mother.slots if s.surname == 0.0)
                )
    sex = base.sex
    if sex is Sex.UNKNOWN:
        sex = {SoughtRole.MOTHER: Sex.FEMALE, SoughtRole.FATHER: Sex.MALE}.get(person.role, Sex.UNKNOWN)
    origins = base.origins
    for other in request.sought:  # origin is a fact of the family: a child without one has its mother's
        if not origins and other.role is SoughtRole.MOTHER:
            origins = origins_in(_origin_texts(other.person))
    for other in request.sought:
        if not origins:
            origins = origins_in(_origin_texts(other.person))
    if not origins and request.enquirer.place:
        origins = origins_in((request.enquirer.place,))
    renamed = (
        bool(person.born_after_departure)
        or not person.name_known
        or any(parse_name(text).given for text in person.person.written(NameRole.OTHER))
    )
    return replace(
        base,
        role=person.role,
        mothers=mothers,
        mother_surnames=mother_surnames,
        kunya_children=_once(base.kunya_children, children),
        spouses=_spouses(person, base, request),
        sex=sex,
        origins=origins,
        renamed=renamed,
        declared_children=_sought_children(request) if person.role is SoughtRole.MOTHER else None,
    )


def record_profile(record: DetaineeRecord) -> Profile:
    """Prepare a detainee record."""
    names = _read(record.person)
    slots = _slots(names)
    return _from_person(
        record.record_id,
        record.person,
        names,
        slots + halves_of(slots),
        relation=record.relation_to_head,
        with_mother=record.with_mother,
        declared_children=record.declared_children,
        entered_on=record.entered_on,
        list_date=record.list_date,
        placeholder=record.placeholder,
    )


def _read(person: Person) -> list[ReadName]:
    # Another name may be a married surname as well as a new given name: let its form tell.
    return [
        read_name(name.text, NameRole.FULL if name.role is NameRole.OTHER else name.role)
        for name in person.names
        if name.certainty not in _SILENT
    ]


def _slots(names: list[ReadName]) -> tuple[Slot, ...]:
    return names[0].slots if len(names) == 1 else together([name.slots for name in names])


def _sought(key: str, person: Person) -> Profile:
    names = _read(person)
    return _from_person(key, person, names, _slots(names))


def _from_person(
    key: str, person: Person, names: list[ReadName], slots: tuple[Slot, ...], **told: Any
) -> Profile:
    """`told`: further facts of the profile."""
    kin = _kin(person)
    mothers = kin.get(Relation.MOTHER, _NO_KIN)
    spouses = kin.get(Relation.HUSBAND, _NO_KIN).given + kin.get(Relation.WIFE, _NO_KIN).given
    return Profile(
        key=key,
        slots=slots,
        kunya_children=_once(*[(name.kunya,) for name in names if name.kunya is not None]),
        fathers=_fathers(kin),
        mothers=mothers.given,
        mother_surnames=mothers.surnames,
        mother_kunyas=mothers.kunyas,
        spouses=spouses,
        languages=origins_in(tuple([one.text for one in person.languages])).values,
        sex=_sex(person, names),
        births=_shared(person.births),
        origins=origins_in(_origin_texts(person), tuple([one for name in names for one in name.nisbas])),
        last_known=tuple([
            (p.text, day)
            for p in person.places
            if p.kind is PlaceKind.LAST_KNOWN and (day := p.latest or p.as_of) is not None
        ]),
        held=_shared(tuple([p.text for p in person.places if p.kind in _HOLDING])),
        staff_named=any(n.role is NameRole.STAFF_GIVEN for n in person.names),
        shown=shown_facts(person),
        **told,
    )  # fmt: skip


def _sex(person: Person, names: list[ReadName]) -> Sex:
    if person.sex in {Sex.FEMALE, Sex.MALE}:
        return person.sex
    for name in names:
        if name.kunya is not None and name.kunya_sex is not None:
            return name.kunya_sex
    return Sex.UNKNOWN


class _Kin(NamedTuple):
    """Given names, surnames and kunya names of the relatives of one kind."""

    given: tuple[NamePart, ...] = ()
    surnames: tuple[NamePart, ...] = ()
    kunyas: tuple[NamePart, ...] = ()


_NO_KIN = _Kin()


def _kin(person: Person) -> dict[Relation, _Kin]:
    """The relatives whose names are told."""
    named: dict[Relation, list[ReadName]] = {}
    for kin in person.kin:
        if kin.name is not None and kin.name.certainty not in _SILENT:
            named.setdefault(kin.relation, []).append(read_name(kin.name.text, kin.name.role))
    return {
        relation: _Kin(
            _once(*[name.called for name in names]),
            _once(*[name.surnames for name in names]),
            _once(*[(name.kunya,) for name in names if name.kunya is not None]),
        )
        for relation, names in named.items()
    }


def _fathers(kin: dict[Relation, _Kin]) -> tuple[NamePart, ...]:
    """ "Abu Yahya" is often the only name of a father that anybody knows."""
    found = kin.get(Relation.FATHER, _NO_KIN)
    return _once(found.given, found.kunyas)


def _spouses(person: SoughtPerson, base: Profile, request: TracingRequest) -> tuple[NamePart, ...]:
    """Of a mother the husbands named, and the fathers of her sought children."""
    if person.role is not SoughtRole.MOTHER:
        return base.spouses
    fathers = [
        part
        for other in request.sought
        if other.role is SoughtRole.CHILD
        for part in _fathers(_kin(other.person))
    ]
    return _once(base.spouses, tuple(fathers))


def _kunya_children(person: SoughtPerson, request: TracingRequest) -> tuple[NamePart, ...]:
    parts: list[NamePart] = []
    for other in request.sought:
        if other.role is SoughtRole.CHILD and other.person_id != person.person_id:
            parts.extend(_sought("", other.person).given)
    return tuple(parts)


def _sought_children(request: TracingRequest) -> int | None:
    count = sum(1 for s in request.sought if s.role is SoughtRole.CHILD) + request.unnamed_children
    return count or None


def _origin_texts(person: Person) -> tuple[str, ...]:
    places = tuple(p.text for p in person.places if p.kind is PlaceKind.ORIGIN)
    return places + tuple(n.text for n in person.nationalities)


def _once(*names: tuple[NamePart, ...]) -> tuple[NamePart, ...]:
    """The words of several names, each once; the very tuple if there is only one word."""
    some = [name for name in names if name]
    if len(some) == 1 and len(some[0]) == 1:
        return some[0]
    return tuple(dict.fromkeys(chain.from_iterable(some)))


@lru_cache(maxsize=8192)
def _shared(said: _Said) -> _Said:
    """The same objects for all of whom the same is said."""
    return said
