"""Which records of a list belong together: household numbers, notes, and mothers' names.

Within one list only; the same family on two lists is two groups.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matching.lines import Line
from matching.neighbours import neighbours
from matching.profile import Profile

# More rows than these are no family: a number then means a sector or a tent row, and a list sorted by
# the mother's name puts strangers with a common one on neighbouring lines.
_LARGEST_HOUSEHOLD = 30
_MOST_BY_NAME = 14


@dataclass(frozen=True, slots=True)
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
    return tuple(_group(lines, positions) for positions in members.values())


def _group(lines: Sequence[Line], positions: Sequence[int]) -> Group:
    people = [position for position in positions if not lines[position].placeholder]
    counted = [position for position in positions if lines[position].placeholder]
    return Group(lines[positions[0]].record_id, tuple(people), tuple(counted))


class _Union:
    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self._sizes = [1] * size
        self._numbers: dict[int, str] = {}  # of the list, by root

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
            if high in self._numbers:
                self._numbers.setdefault(low, self._numbers.pop(high))

    def number(self, position: int, number: str) -> None:
        self._numbers.setdefault(self.root(position), number)

    def told_apart(self, first: int, second: int) -> bool:
        """Whether the list itself gives them, or those they are with, different numbers."""
        one, two = (self._numbers.get(self.root(position)) for position in (first, second))
        return one is not None and two is not None and one != two

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
        bearers = Counter(lines[position].household_id for position in ordered)
        yield from _by_number(lines, ordered, bearers)
        yield from _by_note(lines, ordered)
        if all(bearers) and max(bearers.values()) <= _LARGEST_HOUSEHOLD:
            continue  # names join nobody whom a number tells apart
        for position in ordered:
            if (number := lines[position].household_id) and bearers[number] <= _LARGEST_HOUSEHOLD:
                union.number(position, number)
        for first, second in neighbours(lines, profiles, ordered):
            if union.size(first, second) <= _MOST_BY_NAME and not union.told_apart(first, second):
                yield first, second


def _by_number(
    lines: Sequence[Line], positions: list[int], bearers: Mapping[str | None, int]
) -> Iterator[tuple[int, int]]:
    """A household number of the list, or placeholders of one row."""
    first: dict[str, int] = {}
    for position in positions:
        number = lines[position].household_id
        if number and 1 < bearers[number] <= _LARGEST_HOUSEHOLD:
            earlier = first.setdefault(number, position)
            if earlier != position:
                yield earlier, position
    for before, position in pairwise(positions):
        if lines[before].row == lines[position].row:
            yield before, position


def _by_note(lines: Sequence[Line], positions: list[int]) -> Iterator[tuple[int, int]]:
    """ "Sister of number 11": printed numbers, or agency numbers, of the same list."""
    linked = [position for position in positions if lines[position].linked_numbers]
    if not linked:
        return
    known: dict[str, int] = {}
    for position in positions:
        line = lines[position]
        if line.printed_number:
            known.setdefault(line.printed_number, position)
        for number in line.numbers:
            known.setdefault(number, position)
    for position in linked:
        for number in lines[position].linked_numbers:
            if number in known:
                yield known[number], position
