"""What the worker keeps of records beside the linker: their lists, whose those are, a keyed hash of facts."""

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

HASH = 32  # bytes


@dataclass
class Gathered:
    """The same in the order in which records are read."""

    ids: list[str] = field(default_factory=list)
    facts: bytearray = field(default_factory=bytearray)
    sources: "array[int]" = field(default_factory=lambda: array("i"))
    lists: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, record_id: str, list_id: str, organisation_id: str, facts: bytes) -> None:
        self.ids.append(record_id)
        self.facts += facts
        self.sources.append(self.lists.setdefault((list_id, organisation_id), len(self.lists)))


class KnownRecords:
    """One after the other where the linker has them: an object for each would take ten times the memory."""

    def __init__(self, gathered: Gathered, place_of: Callable[[str], int | None]) -> None:
        """`place_of` says where the linker has a record, from 0 on without a gap; None: nowhere."""
        self._place_of = place_of
        self._lists = list(gathered.lists)
        self._facts = bytearray(HASH * len(gathered.ids))
        self._sources = array("i", bytes(4 * len(gathered.ids)))
        for n, record_id in enumerate(gathered.ids):
            place = place_of(record_id)
            if place is not None:
                self._facts[place * HASH : (place + 1) * HASH] = gathered.facts[n * HASH : (n + 1) * HASH]
                self._sources[place] = gathered.sources[n]

    def __len__(self) -> int:
        return len(self._sources)

    def __contains__(self, record_id: str) -> bool:
        return self._place_of(record_id) is not None

    def facts_of(self, record_id: str) -> bytes | None:
        place = self._place_of(record_id)
        return None if place is None else bytes(self._facts[place * HASH : (place + 1) * HASH])

    def list_of(self, record_id: str) -> str:
        return self._source(record_id)[0]

    def organisation_of(self, record_id: str) -> str:
        return self._source(record_id)[1]

    def _source(self, record_id: str) -> tuple[str, str]:
        place = self._place_of(record_id)
        if place is None:
            raise KeyError
        return self._lists[self._sources[place]]

    def beside(self, record_ids: Iterable[str], but: set[str]) -> Gathered:
        """What is known of these records, but for those of the lists `but`."""
        kept = Gathered()
        for record_id in record_ids:
            list_id, organisation_id = self._source(record_id)
            if list_id not in but:
                kept.add(record_id, list_id, organisation_id, self.facts_of(record_id) or b"")
        return kept
