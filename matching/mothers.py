"""Mothers who are not written where they are needed: the woman of a household, the mother only named."""

from collections.abc import Sequence
from dataclasses import replace

from matching.households import Group
from matching.names.parts import NamePart
from matching.profile import Profile, sought_profile
from matching.read_name import read_name
from matching.relations import with_family_facts
from schemas.person import PersonName
from schemas.tracing import TracingRequest
from schemas.vocabulary import NameRole, Relation, Sex, SoughtRole


def family_profiles(request: TracingRequest) -> tuple[Profile, ...]:
    """The sought people in the order of the request; after them, if none of them is the mother, the mother
    that the children's fields name. She has no links of her own but makes households recognisable.
    """
    sought = with_family_facts([sought_profile(person, request) for person in request.sought])
    if any(profile.role is SoughtRole.MOTHER for profile in sought):
        return sought
    named = [
        (person.person.kin_named(Relation.MOTHER)[0].name, profile)
        for person, profile in zip(request.sought, sought, strict=True)
        if person.role is SoughtRole.CHILD and profile.mothers
    ]
    if not named or named[0][0] is None:
        return sought
    return (*sought, _named_mother(named[0][0], [profile for _, profile in named]))


def _named_mother(name: PersonName, children: Sequence[Profile]) -> Profile:
    return Profile(
        key=f"{children[0].key}/mother",
        slots=read_name(name.text, NameRole.FULL).slots,
        kunya_children=tuple(dict.fromkeys(part for child in children for part in child.given)),
        sex=Sex.FEMALE,
        origins=children[0].origins,
        role=SoughtRole.MOTHER,
        only_named=True,
        shown=("name", name.text),
    )


def with_household_mothers(profiles: Sequence[Profile], groups: Sequence[Group]) -> tuple[Profile, ...]:
    """Children whose row names no mother get the name of the one woman of their household, or the name that
    their brothers' and sisters' rows give. A kunya is not handed on: that it names the child is no news. What
    a household of before gave is let go.
    """
    found = list(profiles)
    for group in groups:
        nameless = [p for p in group.members if profiles[p].is_child and not _names_mother(profiles[p])]
        if nameless:
            names, shown = _mother_of([profiles[position] for position in group.members])
            for position in nameless:
                found[position] = _with_mother(profiles[position], names, shown)
    return tuple(found)


def _with_mother(child: Profile, names: tuple[NamePart, ...], shown: str) -> Profile:
    """`names` may be empty. A child that has it all already stays as it is."""
    if child.mother_of_household:
        if child.mothers == names and child.show("mother") == shown:
            return child
        child = replace(child, mothers=(), mother_of_household=False, shown=child.shown[:-2])
    if not names:
        return child
    return replace(child, mothers=names, mother_of_household=True, shown=(*child.shown, "mother", shown))


def _names_mother(profile: Profile) -> bool:
    return bool(profile.mothers_on_row or profile.mother_kunyas) or profile.with_mother is False


def _mother_of(members: Sequence[Profile]) -> tuple[tuple[NamePart, ...], str]:
    """The only woman's given names, else those that all children's rows give, when they agree."""
    women = [one for one in members if one.is_woman]
    if women:
        return (women[0].given, women[0].show("name")) if len(women) == 1 else ((), "")
    naming = [one for one in members if one.is_child and one.mothers_on_row]
    if not naming or any(not _one_mother(naming[0], one) for one in naming):
        return (), ""
    return naming[0].mothers, naming[0].show("mother")


def _one_mother(first: Profile, second: Profile) -> bool:
    groups = {group for part in first.mothers for group in part.groups}
    return any(
        part.folded == other.folded or part.groups & groups
        for part in first.mothers
        for other in second.mothers
    )
