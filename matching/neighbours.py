"""Which records belong together by where they stand on their list and the names on them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from matching.births import NO_DATE, OLDEST, YOUNGEST, birth_span
from matching.lines import Line
from matching.names.compare import MatchLevel, compare_parts
from matching.names.parts import NamePart
from matching.profile import Profile

# Siblings stand on neighbouring lines; a mother stands above her children.
_SIBLING_LINES = 3
_MOTHER_LINES = 12
# A list has a habit when it is seen so often, and in so great a part of the places where it can be.
_FEWEST_FOR_HABIT = 8
_HABIT = 0.7
_SAME = {MatchLevel.SAME_SPELLING, MatchLevel.SAME_GROUP, MatchLevel.SAME_SKELETON, MatchLevel.SOUND_ALIKE}
_YEAR = 365.25
Pair = tuple[int, int]
Below = tuple[int, int | None]  # a woman and a child right below her; None where the run of hers ends


def neighbours(lines: Sequence[Line], profiles: Sequence[Profile], positions: list[int]) -> Iterator[Pair]:
    """Pairs of records of one list, the surest first. `positions` stand in the order of the list."""
    below = list(_below_women(lines, profiles, positions))
    habit = _has_habit(profiles, below)
    yield from _by_mother(lines, profiles, positions, habit)
    yield from _by_kin(lines, profiles, positions)
    if habit:
        yield from _by_place(profiles, below)


def _by_mother(
    lines: Sequence[Line], profiles: Sequence[Profile], positions: list[int], in_runs: bool
) -> Iterator[Pair]:
    """Children of one mother's name on neighbouring lines, and the woman of that name above them; `in_runs`,
    not beyond another woman.
    """
    for offset, position in enumerate(positions):
        line, child = lines[position], profiles[position]
        mothers = child.mothers_on_row
        if line.placeholder or not mothers:
            continue
        for earlier in reversed(positions[max(0, offset - _MOTHER_LINES) : offset]):
            distance, other = line.row - lines[earlier].row, profiles[earlier]
            if distance > _MOTHER_LINES:
                break
            if _numbered_apart(line, lines[earlier]):
                continue
            if distance <= _SIBLING_LINES and _alike(mothers, other.mothers_on_row):
                yield earlier, position
            elif _is_mother(other, child, mothers):
                yield earlier, position
                break
            elif in_runs and other.is_woman:
                break


def _by_kin(lines: Sequence[Line], profiles: Sequence[Profile], positions: list[int]) -> Iterator[Pair]:
    """Children on neighbouring lines whom no name tells apart: those of one father's name; and all without a
    number, where the list has the habit that such children name the same mother.
    """
    pairs = [pair for pair in pairwise(positions) if _next_children(lines, profiles, *pair)]
    bare = {pair for pair in pairs if lines[pair[0]].household_id is None}
    mothers = [(profiles[one].mothers_on_row, profiles[two].mothers_on_row) for one, two in bare]
    named = [_alike(one, two) for one, two in mothers if one and two]
    habit = _is_habit(sum(named), len(named))
    for pair in pairs:
        one, two = (profiles[position] for position in pair)
        fathers = _fathers(one), _fathers(two)
        others = (one.surnames, two.surnames), (one.mothers_on_row, two.mothers_on_row)
        apart = any(_told_apart(*names) for names in (fathers, *others))
        if not apart and ((habit and pair in bare) or _alike(*fathers)):
            yield pair


def _by_place(profiles: Sequence[Profile], below: Iterable[Below]) -> Iterator[Pair]:
    """The woman above and the children below her of whom no name says so."""
    for woman, child in below:
        if child is None or _names(profiles, woman, child) or profiles[child].with_mother is False:
            continue
        yield woman, child


def _has_habit(profiles: Sequence[Profile], below: Sequence[Below]) -> bool:
    """Whether the list keeps families in one run: children who name their mother stand right below her, and
    not those of others.
    """
    hers = {woman for woman, child in below if child is not None and _names(profiles, woman, child)}
    mothers = {woman for woman, child in below if child is not None}
    others = {woman for woman, child in below if child is None} - mothers
    return _is_habit(len(hers), len(hers | others))


def _is_habit(so: int, of: int) -> bool:
    return so >= _FEWEST_FOR_HABIT and so >= _HABIT * of


def _next_children(lines: Sequence[Line], profiles: Sequence[Profile], one: int, two: int) -> bool:
    """Whether two children stand on neighbouring lines, with one number or without."""
    if lines[two].row - lines[one].row != 1 or lines[one].placeholder or lines[two].placeholder:
        return False
    same = lines[one].household_id == lines[two].household_id
    return same and profiles[one].is_child and profiles[two].is_child


def _names(profiles: Sequence[Profile], woman: int, child: int) -> bool:
    return bool(profiles[woman].given and profiles[child].mothers_on_row)


def _below_women(lines: Sequence[Line], profiles: Sequence[Profile], positions: list[int]) -> Iterator[Below]:
    """(woman, child) for the children on the lines right below a woman, up to a grown person or a child of
    another mother; for the latter (woman, None).
    """
    woman: int | None = None
    mothers: Sequence[NamePart] = ()
    last = 0
    for position in positions:
        row, one = lines[position].row, profiles[position]
        if lines[position].placeholder:
            continue
        if not one.is_child:
            woman = position if one.is_woman else None
            mothers = [slot.part for slot in one.slots]
        elif woman is not None and row == last + 1 and _numbered_as(lines[position], lines[woman]):
            if _told_apart(mothers, one.mothers_on_row) or not _of_age(profiles[woman], one):
                yield woman, None
                woman = None
            else:
                mothers = mothers or one.mothers_on_row
                yield woman, position
        else:
            woman = None
        last = row


def _of_age(woman: Profile, child: Profile) -> bool:
    """Whether the woman can have borne the child, as far as the dates tell."""
    (first, last), (early, late) = birth_span(woman), birth_span(child)
    if NO_DATE in (first, early):
        return True
    return late - first >= YOUNGEST * _YEAR and early - last <= OLDEST * _YEAR


def _fathers(profile: Profile) -> Sequence[NamePart]:
    """Those that surely stand for the father's name."""
    return profile.fathers or [slot.part for slot in profile.slots if slot.father == 0.0]


def _told_apart(first: Sequence[NamePart], second: Sequence[NamePart]) -> bool:
    return bool(first and second) and not _alike(first, second)


def _numbered_apart(one: Line, two: Line) -> bool:
    """Whether the list itself tells them apart."""
    return None not in (one.household_id, two.household_id) and one.household_id != two.household_id


def _numbered_as(child: Line, woman: Line) -> bool:
    return child.household_id in (None, woman.household_id)


def _is_mother(woman: Profile, child: Profile, mothers: Sequence[NamePart]) -> bool:
    return woman.is_woman and child.with_mother is not False and _alike(woman.given, mothers)


def _alike(first: Sequence[NamePart], second: Sequence[NamePart]) -> bool:
    return any(compare_parts(a, b).level in _SAME for a in first for b in second)
