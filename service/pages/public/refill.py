"""A kept request back in the form, and the form's changes laid over what is kept.

Only boxes that were changed change anything: what the form has no box for (a second statement of a
birth, a language, a number on a paper) outlives a correction.
"""

from collections.abc import Sequence
from datetime import date

from schemas.person import BirthInterval, KinName, Person, Place
from schemas.tracing import Consent, Relationship, SoughtPerson, TracingRequest
from schemas.vocabulary import DatePrecision, NameRole, PlaceKind, Relation, Side
from service.pages.public.draft import Draft, empty_person
from service.pages.public.kinship import relationships
from service.pages.public.reading import CONSENTS

# boxes of a card (and of the family's part, where the card leaves them empty) -> what they speak of
_GROUPS = {
    "names": ("name", "others", "kunya"),
    "births": ("day", "month", "year", "about", "age", "seen"),
    "kin": ("father", "mother"),
    "nationalities": ("nationality",),
    "places": ("place", "place_month", "place_year", "origin"),
    "marks": ("marks",),
}
_FROM_FAMILY = ("nationality", "place", "place_month", "place_year", "origin")
_IN_BOXES = frozenset({NameRole.FULL, NameRole.OTHER, NameRole.KUNYA}) | {
    NameRole.GIVEN,
    NameRole.SURNAME,
    NameRole.PATRONYMIC,
}


def draft_of(held: TracingRequest) -> Draft:
    """The form as it would be typed to say what is kept."""
    draft = Draft(people=[_card(person) for person in held.sought])
    enquirer, contact = held.enquirer, held.enquirer.contact
    draft.family |= {
        "you_name": enquirer.name.text if enquirer.name else "",
        "you_relation": enquirer.relation.value if enquirer.relation is not Relation.UNKNOWN else "",
        "you_relation_words": enquirer.relation_as_written,
        "you_side": enquirer.side.value if enquirer.side is not Side.UNKNOWN else "",
        "you_place": enquirer.place,
        "you_proxy": "yes" if enquirer.is_proxy else "",
        "contact_telephone": contact.telephone,
        "contact_email": contact.email,
        "contact_address": contact.address,
        "contact_hours": contact.safe_hours,
        "contact_instructions": contact.instructions,
        "unnamed": str(held.unnamed_children or ""),
        "story": held.message.text if held.message else "",
    }
    for name, (purpose, recipient) in CONSENTS.items():
        given = [c for c in held.consents if (c.purpose, c.recipient) == (purpose, recipient)]
        if given:
            draft.family[name] = "yes" if any(c.stands for c in given) else "no"
    return draft


def corrected(held: TracingRequest, typed: Draft, read: TracingRequest, today: date) -> TracingRequest:
    """`held` with the changes that `typed` (read as `read`) makes to it. Cards know their person by `id`."""
    before = draft_of(held)
    known = {person.person_id: person for person in held.sought}
    cards = {card["id"]: card for card in before.people}
    people: list[SoughtPerson] = []
    for card, person in zip(typed.people, read.sought, strict=True):
        old = known.pop(card["id"], None)
        if old is None:
            people.append(person.model_copy(update={"person_id": _free({*cards, *_ids(people)})}))
        else:
            people.append(_changed(old, cards[card["id"]], _effective(card, typed.family), person))
    return held.model_copy(
        update={
            "enquirer": read.enquirer,
            "sought": tuple(people),
            "relationships": _relationships(held, people),
            "consents": _consents(held, before, typed, today),
            "message": held.message if typed.family["story"] == before.family["story"] else read.message,
            "unnamed_children": read.unnamed_children,
        }
    )


def _card(sought: SoughtPerson) -> dict[str, str]:
    person = sought.person
    names = [n for n in person.names if n.role is NameRole.FULL]
    others = [n.text for n in [*names[1:], *person.names] if n in names[1:] or n.role is NameRole.OTHER]
    kunya = person.written(NameRole.KUNYA)
    return (
        empty_person()
        | {
            "id": sought.person_id,
            "role": sought.role.value,
            "relation": ""
            if sought.enquirer_relation is Relation.UNKNOWN
            else sought.enquirer_relation.value,
            "name": names[0].text if names else _in_parts(person),
            "nameless": "" if sought.name_known else "yes",
            "others": ", ".join(dict.fromkeys(others)),
            "kunya": kunya[0] if kunya else "",
            "sex": person.sex.value,
            "father": _kin(person, Relation.FATHER),
            "mother": _kin(person, Relation.MOTHER),
            "nationality": person.nationalities[0].text if person.nationalities else "",
            "marks": person.marks[0].text if person.marks else "",
        }
        | _birth_boxes(person.births)
        | _place_boxes(person.places)
    )


def _in_parts(person: Person) -> str:
    roles = (NameRole.SURNAME, NameRole.GIVEN, NameRole.PATRONYMIC)
    return " ".join(text for role in roles for text in person.written(role)[:1])


def _kin(person: Person, relation: Relation) -> str:
    return next((kin.name.text for kin in person.kin_named(relation) if kin.name), "")


