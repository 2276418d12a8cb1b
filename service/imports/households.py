"""What several rows together say: households by number, by note, and children that are counted only."""

from itertools import pairwise

from schemas.person import KinName
from schemas.vocabulary import Relation, Sex
from service.imports.draft import Draft
from service.imports.fold import key

_GROWN = 16  # years
_NEAR = 12  # rows that "the rows below" may reach


def settle(drafts: list[Draft]) -> None:
    """Completes the drafts of one sheet, in the order of its rows."""
    for above, draft in pairwise(drafts):
        _count_below(above, draft)
    for position, draft in enumerate(drafts):
        following = drafts[position + 1 : position + 1 + _NEAR]
        _gather_children(draft, following)
        _named_below(draft, following)
    tents = any(d.tent for d in drafts) and not any(d.household_basis == "list number" for d in drafts)
    for position, draft in enumerate(drafts):
        if tents and draft.tent and not draft.household:
            draft.household, draft.household_basis = f"tent {draft.tent}", "tent number"
        if any(kin.relation is Relation.OTHER_FAMILY for kin in draft.kin):
            _sibling_sex(draft, drafts[max(0, position - _NEAR) : position + _NEAR])
    _count_placeholders(drafts)


def _count_below(above: Draft, draft: Draft) -> None:
    """A row that holds nothing but `+3 children` speaks of the row above it."""
    bare = not (draft.names or draft.births or draft.kin or draft.sex_as_written or draft.unknown_child)
    if bare and draft.unnamed_children and above.names and not draft.household:
        count, draft.unnamed_children, draft.declared_children = draft.unnamed_children, 0, None
        above.unnamed_children += count
        above.declared_children = max(above.declared_children or 0, above.unnamed_children)
        draft.counted_above = True


def _gather_children(mother: Draft, following: list[Draft]) -> None:
    """The run of rows right below a woman that say "with mother" and name her, or name nobody."""
    if mother.sex is Sex.MALE or mother.with_mother or not (mother.names or mother.declared_children):
        return
    if not (following and following[0].with_mother):
        return
    own = _first_words(mother)
    for child in following:
        mothers = [k.name.text for k in child.kin if k.relation is Relation.MOTHER and k.name]
        named = any(_first(m) in own for m in mothers)
        if not child.with_mother or (mothers and not named):
            break
        if not mother.household:
            mother.household, mother.household_basis = f"row {mother.row}", "note"
        if not child.household:
            child.household, child.household_basis = mother.household, mother.household_basis
        mother.unnamed_children = max(0, mother.unnamed_children - 1)


def _named_below(mother: Draft, following: list[Draft]) -> None:
    """Of the children counted here, those in the rows right below that name her are not unnamed."""
    if not mother.unnamed_children or mother.sex is Sex.MALE:
        return
    own = {key(name.text) for name in mother.names}
    for child in following:
        mothers = {key(k.name.text) for k in child.kin if k.relation is Relation.MOTHER and k.name}
        if child.with_mother or not mothers & own:  # with a note they were gathered already
            return
        mother.unnamed_children = max(0, mother.unnamed_children - 1)


def _first_words(draft: Draft) -> set[str]:
    return {_first(n.text) for n in draft.names}


def _first(text: str) -> str:
    words = key(text).split()
    return words[0] if words else ""


def _sibling_sex(draft: Draft, near: list[Draft]) -> None:
    """`sister of X` leaves X's sex open; a row near by that is X's tells it."""
    for position, kin in enumerate(draft.kin):
        if kin.relation is not Relation.OTHER_FAMILY or kin.name is None or not kin.note:
            continue
        wanted = _first(kin.name.text)
        sexes = {d.sex for d in near if d is not draft and wanted in _first_words(d)}
        relation = Relation.OTHER_FAMILY
        if sexes == {Sex.FEMALE}:
            relation = Relation.SISTER
        elif sexes == {Sex.MALE}:
            relation = Relation.BROTHER
        if relation is not Relation.OTHER_FAMILY:
            draft.kin[position] = KinName(relation=relation, name=kin.name, alive=kin.alive, note=kin.note)


def _count_placeholders(drafts: list[Draft]) -> None:
    """Counted children who stand in rows of the same numbered household are not unnamed."""
    members: dict[str, int] = {}
    for draft in drafts:
        if draft.household_basis == "list number" and _is_child(draft):
            members[draft.household] = members.get(draft.household, 0) + 1
    rows_of_children = any(_is_child(draft) for draft in drafts)
    for draft in drafts:
        # A column of counts speaks of the household's own rows where it has any, else of nobody listed.
        if draft.counted_children and (draft.household_basis == "list number" or not rows_of_children):
            draft.unnamed_children = max(draft.unnamed_children, draft.counted_children)
        if draft.children_elsewhere:
            draft.unnamed_children = 0
        elif draft.unnamed_children and draft.household_basis == "list number":
            draft.unnamed_children = max(0, draft.unnamed_children - members.get(draft.household, 0))
        if draft.unnamed_children and not draft.household:
            draft.household, draft.household_basis = f"row {draft.row}", "count of children"


def _is_child(draft: Draft) -> bool:
    if draft.relation in (Relation.SON, Relation.DAUGHTER, Relation.CHILD) or draft.with_mother:
        return True
    latest = max((b.latest for b in draft.births if b.latest), default=None)
    return bool(latest and draft.as_of and draft.as_of.year - latest.year < _GROWN)
