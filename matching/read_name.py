"""A written name as profiles read it, kept for whoever writes the same: three names in four of a list."""

from functools import lru_cache
from typing import NamedTuple

from matching.names.parse import parse_name
from matching.names.parts import NamePart, ParsedName, word_of
from matching.names.script import MAX_LENGTH
from matching.slots import Slot, slots_of
from schemas.vocabulary import NameRole, Sex


class ReadName(NamedTuple):
    """What a name says of its bearer, and how a relative is called by it; each word once."""

    slots: tuple[Slot, ...]
    kunya: NamePart | None
    kunya_sex: Sex | None
    nisbas: tuple[str, ...]
    called: tuple[NamePart, ...]  # by relatives: given names and other names
    surnames: tuple[NamePart, ...]


def read_name(text: str, role: NameRole) -> ReadName:
    # a longer text is no name and would only fill the memory
    return _remembered(text, role) if len(text) <= MAX_LENGTH else _read(text, role)


@lru_cache(maxsize=16384)
def _remembered(text: str, role: NameRole) -> ReadName:
    return _read(text, role)


def _read(text: str, role: NameRole) -> ReadName:
    name = parse_name(text, role)
    kunya = name.kunya
    return ReadName(
        slots_of(role, name),
        None if kunya is None else word_of(kunya),
        name.kunya_sex,
        name.nisbas,
        _called(name),
        tuple(dict.fromkeys(map(word_of, name.surnames))),
    )


def _called(name: ParsedName) -> tuple[NamePart, ...]:
    first = name.given or name.bare[:1] or name.patronymics[:1]
    return tuple(dict.fromkeys(map(word_of, first + name.others)))
