"""One card of the form into one sought person."""

import re
from datetime import date

from matching.names.script import script_of
from schemas.person import KinName, Person, PersonName, Place, Statement
from schemas.tracing import SoughtPerson
from schemas.vocabulary import NameRole, PlaceKind, Relation, Script, Sex, SoughtRole, StatedBy
from service.pages.public.dates import read_birth, read_span

_BETWEEN_NAMES = re.compile(r"[,;،؛\n]")


def spelled(text: str) -> Script:
    return script_of(text)


def said(text: str) -> Statement | None:
    """A statement of the relative, or None when the box was left empty."""
    return Statement(text=text, script=script_of(text), stated_by=StatedBy.RELATIVE) if text else None


def named(text: str, role: NameRole) -> PersonName:
    return PersonName(text=text, role=role, script=script_of(text), stated_by=StatedBy.RELATIVE)


def read_person(number: int, card: dict[str, str], family: dict[str, str], today: date) -> SoughtPerson:
    """The sought person of card `number`; what the card leaves empty is taken from the family's part.

    Raises `Unreadable` with the box to look at.
    """
    birth = read_birth(card, today)
    nationality = said(card["nationality"] or family["nationality"])
    names = _names(card)
    marks = said(card["marks"])
    person = Person(
        names=names,
        sex=Sex(card["sex"]) if card["sex"] in ("female", "male") else Sex.UNKNOWN,
        births=(birth,) if birth else (),
        kin=_kin(card),
        nationalities=(nationality,) if nationality else (),
        places=_places(card, family, today),
        marks=(marks,) if marks else (),
    )
    relation = card["relation"]
    return SoughtPerson(
        person_id=str(number),
        role=SoughtRole(card["role"]) if card["role"] in tuple(SoughtRole) else SoughtRole.OTHER,
        enquirer_relation=Relation(relation) if relation in tuple(Relation) else Relation.UNKNOWN,
        name_known=bool(names),
        person=person,
    )


def _names(card: dict[str, str]) -> tuple[PersonName, ...]:
    names = [named(card["name"], NameRole.FULL)] if card["name"] else []
    others = (part.strip() for part in _BETWEEN_NAMES.split(card["others"]))
    names += [named(other, NameRole.OTHER) for other in others if other]
    if card["kunya"]:
        names.append(named(card["kunya"], NameRole.KUNYA))
    return tuple(names)


def _kin(card: dict[str, str]) -> tuple[KinName, ...]:
    boxes = (("father", Relation.FATHER), ("mother", Relation.MOTHER))
    return tuple(
        KinName(relation=relation, name=named(card[box], NameRole.FULL))
        for box, relation in boxes
        if card[box]
    )


def _places(card: dict[str, str], family: dict[str, str], today: date) -> tuple[Place, ...]:
    places = []
    if origin := card["origin"] or family["origin"]:
        places.append(_place(origin, PlaceKind.ORIGIN, None))
    own = bool(card["place"] or card["place_month"] or card["place_year"])
    source, prefix = (card, "") if own else (family, "family:")
    fields = ("", f"{prefix}place_month", f"{prefix}place_year")
    seen = read_span("", source["place_month"], source["place_year"], today, fields)
    if last := card["place"] or family["place"]:
        places.append(_place(last, PlaceKind.LAST_KNOWN, seen))
    return tuple(places)


def _place(text: str, kind: PlaceKind, seen: tuple[date, date] | None) -> Place:
    return Place(
        text=text,
        kind=kind,
        script=script_of(text),
        stated_by=StatedBy.RELATIVE,
        earliest=seen[0] if seen else None,
        latest=seen[1] if seen else None,
        as_of=seen[1] if seen else None,
    )
