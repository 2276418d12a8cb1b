"""Two editions of one list: which lines are the same line, and what changed in them.

A list is delivered again with rows added, corrected and gone; its row numbers mean nothing. Lines
are paired by what is unlikely to change by accident: an agency's number, the whole row, the name,
and at last a row that agrees in most of its cells. A line that stays keeps its identity, and with it
what reviewers decided.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from schemas.base import Value
from schemas.person import BirthInterval
from schemas.registry import DetaineeRecord
from schemas.vocabulary import DatePrecision
from service.imports.fold import key
from service.store.states import RowStatus

# Numbers that belong to one person; a tent or a household number is shared.
_PERSONAL = frozenset({"case_id", "person_id", "individual_id", "prison_no", "passport", "national_id"}) | {
    "icrc_ref",
    "red_cross_id",
    "unhcr_individual",
    "registration_no",
}
_ALIKE = 0.6  # share of cells that must agree for a row whose name was corrected
_MOST_PAIRS = 250_000  # of leftovers compared cell by cell
SAME_LIST = 0.5  # share of the smaller edition that must be found in the other
SAME_LIST_BY_TITLE = 0.2  # the same, where the file or its title bears the same name


@dataclass(frozen=True)
class Pairing:
    """Positions: (in the older edition, in the newer one). What is not paired is gone or new."""

    pairs: tuple[tuple[int, int], ...]
    certain: int  # pairs found by a number, by the whole row or by the name


class CellChange(Value):
    """One cell that reads differently now."""

    heading: str
    before: str
    after: str


class RowChange(Value):
    """One line that both editions have, reading differently. Rows as a spreadsheet shows them."""

    row_before: int
    row_after: int
    cells: tuple[CellChange, ...]


class EditionDifference(Value):
    """What a newer edition says against the one before."""

    predecessor_id: str
    unchanged: int
    changed: tuple[RowChange, ...]
    new_rows: tuple[int, ...]
    gone_rows: tuple[int, ...]  # rows of the older edition


def pair(older: Sequence[DetaineeRecord], newer: Sequence[DetaineeRecord]) -> Pairing:
    """Pair the lines of two editions, each line once."""
    matching = _Matching(older, newer)
    matching.by(_personal_number)
    matching.by(_whole_row)
    matching.by(_name_and_birth)
    matching.by(_name)
    certain = len(matching.pairs)
    matching.by_cells()
    matching.placeholders()
    return Pairing(tuple(sorted(matching.pairs.items())), certain)


def likeness(older: Sequence[DetaineeRecord], newer: Sequence[DetaineeRecord]) -> float:
    """The share of the smaller edition's own rows that are found again with certainty, 0 to 1."""
    smaller = min(sum(1 for r in side if not r.placeholder) for side in (older, newer))
    return pair(older, newer).certain / smaller if smaller else 0.0


def status(before: DetaineeRecord, after: DetaineeRecord) -> RowStatus:
    return RowStatus.UNCHANGED if _cells(before) == _cells(after) else RowStatus.CHANGED


def continued(before: DetaineeRecord, after: DetaineeRecord) -> DetaineeRecord:
    """The newer record. Where its row says the same as before, an age is of the day when it was first said:
    whoever copied the row copied the age. For editions whose days are known.
    """
    if status(before, after) is not RowStatus.UNCHANGED:
        return after
    if before.list_date is None or after.list_date is None or before.list_date > after.list_date:
        return after
    said = {one.raw: one for one in before.person.births if _is_age(one)}
    births = tuple(said.get(one.raw, one) if _is_age(one) else one for one in after.person.births)
    return after.model_copy(update={"person": after.person.model_copy(update={"births": births})})


def _is_age(birth: BirthInterval) -> bool:
    return birth.precision is DatePrecision.AGE and birth.as_of is not None and bool(birth.raw)


def difference(
    predecessor_id: str,
    older: Sequence[DetaineeRecord],
    newer: Sequence[DetaineeRecord],
    found: Pairing,
) -> EditionDifference:
    """The difference for the uploader to look at, in rows; counted placeholders follow their row."""
    paired = [(older[a], newer[b]) for a, b in found.pairs if not newer[b].placeholder]
    changed = tuple(_row_change(a, b) for a, b in paired if status(a, b) is RowStatus.CHANGED)
    old_paired, new_paired = {a for a, _ in found.pairs}, {b for _, b in found.pairs}
    return EditionDifference(
        predecessor_id=predecessor_id,
        unchanged=len(paired) - len(changed),
        changed=changed,
        new_rows=tuple(r.row for n, r in enumerate(newer) if n not in new_paired and not r.placeholder),
        gone_rows=tuple(r.row for n, r in enumerate(older) if n not in old_paired and not r.placeholder),
    )


