"""Records in a file, read one after the other: what holds them all in memory measures itself."""

import pickle
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from world import Place

from schemas.registry import DetaineeRecord

Placed = tuple[Place, DetaineeRecord]


@dataclass
class RecordFile:
    """`seconds`: how long it has been read. For invented people: pickles are for one's own files only."""

    path: Path
    seconds: float = 0.0

    def append(self, records: Iterable[Placed]) -> int:
        count = 0
        with self.path.open("ab") as file:
            for one in records:
                pickle.dump(one, file, pickle.HIGHEST_PROTOCOL)
                count += 1
        return count

    def __iter__(self) -> Iterator[Placed]:
        with self.path.open("rb") as file:
            while file.peek(1):
                begun = time.perf_counter()
                one: Placed = pickle.load(file)
                self.seconds += time.perf_counter() - begun
                yield one
