"""Which records of a list belong together: household numbers, notes, and mothers' names.

Within one list only; the same family on two lists is two groups.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matching.lines import Line
from matching.names.compare import MatchLevel, compare_parts
from matching.names.parts import NamePart
from matching.profile import Profile
from schemas.vocabulary import Sex

# Siblings stand on neighbouring lines; a mother stands above her children.
_SIBLING_LINES = 3
_MOTHER_LINES = 12
# More rows than these are no family: a number then means a sector or a tent row, and a list sorted by
# the mother's name puts strangers with a common one on neighbouring lines.
_LARGEST_HOUSEHOLD = 30
_MOST_BY_NAME = 14
# A list has the habit of families in one run when so many of so many children stand under their mother.
_FEWEST_FOR_HABIT = 8
_HABIT = 0.7
_SAME = {MatchLevel.SAME_SPELLING, MatchLevel.SAME_GROUP, MatchLevel.SAME_SKELETON, MatchLevel.SOUND_ALIKE}


@dataclass(frozen=True)
class Group:
    """People believed to be together: positions of their records, and of counted, unnamed members."""

    group_id: str
    members: tuple[int, ...]
    placeholders: tuple[int, ...] = ()

    @property
    def positions(self) -> tuple[int, ...]:
        return (*self.members, *self.placeholders)

    def moved(self, places: Sequence[int]) -> "Group":
        """The same people where they stand now."""
        members, placeholders = (tuple(places[one] for one in of) for of in (self.members, self.placeholders))
        return Group(self.group_id, members, placeholders)


def groups_of(
    lines: Sequence[Line], profiles: Sequence[Profile], places: Sequence[int] | None = None
) -> tuple[Group, ...]:
    """Every record, or each of those in some places, is in exactly one group, alone if nothing joins it to
    others. `places` have all records of a list or none, in order.
    """
    places = range(len(lines)) if places is None else places
    union = _Union(len(lines))
    for first, second in _joined(lines, profiles, places, union):
        union.join(first, second)
    members: dict[int, list[int]] = defaultdict(list)
    for position in places:
        members[union.root(position)].append(position)
    return tuple(
        Group(
            lines[positions[0]].record_id,
            tuple(p for p in positions if not lines[p].placeholder),
            tuple(p for p in positions if lines[p].placeholder),
        )
        for positions in members.values()
    )


class _Union:
    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self._sizes = [1] * size

    def root(self, position: int) -> int:
        while self._parent[position] != position:
            self._parent[position] = self._parent[self._parent[position]]
            position = self._parent[position]
        return position

    def join(self, first: int, second: int) -> None:
        low, high = sorted((self.root(first), self.root(second)))
        if low != high:
            self._parent[high] = low
            self._sizes[low] += self._sizes[high]

    def size(self, first: int, second: int) -> int:
        """How many would be together if these two were joined."""
        roots = {self.root(first), self.root(second)}
        return sum(self._sizes[root] for root in roots)


def _joined(
    lines: Sequence[Line], profiles: Sequence[Profile], places: Sequence[int], union: _Union
) -> Iterator[tuple[int, int]]:
    """Pairs to join, the surest first; names join only what stays as small as a family."""
    by_list: dict[tuple[str, str], list[int]] = defaultdict(list)
    for position in places:
        by_list[(lines[position].list_id, lines[position].sheet)].append(position)
    for positions in by_list.values():
        ordered = sorted(positions, key=lambda p: (lines[p].row, lines[p].placeholder))
        yield from _by_number(lines, ordered)
        yield from _by_note(lines, ordered)
        by_name = (
            *_by_mother(lines, profiles, ordered),
            *_by_father(lines, profiles, ordered),
            *_by_place(lines, profiles, ordered),
        )
        for first, second in by_name:
            if union.size(first, second) <= _MOST_BY_NAME:
                yield first, second


def _by_number(lines: Sequence[Line], positions: list[int]) -> Iterator[tuple[int, int]]:
    """A household number of the list, or placeholders of one row."""
    first: dict[str, int] = {}
    rows: dict[int, int] = {}
    bearers = Counter(lines[position].household_id for position in positions)
    for position in positions:
        line = lines[position]
        if line.household_id and bearers[line.household_id] <= _LARGEST_HOUSEHOLD:
            yield first.setdefault(line.household_id, position), position
        yield rows.setdefault(line.row, position), position


def _by_note(lines: Sequence[Line], positions: list[int]) -> Iterator[tuple[int, int]]:
    """ "Sister of number 11": printed numbers, or agency numbers, of the same list."""
    known: dict[str, int] = {}
    for position in positions:
        line = lines[position]
        if line.printed_number:
            known.setdefault(line.printed_number, position)
        for number in line.numbers:
            known.setdefault(number, position)
    for position in positions:
        for number in lines[position].linked_numbers:
            if number in known:
                yield known[number], position


def _by_mother(
    lines: Sequence[Line], profiles: Sequence[Profile], positions: list[int]
) -> Iterator[tuple[int, int]]:
    """Children of one mother's name on neighbouring lines, and the woman of that name above them."""
    for offset, position in enumerate(positions):
        line, child = lines[position], profiles[position]
        mothers = child.mothers_on_row
        if line.placeholder or not mothers:
            continue
        for earlier in reversed(positions[max(0, offset - _MOTHER_LINES) : offset]):
            distance = line.row - lines[earlier].row
            if distance > _MOTHER_LINES:
                break
            if _numbered_apart(line, lines[earlier]):
                continue
            if distance <= _SIBLING_LINES and _alike(mothers, profiles[earlier].mothers_on_row):
                yield earlier, position
            elif _is_mother(profiles[earlier], child, mothers):
                yield earlier, position
                break


