"""Who is whose, from the roles on the cards of one family."""

from collections.abc import Iterable, Sequence

from schemas.tracing import Relationship, SoughtPerson
from schemas.vocabulary import Relation, SoughtRole


def relationships(people: Sequence[SoughtPerson]) -> tuple[Relationship, ...]:
    """Parent and child, where the form leaves no doubt.

    With one mother's card she is the mother of every child. With two, only the family knows whose
    the children are, and the mother's name on each child's card says it; so nothing is assumed. Nor is
    it where a child's card names a mother that shares no word with the mother's card.
    """
    found: list[Relationship] = []
    for role, relation in ((SoughtRole.MOTHER, Relation.MOTHER), (SoughtRole.FATHER, Relation.FATHER)):
        parents = [person for person in people if person.role == role]
        if len(parents) == 1:
            found += [
                Relationship(from_person=parents[0].person_id, relation=relation, to_person=child.person_id)
                for child in people
                if child.role == SoughtRole.CHILD and not _names_another(child, relation, parents[0])
            ]
    return tuple(found)


def _names_another(child: SoughtPerson, relation: Relation, parent: SoughtPerson) -> bool:
    told = [kin.name.text for kin in child.person.kin_named(relation) if kin.name]
    known = _words(parent.person.written())
    return bool(told and known and not _words(told) & known)


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in text.casefold().split()}