def _birth_boxes(births: Sequence[BirthInterval]) -> dict[str, str]:
    """The first statement in the form's boxes; nothing where they cannot say it."""
    if not births or births[0].earliest is None or births[0].latest is None:
        return {}
    birth, first, last = births[0], births[0].earliest, births[0].latest
    if birth.precision is DatePrecision.AGE and birth.as_of:
        return {"age": str(birth.as_of.year - last.year), "seen": str(birth.as_of.year)}
    if birth.precision is DatePrecision.DAY and first == last:
        return {"day": str(first.day), "month": str(first.month), "year": str(first.year)}
    if first.year != last.year:
        return {}
    about = {"about": "yes"} if birth.precision is DatePrecision.ABOUT else {}
    month = {"month": str(first.month)} if first.month == last.month else {}
    day = {"day": str(first.day)} if first == last else {}
    return {"year": str(first.year)} | month | day | about


def _place_boxes(places: Sequence[Place]) -> dict[str, str]:
    boxes: dict[str, str] = {}
    for place in places:
        if place.kind is PlaceKind.ORIGIN:
            boxes.setdefault("origin", place.text)
        elif place.kind is PlaceKind.LAST_KNOWN and "place" not in boxes:
            boxes |= {"place": place.text} | _when(place)
    return boxes


def _when(place: Place) -> dict[str, str]:
    if place.earliest is None or place.latest is None or place.earliest.year != place.latest.year:
        return {}
    month = str(place.earliest.month) if place.earliest.month == place.latest.month else ""
    return {"place_year": str(place.earliest.year), "place_month": month}


def _effective(card: dict[str, str], family: dict[str, str]) -> dict[str, str]:
    return card | {name: card[name] or family[name] for name in _FROM_FAMILY}


def _changed(
    old: SoughtPerson, before: dict[str, str], after: dict[str, str], read: SoughtPerson
) -> SoughtPerson:
    """`old` with those groups of facts taken from `read` whose boxes differ."""
    fresh: dict[str, object] = {
        "names": (*read.person.names, *(n for n in old.person.names if n.role not in _IN_BOXES)),
        "births": (*read.person.births, *old.person.births[1:]),
        "kin": (*read.person.kin, *_other_kin(old.person.kin)),
        "nationalities": (*read.person.nationalities, *old.person.nationalities[1:]),
        "places": (*read.person.places, *_other_places(old.person.places)),
        "marks": (*read.person.marks, *old.person.marks[1:]),
    }
    update = {
        group: fresh[group]
        for group, boxes in _GROUPS.items()
        if any(before[box] != after[box] for box in boxes)
    }
    if before["sex"] != (after["sex"] or before["sex"]):
        update["sex"] = read.person.sex
    return old.model_copy(
        update={
            "role": read.role,
            "enquirer_relation": read.enquirer_relation,
            "name_known": bool(read.person.names),
            "person": old.person.model_copy(update=update),
        }
    )


def _other_kin(kin: Sequence[KinName]) -> list[KinName]:
    """Relatives that the form has no box for: all but the first father and the first mother named."""
    seen: set[Relation] = set()
    others = []
    for one in kin:
        if one.relation in (Relation.FATHER, Relation.MOTHER) and one.name and one.relation not in seen:
            seen.add(one.relation)
        else:
            others.append(one)
    return others


def _other_places(places: Sequence[Place]) -> list[Place]:
    """Places beyond the first origin and the first last known place."""
    seen: set[PlaceKind] = set()
    others = []
    for one in places:
        if one.kind in (PlaceKind.ORIGIN, PlaceKind.LAST_KNOWN) and one.kind not in seen:
            seen.add(one.kind)
        else:
            others.append(one)
    return others


def _relationships(held: TracingRequest, people: Sequence[SoughtPerson]) -> tuple[Relationship, ...]:
    """What the cards say now, and what was told beyond the cards of people who are still there."""
    from_cards = set(relationships(held.sought))
    there = set(_ids(people))
    told = [
        kept
        for kept in held.relationships
        if kept not in from_cards and {kept.from_person, kept.to_person} <= there
    ]
    return (*relationships(people), *(kept for kept in told if kept not in relationships(people)))


def _consents(held: TracingRequest, before: Draft, typed: Draft, today: date) -> tuple[Consent, ...]:
    """Answers that stayed keep their day; a yes taken back keeps its row; a new yes is a new row."""
    kept = list(held.consents)
    for name, (purpose, recipient) in CONSENTS.items():
        was, answer = before.family[name], typed.family[name]
        if answer in ("", was):
            continue
        mine = [c for c in kept if (c.purpose, c.recipient) == (purpose, recipient)]
        kept = [c for c in kept if c not in mine]
        kept += [c.model_copy(update={"withdrawn_on": today}) if c.stands else c for c in mine if c.given]
        if answer == "yes":
            kept.append(Consent(purpose=purpose, recipient=recipient, given=True, given_on=today))
        elif answer == "no" and not any(c.given for c in mine):
            kept.append(Consent(purpose=purpose, recipient=recipient, given=False))
    return tuple(kept)


def _ids(people: Sequence[SoughtPerson]) -> list[str]:
    return [person.person_id for person in people]


def _free(taken: set[str]) -> str:
    return next(str(number) for number in range(1, len(taken) + 2) if str(number) not in taken)
