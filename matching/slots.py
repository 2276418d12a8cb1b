"""The words of a person's own names, each with what it costs to read it as given name, surname or father's.

Positions follow the Arabic clerk: given, father, (grand)father, surname.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from matching.glued import may_be_two
from matching.names.parts import NamePart, ParsedName, PartRole, keys_of, word_of
from schemas.vocabulary import NameRole

Costs = tuple[float | None, float | None, float | None]  # as given name, as surname, as father's name

_SHORTEST = 3  # letters of a name that is written in one word with another
HALF = -0.9  # bits for reading half of a word, which may be one rare name; no other reading costs this
# The columns of a form are swapped often enough to be read the other way for a bit.
_COLUMNS: dict[NameRole, Costs] = {NameRole.GIVEN: (0.0, -1.0, None), NameRole.SURNAME: (-1.0, 0.0, None)}


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of a person's name and what it costs, in bits, to read it in each role.

    None: cannot be read in that role. The cost is 0 for the expected role, negative for a doubtful one.
    """

    part: NamePart
    given: float | None
    surname: float | None
    father: float | None
    whole: int | None = None  # of half a word the place of the word


def slots_of(role: NameRole, name: ParsedName) -> tuple[Slot, ...]:
    """The distinct words of a written name; a name given by an institution has none."""
    if role is NameRole.STAFF_GIVEN:
        return ()
    return together([tuple(_slot(word_of(part), costs) for part, costs in _words(role, name))])


def together(names: Sequence[tuple[Slot, ...]]) -> tuple[Slot, ...]:
    """The distinct words of several names."""
    slots: dict[tuple[str, float | None, float | None, float | None], Slot] = {}
    for name in names:
        for slot in name:
            slots.setdefault((slot.part.folded, slot.given, slot.surname, slot.father), slot)
    return tuple(slots.values())


@lru_cache(maxsize=65536)
def _slot(part: NamePart, costs: Costs) -> Slot:
    """The same object for all who bear the word."""
    return Slot(part, *costs)


def halves_of(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Further words of a recorded person: an unknown word that is two known names, given and father's. They
    are read where they agree, and not beside the word itself.
    """
    found: list[Slot] = []
    for place, slot in enumerate(slots):
        if slot.given is not None and may_be_two(slot.part) and (halves := _halves(slot.part.text)):
            found.append(Slot(halves[0], HALF, None, None, place))
            found.append(Slot(halves[1], None, None, HALF, place))
    return tuple(found)


@lru_cache(maxsize=65536)
def _halves(text: str) -> tuple[NamePart, NamePart] | None:
    for cut in range(len(text) - _SHORTEST, _SHORTEST - 1, -1):
        one, two = _known(text[:cut]), _known(text[cut:])
        if one and two:
            return one, two
    return None


def _known(text: str) -> NamePart | None:
    folded, script, groups, sounds = keys_of(text)
    return NamePart(text, 0, len(text), PartRole.BARE, folded, script, groups, sounds) if groups else None


def _words(role: NameRole, name: ParsedName) -> list[tuple[NamePart, Costs]]:
    column = _COLUMNS.get(role)
    count = len(name.bare)
    return [
        *((part, column or (0.0, None, None)) for part in name.given),
        *((part, column or (-1.0, 0.0, None)) for part in name.surnames),
        *((part, (None, None, 0.0)) for part in name.patronymics),
        *((part, column or _bare(at, count, bool(name.given))) for at, part in enumerate(name.bare)),
        *((part, (0.0, None, None)) for part in name.others),
    ]


def _bare(position: int, count: int, has_given: bool) -> Costs:
    """A word without a sign of its role, by its place in the row."""
    if position == 0 and not has_given:
        return (0.0, -1.0 if count > 1 else -0.5, None)
    if position == count - 1:
        return (-1.5, -0.2, -0.4)
    return (-1.5, -0.7, -0.2)