class _Matching:
    """Positions paired so far and those still free."""

    def __init__(self, older: Sequence[DetaineeRecord], newer: Sequence[DetaineeRecord]) -> None:
        self.older, self.newer = older, newer
        self.pairs: dict[int, int] = {}
        self._taken: set[int] = set()

    def _free(self) -> tuple[list[int], list[int]]:
        old = [n for n, r in enumerate(self.older) if n not in self.pairs and not r.placeholder]
        new = [n for n, r in enumerate(self.newer) if n not in self._taken and not r.placeholder]
        return old, new

    def _join(self, a: int, b: int) -> None:
        self.pairs[a] = b
        self._taken.add(b)

    def by(self, told: Callable[[DetaineeRecord], Hashable]) -> None:
        """Pair rows that share a key; rows that share it among themselves are paired in their order,
        and only when both editions have equally many, since otherwise nobody knows which is which."""
        old, new = self._free()
        old_keys, new_keys = _grouped(self.older, old, told), _grouped(self.newer, new, told)
        for shared, positions in old_keys.items():
            others = new_keys.get(shared, [])
            if len(others) == len(positions):
                for a, b in zip(positions, others, strict=True):
                    self._join(a, b)

    def by_cells(self) -> None:
        """Pair rows whose name was corrected but most other cells are as they were, the likest first."""
        old, new = self._free()
        if not old or not new or len(old) * len(new) > _MOST_PAIRS:
            return
        scored = []
        for a in old:
            for b in new:
                share = _agreement(_cells(self.older[a]), _cells(self.newer[b]))
                if share >= _ALIKE:
                    scored.append((-share, abs(a - b), a, b))
        for _, _, a, b in sorted(scored):
            if a not in self.pairs and b not in self._taken:
                self._join(a, b)

    def placeholders(self) -> None:
        """Counted, unnamed members follow the row that counts them."""
        rows = {
            (self.newer[b].sheet, self.newer[b].row): (self.older[a].sheet, self.older[a].row)
            for a, b in self.pairs.items()
        }
        old = {(r.sheet, r.row, r.placeholder): n for n, r in enumerate(self.older) if r.placeholder}
        for b, record in enumerate(self.newer):
            before = rows.get((record.sheet, record.row))
            if record.placeholder and before is not None:
                a = old.get((*before, record.placeholder))
                if a is not None and a not in self.pairs:
                    self._join(a, b)


def _grouped(
    records: Sequence[DetaineeRecord], positions: Iterable[int], told: Callable[[DetaineeRecord], Hashable]
) -> dict[Hashable, list[int]]:
    grouped: dict[Hashable, list[int]] = defaultdict(list)
    for position in positions:
        shared = told(records[position])
        if shared:
            grouped[shared].append(position)
    return grouped


def _personal_number(record: DetaineeRecord) -> Hashable:
    numbers = sorted((i.kind, key(i.value)) for i in record.person.identifiers if i.kind in _PERSONAL)
    return tuple(numbers)


def _cells(record: DetaineeRecord) -> dict[str, str]:
    """The row's filled cells, folded, without its printed number."""
    return {
        key(cell.heading): key(cell.text)
        for cell in record.cells
        if cell.text.strip() and cell.text.strip() != record.printed_number
    }


def _whole_row(record: DetaineeRecord) -> Hashable:
    return tuple(sorted(_cells(record).items()))


def _name(record: DetaineeRecord) -> Hashable:
    return tuple(sorted(key(name) for name in record.person.written()))


def _name_and_birth(record: DetaineeRecord) -> Hashable:
    name = _name(record)
    return (name, tuple(sorted(key(b.raw) for b in record.person.births))) if name else ()


def _agreement(before: dict[str, str], after: dict[str, str]) -> float:
    headings = before.keys() | after.keys()
    if len(headings) < 2:
        return 0.0
    return sum(1 for h in headings if before.get(h) == after.get(h)) / len(headings)


def _row_change(before: DetaineeRecord, after: DetaineeRecord) -> RowChange:
    old = {cell.heading: cell.text for cell in before.cells}
    new = {cell.heading: cell.text for cell in after.cells}
    changes = tuple(
        CellChange(heading=heading, before=old.get(heading, ""), after=new.get(heading, ""))
        for heading in dict.fromkeys([*old, *new])
        if key(old.get(heading, "")) != key(new.get(heading, ""))
    )
    return RowChange(row_before=before.row, row_after=after.row, cells=changes)
