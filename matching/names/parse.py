"""Parses a full name as written, by the customs it was written in, into parts with roles and places."""

from functools import lru_cache

from matching.names.endings import patronymic_stem, surname_ending
from matching.names.lexicon import lexicon
from matching.names.particles import nisba_of, note_kind
from matching.names.parts import NamePart, ParsedName, PartRole, groups_of_spelling
from matching.names.phrases import Phrase, is_given, part_of, phrases
from matching.names.script import MAX_LENGTH, only_arabic, script_of
from matching.names.words import Segment, segments
from schemas.vocabulary import NameRole, Script, Sex

_TOLD = {
    NameRole.GIVEN: PartRole.GIVEN,
    NameRole.SURNAME: PartRole.SURNAME,
    NameRole.PATRONYMIC: PartRole.PATRONYMIC,
    NameRole.OTHER: PartRole.OTHER,
    NameRole.STAFF_GIVEN: PartRole.STAFF_GIVEN,
}
_FIXED = {
    "nasab": PartRole.PATRONYMIC,
    "kunya": PartRole.KUNYA,
    "nisba": PartRole.NISBA,
    "note": PartRole.NOTE,
    "title": PartRole.TITLE,
    "initial": PartRole.INITIAL,
    "wife_of": PartRole.NOTE,
    "named_by_staff": PartRole.NOTE,
}
_STRONG = frozenset(("ov", "ski", "zoda", "other"))


def parse_name(text: str, role: NameRole = NameRole.FULL) -> ParsedName:
    """The parts of a written name, in the order written. Never fails; what is past 200 code points or eight
    segments is not read.
    """
    # a longer text is no name and would only fill the memory
    return _remembered(text, role) if len(text) <= MAX_LENGTH else _parsed(text, role)


@lru_cache(maxsize=32768)
def _remembered(text: str, role: NameRole) -> ParsedName:
    return _parsed(text, role)


def _parsed(text: str, role: NameRole) -> ParsedName:
    parts: list[NamePart] = []
    arabic = only_arabic(text)
    for number, segment in enumerate(segments(text)):
        found = phrases(segment.words)
        if _is_note(segment, found, number):
            parts.append(_note(segment, text))
        elif number and (segment.aside or not segment.comma):
            parts.extend(_alternative(found, text))
        else:
            parts.extend(_main(found, text, role, after_comma=number > 0, arabic=arabic))
    return ParsedName(text, tuple(parts))


def _is_note(segment: Segment, found: list[Phrase], number: int) -> bool:
    if any(phrase.kind == "named_by_staff" for phrase in found):
        return False
    notes = sum(phrase.kind in ("note", "wife_of") for phrase in found)
    return notes == len(found) or bool(number and (notes or _says_a_note(segment)))


def _says_a_note(segment: Segment) -> bool:
    """Whether two or three words in a row are a known note: لا تعرف, اسم الاب."""
    words = [word.folded for word in segment.words]
    windows = (
        " ".join(words[start : start + size]) for size in (2, 3) for start in range(len(words) - size + 1)
    )
    return any(note_kind(window) for window in windows)


def _note(segment: Segment, text: str) -> NamePart:
    whole = Phrase(segment.words, "note")
    return part_of(whole, text, PartRole.NOTE)


def _alternative(found: list[Phrase], text: str) -> list[NamePart]:
    parts: list[NamePart] = []
    role = PartRole.STAFF_GIVEN if any(p.kind == "named_by_staff" for p in found) else PartRole.OTHER
    for phrase in found:
        fixed = _FIXED.get(phrase.kind)
        if (
            fixed is None
            and nisba_of(text[phrase.start : phrase.end])
            and not groups_of_spelling(phrase.folded)
        ):
            fixed = PartRole.NISBA
        parts.append(part_of(phrase, text, fixed or role))
    return parts


def _main(found: list[Phrase], text: str, role: NameRole, after_comma: bool, arabic: bool) -> list[NamePart]:
    names = [phrase for phrase in found if phrase.kind == "name"]
    if role is NameRole.KUNYA:
        roles = [PartRole.KUNYA] * len(names)
    elif role in _TOLD:
        roles = [_TOLD[role]] * len(names)
    else:
        roles = _roles(names, text, after_comma, arabic)
    told = iter(roles)
    return [part_of(phrase, text, _FIXED.get(phrase.kind) or next(told)) for phrase in found]


def _roles(names: list[Phrase], text: str, after_comma: bool, arabic: bool) -> list[PartRole]:
    """The roles of the plain names of a full name."""
    roles: list[PartRole | None] = [None] * len(names)
    if len(names) == 1 and nisba_of(names[0].folded) and not is_given(names[0].folded):
        return [PartRole.NISBA]  # "узбек, имя неизвестно": an origin in the place of a name
    if len(names) > 1 or after_comma:
        _mark_patronymics(names, roles)
    _mark_surnames(names, text, roles)
    given = _given_place(names, roles)
    if given is not None:
        roles[given] = PartRole.GIVEN
    for place, name in enumerate(names):
        if roles[place] is None:
            roles[place] = _rest(name, arabic, given is not None and place > given, roles)
    return [role or PartRole.BARE for role in roles]


def _mark_patronymics(names: list[Phrase], roles: list[PartRole | None]) -> None:
    for place, name in enumerate(names):
        if patronymic_stem(name.folded) and not lexicon().has(name.folded):
            roles[place] = PartRole.PATRONYMIC


def _mark_surnames(names: list[Phrase], text: str, roles: list[PartRole | None]) -> None:
    kinds = [
        surname_ending(name.folded)[1] if roles[place] is None else "" for place, name in enumerate(names)
    ]
    for place, name in enumerate(names):
        known = is_given(name.folded)
        if kinds[place] in _STRONG and not known:
            roles[place] = PartRole.SURNAME
        elif kinds[place] == "in" and not known and len(names) > 1 and "ov" not in kinds:
            others = [n for n in names if n is not name]
            if PartRole.PATRONYMIC in roles or any(is_given(other.folded) for other in others):
                roles[place] = PartRole.SURNAME
    if PartRole.SURNAME not in roles and len(names) > 1:
        capitals = [text[name.start : name.end].isupper() for name in names]
        if sum(capitals) == 1 and len(names) > 1:
            roles[capitals.index(True)] = PartRole.SURNAME


def _given_place(names: list[Phrase], roles: list[PartRole | None]) -> int | None:
    """Which name is the given name: before the patronymic, else the first known one, else the first."""
    free = [place for place, role in enumerate(roles) if role is None]
    if not free:
        return None
    if PartRole.PATRONYMIC in roles:
        before = roles.index(PartRole.PATRONYMIC) - 1
        return before if before in free else free[0]
    if len(free) == 1:
        return free[0]
    if script_of(names[free[0]].folded) is Script.ARABIC:
        return free[0]
    known = [place for place in free if is_given(names[place].folded)]
    return known[0] if len(known) == 1 or (known and known[0] == free[0]) else None


def _rest(name: Phrase, arabic: bool, after_given: bool, roles: list[PartRole | None]) -> PartRole:
    if PartRole.PATRONYMIC in roles and PartRole.SURNAME not in roles:
        return PartRole.SURNAME
    if arabic and after_given and PartRole.PATRONYMIC not in roles:
        sex = lexicon().sex_of(groups_of_spelling(name.folded))
        return PartRole.PATRONYMIC if sex is Sex.MALE else PartRole.BARE
    return PartRole.BARE
