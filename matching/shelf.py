"""Names of lists with one vocabulary laid together, so that one look goes through all of them."""

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.list_search import Entries, Flags, ListSearch, Narrowed
from matching.names.beginnings import LONGEST, Lengths
from matching.names.name_table import NameTable
from matching.names.nearest import Met, Within
from matching.names.rank import NameIndex
from matching.names.script import fold
from matching.names.vocabulary import Vocabulary

Places = NDArray[np.int64]
Begun = Sequence[tuple[Places, Lengths]]
LOOKED_AT = 60  # the nearest names of all lists together
# Log-odds below which no name that sounds alike was seen (docs/names.md); found by their first letters, names
# stand after those that are alike as a whole.
LEAST = -8.0
_BEGUN = -5.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A record by its position on its list. `score` is in log-odds, comparable between lists; `bearer` says
    whose name was found, `name` how it is written, `same` whether that is what was asked for.
    """

    position: int
    score: float
    bearer: str
    name: str = ""
    same: bool = False

    @property
    def order(self) -> tuple[bool, float, int]:
        """The very name asked for stands first: how rare it is in its script is no reason to pass it by."""
        return not self.same, -self.score, self.position


@dataclass(frozen=True)
class Asked:
    """A name looked for: met with all words, as a match key; the words that begin like each of its own."""

    met: Met
    folded: str
    begun: Begun


class Near(NamedTuple):
    """A name and how far away it is, the less the nearer; of which list, at which place there, and at which
    entry of which shelf. Equally near ones are in the order of the lists and of their names.
    """

    away: float
    key: str
    place: int
    shelf: int
    entry: int


@dataclass(frozen=True, slots=True)
class Run:
    """Names of one list that follow each other, with the rows that they belong to; none has names outside."""

    key: str
    held: ListSearch
    names: range
    rows: range

    @classmethod
    def of(cls, key: str, held: ListSearch, begin: int, end: int) -> "Run":
        """From `begin` to before `end`, of each row all names or none: as it stands with the first one."""
        names = [_first_of_row(held.owners, place) for place in (begin, end)]
        rows = [int(held.owners[place]) if place < len(held.owners) else len(held) for place in names]
        return cls(key, held, range(*names), range(*rows))


Found = tuple[str, Hit]  # with the key of the list


class Shelf:
    """Runs in the order of their keys, of lists with one vocabulary. It keeps the arrays that are looked
    through a second time; whatever else is asked of a person, it asks the list.
    """

    def __init__(self, number: int, runs: Sequence[Run]) -> None:
        self._number, self._runs = number, runs
        self._starts = _starts([len(run.names) for run in runs])
        self._rows = _starts([len(run.rows) for run in runs])
        tables = [run.held.names.run(run.names.start, run.names.stop) for run in runs]
        self._index = NameIndex(NameTable.joined(tables))
        self._owners: Entries = np.concatenate([
            run.held.owners[run.names.start : run.names.stop] + np.int32(row - run.rows.start)
            for row, run in zip(self._rows, runs, strict=False)
        ])  # fmt: skip

    def __len__(self) -> int:
        return self._starts[-1]

    @property
    def vocabulary(self) -> Vocabulary:
        return self._runs[0].held.vocabulary

    def allowed(self, narrowed: Narrowed) -> Flags | None:
        """Which rows are not left out; None: none is."""
        if narrowed.age is None and not narrowed.place and narrowed.key is None:
            return None
        return np.concatenate([
            run.held.allowed(narrowed)[run.rows.start : run.rows.stop]
            if narrowed.key in (None, run.key)
            else np.zeros(len(run.rows), dtype=np.bool_)
            for run in self._runs
        ])  # fmt: skip

    def near(self, asked: Asked, within: Within) -> list[Near]:
        """The names nearest in sound; `within` speaks of rows."""
        if within.allowed is not None:
            within = within._replace(allowed=within.allowed[self._owners])
        entries, scores = self._index.nearest(asked.met, LOOKED_AT, within)
        return [
            self._near(entry, -score) for entry, score in zip(entries.tolist(), scores.tolist(), strict=True)
        ]

    def _near(self, entry: int, away: float) -> Near:
        number, run = self._run(entry)
        return Near(away, run.key, run.names.start + entry - self._starts[number], self._number, entry)

    def find(self, asked: Asked, entries: Places, allowed: Flags | None, most: int) -> list[Found]:
        """At most `most` people with the keys of their lists, the likest first: of those with one of the
        names `entries`, and of those allowed whose names begin so.
        """
        scores = self._index.scores(asked.met, entries)
        scored = [pair for pair in zip(entries.tolist(), scores.tolist(), strict=True) if pair[1] >= LEAST]
        found: dict[int, Found] = {}
        for entry, score in scored + self._begun(asked.begun, allowed, most):
            hit, known = self._hit(entry, score, asked.folded), found.get(int(self._owners[entry]))
            if known is None or hit[1].order < known[1].order:
                found[int(self._owners[entry])] = hit
        return heapq.nsmallest(most, found.values(), key=order)

    def _hit(self, entry: int, score: float, folded: str) -> Found:
        number, run = self._run(entry)
        place, held = run.names.start + entry - self._starts[number], run.held
        text = held.texts[place]
        return run.key, Hit(int(held.owners[place]), score, held.bearers[place], text, fold(text) == folded)

    def _begun(self, begun: Begun, allowed: Flags | None, most: int) -> list[tuple[int, float]]:
        """The `most` people whose names begin so most nearly, each by one name."""
        if not begun or not all(len(words) for words, _ in begun):
            return []
        each = np.stack([self._index.marked(words, missing, LONGEST) for words, missing in begun])
        kept = (each < LONGEST).all(axis=0)
        if allowed is not None:
            kept &= allowed[self._owners]
        entries = np.flatnonzero(kept)
        missing, owners = each[:, entries].sum(axis=0, dtype=np.int32), self._owners[entries]
        order = np.lexsort((owners, missing))
        _, first = np.unique(owners[order], return_index=True)
        best = order[np.sort(first)[:most]]
        scores = _BEGUN - 0.1 * missing[best]
        return list(zip(entries[best].tolist(), scores.tolist(), strict=True))

    def _run(self, entry: int) -> tuple[int, Run]:
        number = bisect_right(self._starts, entry) - 1
        return number, self._runs[number]


def order(found: Found) -> tuple[bool, float, str, int]:
    """The likest first, of equal ones in the order of the lists and of their rows."""
    key, hit = found
    other, worse, position = hit.order
    return other, worse, key, position


def shelves(lists: Mapping[str, ListSearch], sides: int) -> list[Shelf]:
    """All lists on as many shelves of about the same number of names for each vocabulary."""
    found: list[Shelf] = []
    for words in {id(one.vocabulary): one.vocabulary for _, one in sorted(lists.items())}.values():
        mine = [(key, one) for key, one in sorted(lists.items()) if one.vocabulary is words]
        starts = _starts([len(one.texts) for _, one in mine])
        for side in range(sides):
            begin, end = starts[-1] * side // sides, starts[-1] * (side + 1) // sides
            runs = [
                Run.of(key, one, max(begin - start, 0), min(end - start, len(one.texts)))
                for start, (key, one) in zip(starts, mine, strict=False)
                if start < end and start + len(one.texts) > begin
            ]
            if any(run.names for run in runs):
                found.append(Shelf(len(found), [run for run in runs if run.names]))
    return found


def _starts(sizes: Sequence[int]) -> list[int]:
    return [0, *np.cumsum(sizes).tolist()] if sizes else [0]


def _first_of_row(owners: Entries, place: int) -> int:
    return bisect_left(owners, owners[place]) if place < len(owners) else len(owners)
