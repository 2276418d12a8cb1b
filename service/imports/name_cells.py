"""Cells that hold names: of the person, of the kunya, of father, mother and husband."""

import re

from schemas.vocabulary import Certainty, NameRole, Relation
from service.imports.brackets import begins_like_kunya, is_kunya, split_cell
from service.imports.draft import Draft
from service.imports.fold import even, key
from service.imports.note_rules import (
    count_of_children,
    says_dead,
    says_note,
    says_prison,
    staff_given,
)
from service.imports.origin_words import is_origin
from service.imports.words import UNNAMED_CHILD, is_unknown, relation_of


def _is_no_name(text: str) -> bool:
    """`unknown`, `baby`, and the two together in any order."""
    words = key(text).split()
    return (
        is_unknown(text)
        or key(text) in UNNAMED_CHILD
        or all(w in UNNAMED_CHILD or is_unknown(w) for w in words)
        or _is_child_unknown(text)
    )


def _is_child_unknown(text: str) -> bool:
    """`daughter, name unknown`: a word for a child and a word for not knowing, nothing else."""
    parts = [part for part in re.split(r"[,،;؛:/]", text) if part.strip()]
    return (
        len(parts) == 2
        and any(is_unknown(part) for part in parts)
        and all(
            is_unknown(part) or key(part) in UNNAMED_CHILD or relation_of(part) in _CHILD for part in parts
        )
    )


_CHILD = (Relation.SON, Relation.DAUGHTER, Relation.CHILD)


_FORMER = re.compile(
    r"^(?:nee|née|born|ex|formerly|прежде|урожд\.?|в девичестве|он же|она же|aka|a\.k\.a\.?|alias|"
    r"المعروف[ةه]? ب|الملقب[ةه]? ب|المكنا?[ةه]? ب?|تدعى|يدعى|وتكنى|يكنى|dit|dite)\s*[:.]?\s*"
)


def read_name(draft: Draft, text: str, role: NameRole) -> None:
    """The person's own name: kept whole as written; kunya and other names in brackets also by themselves."""
    text = _without_count(draft, text)
    if not text:
        return
    cell = split_cell(text)
    staff = [name for aside in cell.asides if (name := staff_given(aside))]
    notes = [a for a in cell.asides if not staff_given(a) and (says_note(a) or is_unknown(a))]
    names = [a for a in cell.asides if a not in notes and not staff_given(a)]
    for name in staff:
        draft.add_name(name, NameRole.STAFF_GIVEN)
    for note in notes:
        draft.notes.append(draft.statement(note))
    if _is_no_name(cell.main):
        draft.unknown_child = draft.unknown_child or not is_unknown(cell.main)
    else:
        own = NameRole.KUNYA if role in (NameRole.FULL, NameRole.GIVEN) and is_kunya(cell.main) else role
        draft.add_name(cell.main if notes or staff else cell.whole, own)
    for name in names:
        _aside(draft, name)


_WIFE_OF = re.compile(
    r"^(?:زوجه|ارمله|حرم|wife of|widow of|жена|вдова|epouse de|femme de|veuve de|jina|karisi)\s+(\S.{0,60})$"
)


def _aside(draft: Draft, text: str) -> None:
    if is_origin(text):
        draft.nationalities.append(draft.statement(text))
        return
    if found := _WIFE_OF.match(even(text)):
        husband = text[found.start(1) :].strip()
        role = NameRole.KUNYA if begins_like_kunya(husband) else NameRole.FULL
        draft.add_kin(Relation.HUSBAND, draft.name(husband, role), None)
        return
    bare = text[len(found[0]) :] if (found := _FORMER.match(even(text))) else text
    if not is_unknown(bare):
        draft.add_name(bare, NameRole.KUNYA if begins_like_kunya(bare) else NameRole.OTHER)


def _without_count(draft: Draft, text: str) -> str:
    """`Umm X and 3 children` in one cell: the count is a fact of its own; `+3 children` is nobody's name."""
    found = count_of_children(text)
    if found is None:
        return text
    rest = (text[: found.start] + text[found.end :]).strip(" ,،+-–/&.()")
    if found.start == 0 and rest:
        return text
    draft.declared_children = max(found.count, draft.declared_children or 0)
    draft.unnamed_children = max(draft.unnamed_children, found.count)
    return rest


def read_kunya(draft: Draft, text: str) -> None:
    for part in re.split(r"\s*[;؛/]\s*", text.strip()):
        if not is_unknown(part):
            draft.add_name(part, NameRole.KUNYA)


def read_kin(draft: Draft, text: str, relation: Relation) -> None:
    """A relative's cell: `Zaira (in prison)` is a name and a note, `deceased` alone is no name."""
    cell = split_cell(text)
    notes = [a for a in cell.asides if _is_kin_note(a)]
    notes += [a for a in cell.asides if a not in notes and is_origin(a)]
    others = [a for a in cell.asides if a not in notes]
    main = cell.main
    if _is_kin_note(main):
        notes, main = [main, *notes], ""
    alive = False if any(says_dead(n) for n in notes) else None
    if relation is Relation.MOTHER and any(says_prison(n) for n in notes):
        draft.mother_elsewhere = True
    note = "; ".join(notes)
    if is_unknown(main):
        if notes and not all(is_unknown(n) for n in notes):
            draft.add_kin(relation, None, alive, note)
        told = [other for other in others if not _can_be_name(other)]
        draft.notes.extend(draft.statement(other) for other in told)
        others = [other for other in others if other not in told]
    else:
        role = NameRole.KUNYA if begins_like_kunya(main) else NameRole.FULL
        name = draft.name(main.rstrip(" ?؟"), role)
        if main.endswith(("?", "؟")):
            name = name.model_copy(update={"certainty": Certainty.ESTIMATED})
        draft.add_kin(relation, name, alive, note)
    for other in others:
        role = NameRole.KUNYA if begins_like_kunya(other) else NameRole.OTHER
        draft.add_kin(relation, draft.name(other, role), alive, "")


def _can_be_name(text: str) -> bool:
    """Whether what stands in brackets behind `unknown` is a name: few words, none of them small."""
    words = text.split()
    return begins_like_kunya(text) or (len(words) <= 3 and not any(word[:1].islower() for word in words))


_NO_NAME = re.compile(
    r"\b(?:name|имя|nom|nav|isim|الاسم|اسمه|اسمها)\b.{0,12}(?:unk\w*|\?|not known|неизв\w*|inconnu|"
    r"nenas|مجهول|غير معروف)"
)


def _is_kin_note(text: str) -> bool:
    plain = even(text)
    return (
        says_dead(text)
        or says_prison(text)
        or says_note(text)
        or is_unknown(text)
        or bool(_NO_NAME.search(plain))
    )
