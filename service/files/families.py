"""What the rows of one request say together: who asks, and who is whose mother or father."""

from collections.abc import Iterable, Sequence

from matching.names.script import script_of
from schemas.person import PersonName
from schemas.tracing import Enquirer, Relationship, SoughtPerson
from schemas.vocabulary import NameRole, Relation, Side, SoughtRole, StatedBy
from service.files.relation_words import relations_of, side_of

_PARENTS = ((SoughtRole.MOTHER, Relation.MOTHER), (SoughtRole.FATHER, Relation.FATHER))
_GRAND = {Relation.MOTHER: Relation.GRANDMOTHER, Relation.FATHER: Relation.GRANDFATHER}
_GRANDPARENTS = frozenset(_GRAND.values())
_SIDES = {SoughtRole.MOTHER: Side.MATERNAL, SoughtRole.FATHER: Side.PATERNAL}


def relationships_of(sought: Sequence[SoughtPerson]) -> tuple[Relationship, ...]:
    """Mother and father of every child of the request, as far as the rows leave no doubt.

    Only where one person of that role is sought, and the child's row either leaves that parent's
    name blank or names one of their names; a child of another wife stays unrelated.
    """
    found: list[Relationship] = []
    for role, relation in _PARENTS:
        parents = [person for person in sought if person.role is role]
        if len(parents) != 1:
            continue
        found += [
            Relationship(from_person=parents[0].person_id, relation=relation, to_person=child.person_id)
            for child in sought
            if child.role is SoughtRole.CHILD and _may_be(parents[0], child, relation)
        ]
    return tuple(found)


def _may_be(parent: SoughtPerson, child: SoughtPerson, relation: Relation) -> bool:
    named = [kin.name.text for kin in child.person.kin_named(relation) if kin.name]
    own = _words(parent.person.written())
    return not named or not own or bool(_words(named) & own)


def _words(texts: Iterable[str]) -> set[str]:
    return {word.strip(".,()") for text in texts for word in text.casefold().replace("ё", "е").split()}


def enquirer_of(name: str, relation: str, sought: Sequence[SoughtPerson]) -> Enquirer:
    """Who asks. The side follows from the words, or from being the parent of the sought parent."""
    said = relations_of(relation)
    side = side_of(relation)
    roles = {person.role for person in sought}
    central = [role for role in _SIDES if role in roles]
    if (
        side is Side.UNKNOWN
        and len(central) == 1
        and said
        and said[0] in _GRAND
        and SoughtRole.CHILD in roles
    ):
        side = _SIDES[central[0]]
    return Enquirer(
        name=_enquirer_name(name) if name else None,
        relation=said[0] if said else Relation.UNKNOWN,
        relation_as_written=relation,
        side=side,
    )


def _enquirer_name(text: str) -> PersonName:
    return PersonName(text=text, role=NameRole.FULL, script=script_of(text), stated_by=StatedBy.SELF)


def with_enquirer(relation: str, sought: Sequence[SoughtPerson]) -> tuple[SoughtPerson, ...]:
    """The sought people with what the enquirer is to each of them, where that is certain."""
    said = relations_of(relation)
    parents_sought = any(person.role in _SIDES for person in sought)
    return tuple(
        person.model_copy(update={"enquirer_relation": _to_person(said, person.role, parents_sought)})
        for person in sought
    )


def _to_person(said: Sequence[Relation], role: SoughtRole, parents_sought: bool) -> Relation:
    """One word tells what the enquirer is to the family's central person: the sought parent if there
    is one, else the children."""
    if not said:
        return Relation.UNKNOWN
    if role is SoughtRole.CHILD:
        grand = next((word for word in said if word in _GRANDPARENTS), None)
        if grand or not parents_sought:
            return grand or said[0]
        return _GRAND.get(said[0], Relation.UNKNOWN)
    if role in _SIDES and said[0] not in _GRANDPARENTS:
        return said[0]
    return Relation.UNKNOWN