def _by_father(
    lines: Sequence[Line], profiles: Sequence[Profile], positions: list[int]
) -> Iterator[tuple[int, int]]:
    """Children of one father's name on neighbouring lines, unless something else tells them apart."""
    for earlier, position in pairwise(positions):
        one, two = profiles[earlier], profiles[position]
        if lines[position].row - lines[earlier].row != 1 or not (one.is_child and two.is_child):
            continue
        if _numbered_apart(lines[earlier], lines[position]):
            continue
        if not _alike(_fathers(one), _fathers(two)):
            continue
        mothers = one.mothers_on_row, two.mothers_on_row
        if not (_told_apart(*mothers) or _told_apart(_surnames(one), _surnames(two))):
            yield earlier, position


def _by_place(
    lines: Sequence[Line], profiles: Sequence[Profile], positions: list[int]
) -> Iterator[tuple[int, int]]:
    """The woman above and the children below her, where the list has that habit: its children who name their
    mother stand under her as a rule.
    """
    below = list(_below_women(lines, profiles, positions))
    naming = [(profiles[w].given, profiles[c].mothers_on_row) for w, c in below]
    naming = [(given, mothers) for given, mothers in naming if given and mothers]
    agreeing = sum(_alike(given, mothers) for given, mothers in naming)
    if len(naming) < _FEWEST_FOR_HABIT or agreeing < _HABIT * len(naming):
        return
    for woman, child in below:
        if not profiles[child].mothers_on_row and profiles[child].with_mother is not False:
            yield woman, child


def _below_women(
    lines: Sequence[Line], profiles: Sequence[Profile], positions: list[int]
) -> Iterator[tuple[int, int]]:
    """(woman, child) for the children on the lines right below a woman, up to the next grown person."""
    woman: int | None = None
    last = 0
    for position in positions:
        row, one = lines[position].row, profiles[position]
        if lines[position].placeholder:
            continue
        if not one.is_child:
            woman = position if one.sex is Sex.FEMALE else None
        elif woman is not None and row == last + 1:
            if lines[position].household_id in (None, lines[woman].household_id):
                yield woman, position
        else:
            woman = None
        last = row


def _surnames(profile: Profile) -> list[NamePart]:
    """The words that surely stand for the surname."""
    return [slot.part for slot in profile.slots if slot.surname == 0.0]


def _fathers(profile: Profile) -> Sequence[NamePart]:
    """Those that surely stand for the father's name."""
    return profile.fathers or [slot.part for slot in profile.slots if slot.father == 0.0]


def _told_apart(first: Sequence[NamePart], second: Sequence[NamePart]) -> bool:
    return bool(first and second) and not _alike(first, second)


def _numbered_apart(one: Line, two: Line) -> bool:
    """Whether the list itself tells them apart."""
    return None not in (one.household_id, two.household_id) and one.household_id != two.household_id


def _is_mother(woman: Profile, child: Profile, mothers: Sequence[NamePart]) -> bool:
    if woman.sex is not Sex.FEMALE or woman.is_child or child.with_mother is False:
        return False
    return _alike(woman.given, mothers)


def _alike(first: Sequence[NamePart], second: Sequence[NamePart]) -> bool:
    return any(compare_parts(a, b).level in _SAME for a in first for b in second)
