"""The parts of a name: what was written where, in which role, and under which keys it is compared."""

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, TypeVar

from matching.names.lexicon import lexicon
from matching.names.script import fold, lettered, script_of_read
from matching.names.skeleton import MAX_READINGS, skeletons_of
from schemas.vocabulary import Script, Sex

_MOST_WORDS = 1 << 18


class PartRole(StrEnum):
    """What a part of a written name is."""

    GIVEN = "given"
    SURNAME = "surname"
    PATRONYMIC = "patronymic"  # the father's name: -ovich, ibn, kyzy, or his bare name when that is certain
    KUNYA = "kunya"  # the child's name after Abu or Umm
    NISBA = "nisba"
    OTHER = "other"  # an alternative name, as a rule in brackets
    STAFF_GIVEN = "staff_given"  # said on the list to be a name given by an institution
    BARE = "bare"  # a name of unknown role: given, father's or family name
    INITIAL = "initial"
    TITLE = "title"
    NOTE = "note"  # words about the person, not a name


_NO_GROUPS: frozenset[str] = frozenset()
_Said = TypeVar("_Said", bound=Hashable)


class NamePart(NamedTuple):
    """One name of a full name.

    `groups` are lexicon ids of the name itself; for a surname they carry its ending (`G001:ov` is
    Magomedov), so that a surname and a given name never share one. A patronymic has the groups of the
    father's name.
    """

    text: str
    start: int
    end: int
    role: PartRole
    folded: str
    script: Script
    groups: frozenset[str]
    skeletons: tuple[str, ...]
    ending: str = ""
    kunya_sex: Sex | None = None
    nisba: str = ""
    heard: str = ""

    @property
    def key(self) -> str:
        """One stable id for counting how common the name is."""
        if self.groups:
            return min(self.groups)
        return self.skeletons[0] if self.skeletons else self.folded


_WORDS: dict[
    NamePart, NamePart
] = {}  # each by itself: an `lru_cache` would keep what it was first asked with


def word_of(part: NamePart) -> NamePart:
    """The part without its place in a name: as a rule the same object for all who bear the word."""
    bare = part._replace(start=0, end=len(part.text))
    found = _WORDS.get(bare)
    if found is None:
        if len(_WORDS) >= _MOST_WORDS:
            _WORDS.clear()
        found = _slim(bare)
        _WORDS[found] = found
    return found


def _slim(part: NamePart) -> NamePart:
    """With what it shares with others, and its own forms with each other, kept once: of a million people half
    a million words are kept.
    """
    heard = part.text if part.heard == part.text else part.heard
    folded = next((one for one in (part.text, heard) if one == part.folded), part.folded)
    groups, skeletons = _shared(part.groups or _NO_GROUPS), _shared(part.skeletons)
    return part._replace(heard=heard, folded=folded, groups=groups, skeletons=skeletons)


@lru_cache(maxsize=65536)
def _shared(said: _Said) -> _Said:
    return said


@dataclass(frozen=True, slots=True)
class ParsedName:
    """A written name in its parts; `original` is what was written, to the letter."""

    original: str
    parts: tuple[NamePart, ...]

    def of(self, *roles: PartRole) -> tuple[NamePart, ...]:
        return tuple(part for part in self.parts if part.role in roles)

    @property
    def given(self) -> tuple[NamePart, ...]:
        return self.of(PartRole.GIVEN)

    @property
    def surnames(self) -> tuple[NamePart, ...]:
        return self.of(PartRole.SURNAME)

    @property
    def patronymics(self) -> tuple[NamePart, ...]:
        return self.of(PartRole.PATRONYMIC)

    @property
    def kunya(self) -> NamePart | None:
        return next(iter(self.of(PartRole.KUNYA)), None)

    @property
    def kunya_sex(self) -> Sex | None:
        """The sex of the bearer that the kunya tells: Umm female, Abu male."""
        return self.kunya.kunya_sex if self.kunya else None

    @property
    def nisbas(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.nisba for part in self.of(PartRole.NISBA)))

    @property
    def others(self) -> tuple[NamePart, ...]:
        return self.of(PartRole.OTHER, PartRole.STAFF_GIVEN)

    @property
    def bare(self) -> tuple[NamePart, ...]:
        return self.of(PartRole.BARE)

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(part.text for part in self.of(PartRole.NOTE))

    @property
    def names(self) -> tuple[NamePart, ...]:
        """The parts that take part in a comparison of names."""
        return self.of(PartRole.GIVEN, PartRole.SURNAME, PartRole.PATRONYMIC, PartRole.BARE)


Keys = tuple[Script, frozenset[str], tuple[str, ...]]


def keys_of(text: str) -> tuple[str, Script, frozenset[str], tuple[str, ...]]:
    """Folded form, script, groups and skeletons of a spelling."""
    folded = fold(text)
    return folded, *keys_of_read(folded, lettered(text))


@lru_cache(maxsize=65536)
def keys_of_read(folded: str, heard: str) -> Keys:
    """Script, groups and skeletons of a spelling that was read (`script.readings`)."""
    sounds = skeletons_of(heard)
    if folded.startswith("ال"):
        sounds = tuple(dict.fromkeys(sounds + skeletons_of(heard, article=True)))[:MAX_READINGS]
    return script_of_read(heard), groups_of_spelling(folded), sounds


@lru_cache(maxsize=65536)
def groups_of_spelling(folded: str) -> frozenset[str]:
    """The groups of a folded name, written in one word or in two."""
    found = lexicon().groups_of(folded)
    return found or (lexicon().groups_of(folded.replace(" ", "")) if " " in folded else found)
