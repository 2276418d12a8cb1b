"""Parses a full name as written, by the customs it was written in, into parts with roles and places."""

from dataclasses import dataclass

from matching.names.endings import clan_plural, genitive_stem, patronymic_stem, surname_ending
from matching.names.lexicon import lexicon
from matching.names.particles import has_article, nisba_of, note_kind
from matching.names.parts import NamePart, ParsedName, PartRole, groups_of_spelling
from matching.names.phrases import Phrase, is_given, part_of, phrases
from matching.names.script import kurdish, only_arabic, script_of_read
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
    "child_of": PartRole.PATRONYMIC,
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
    """The parts of a written name, in the order written. Never fails; what is past 100 code points or eight
    segments is not read.
    """
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
    whole = Phrase.of(segment.words, "note")
    return part_of(whole, text, PartRole.NOTE)


def _alternative(found: list[Phrase], text: str) -> list[NamePart]:
    parts: list[NamePart] = []
    role = PartRole.STAFF_GIVEN if any(p.kind == "named_by_staff" for p in found) else PartRole.OTHER
    for phrase in found:
        fixed = _FIXED.get(phrase.kind)
        if fixed is None and nisba_of(phrase.folded) and not groups_of_spelling(phrase.folded):
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
        fathers = [phrase for phrase in found if phrase.kind in ("nasab", "child_of")]
        roles = _roles(names, text, Custom(after_comma, arabic or kurdish(text), tuple(fathers)))
    told = iter(roles)
    return [part_of(phrase, text, _FIXED.get(phrase.kind) or next(told)) for phrase in found]


@dataclass(frozen=True, slots=True)
class Custom:
    """What stands around the plain names: `eastern` for given, father, family in that order; the father's
    names that a particle marks.
    """

    after_comma: bool
    eastern: bool
    fathers: tuple[Phrase, ...]

    @property
    def child_of(self) -> bool:
        """Whether kyzy or oglu closes the father's name: the family name is then among the others."""
        return any(phrase.kind == "child_of" for phrase in self.fathers)


def _roles(names: list[Phrase], text: str, custom: Custom) -> list[PartRole]:
    """The roles of the plain names of a full name."""
    roles: list[PartRole | None] = [None] * len(names)
    if len(names) == 1 and nisba_of(names[0].folded) and not is_given(names[0].folded):
        return [PartRole.NISBA]  # "узбек, имя неизвестно": an origin in the place of a name
    _mark_home_order(names, roles)
    if len(names) > 1 or custom.after_comma:
        _mark_patronymics(names, roles)
    _mark_surnames(names, text, roles)
    given = _given_place(names, roles, custom)
    if given is not None:
        roles[given] = PartRole.GIVEN
    for place, name in reversed(list(enumerate(names))):
        if roles[place] is None:
            last = place == len(names) - 1
            roles[place] = _rest(name, custom, given is not None and place > given, last, roles)
    return [role or PartRole.BARE for role in roles]


def _mark_home_order(names: list[Phrase], roles: list[PartRole | None]) -> None:
    """Chechen at home: the clan's or family's plural, the father in the genitive, the given name."""
    if len(names) == 3 and clan_plural(names[0].folded) and genitive_stem(names[1].folded):
        roles[:] = [PartRole.SURNAME, PartRole.PATRONYMIC, None]


def _mark_patronymics(names: list[Phrase], roles: list[PartRole | None]) -> None:
    for place, name in enumerate(names):
        if patronymic_stem(name.folded) and not lexicon().has(name.folded):
            roles[place] = PartRole.PATRONYMIC


def _mark_surnames(names: list[Phrase], text: str, roles: list[PartRole | None]) -> None:
    kinds = [
        surname_ending(name.folded)[1] if roles[place] is None else "" for place, name in enumerate(names)
    ]
    for place, name in enumerate(names):
        if kinds[place] in _STRONG and not is_given(name.folded):
            roles[place] = PartRole.SURNAME
        elif kinds[place] == "in" and len(names) > 1 and "ov" not in kinds and not is_given(name.folded):
            others = [n for n in names if n is not name]
            if PartRole.PATRONYMIC in roles or any(is_given(other.folded) for other in others):
                roles[place] = PartRole.SURNAME
    if PartRole.SURNAME not in roles and len(names) > 1:
        capitals = [text[name.start : name.end].isupper() for name in names]
        if sum(capitals) == 1:
            roles[capitals.index(True)] = PartRole.SURNAME


def _given_place(names: list[Phrase], roles: list[PartRole | None], custom: Custom) -> int | None:
    """Which name is the given name: before the patronymic, else the first known one, else the first."""
    free = [place for place, role in enumerate(roles) if role is None]
    if not free:
        return None
    if len(free) > 1 and PartRole.PATRONYMIC in roles:
        before = roles.index(PartRole.PATRONYMIC) - 1
        return before if before in free else free[0]
    if len(free) == 1:
        return free[0]
    if custom.eastern or script_of_read(names[free[0]].heard) is Script.ARABIC:
        return free[0]
    known = [place for place in free if is_given(names[place].folded)]
    return known[0] if len(known) == 1 or (known and known[0] == free[0]) else None


def _rest(
    name: Phrase, custom: Custom, after_given: bool, last: bool, roles: list[PartRole | None]
) -> PartRole:
    if (PartRole.PATRONYMIC in roles or custom.child_of) and PartRole.SURNAME not in roles:
        return PartRole.SURNAME
    if not (custom.eastern and after_given):
        return PartRole.BARE
    if _family_name(name, last, custom):
        return PartRole.SURNAME
    if PartRole.PATRONYMIC not in roles and not custom.fathers:
        sex = lexicon().sex_of(groups_of_spelling(name.folded))
        between = len(roles) == 3 and not last and sex is not Sex.FEMALE and roles[-1] is PartRole.SURNAME
        return PartRole.PATRONYMIC if between or sex is Sex.MALE else PartRole.BARE
    return PartRole.BARE


def _family_name(name: Phrase, last: bool, custom: Custom) -> bool:
    """الحلبي after the father's name, Botanî at the end: an origin that became the family's name."""
    if is_given(name.folded):
        return False
    if has_article(name.folded):
        return last or any(father.start < name.start for father in custom.fathers)
    return last and name.words[-1].text.lower().endswith("î")
