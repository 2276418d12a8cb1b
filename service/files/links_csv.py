"""`links.csv`: the candidate links of a run of `homeward link`, one line each."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

from schemas.link import CandidateLink, Evidence
from schemas.vocabulary import LinkRelation
from service.files.cells import harmless

COLUMNS = (
    "request_id",
    "person_id",
    "list",
    "row",
    "rank",
    "probability",
    "weight",
    "relation",
    "reasons",
)


@dataclass(frozen=True)
class RecordPlace:
    """Where a record stands: `list` names the file, `row` is as a spreadsheet shows it, `sheet` is
    blank unless the file has people on several sheets."""

    list: str
    row: int
    sheet: str = ""


@dataclass(frozen=True)
class PlacedLink:
    """A candidate link with the place of its record; `rank` counts from 1 within (request_id, person_id)."""

    link: CandidateLink
    place: RecordPlace
    rank: int


def place_links(links: Iterable[CandidateLink], where: Mapping[str, RecordPlace]) -> list[PlacedLink]:
    """The links of one request with their places, ranked anew within each person.

    Several counted, unnamed children of one row are one line: the line says that the sought child
    may be among them, and the best of them stands for all.
    """
    placed: list[PlacedLink] = []
    last_rank: dict[str, int] = {}
    seen: set[tuple[str, RecordPlace]] = set()
    for link in sorted(links, key=lambda link: link.rank):
        place = where[link.record_id]
        if link.relation is LinkRelation.IN_HOUSEHOLD_OF:
            if (link.person_id, place) in seen:
                continue
            seen.add((link.person_id, place))
        rank = last_rank[link.person_id] = last_rank.get(link.person_id, 0) + 1
        placed.append(PlacedLink(link, place, rank))
    return placed


def reasons_of(evidence: Sequence[Evidence], say: Callable[[str], str] = str) -> str:
    """The sentences that moved the weight, strongest first; what was not compared is left out. `say` puts a
    sentence into the reader's language.
    """
    moving = [e for e in evidence if e.sentence and abs(e.weight) >= 0.05 and e.comparison != "prior"]
    moving.sort(key=lambda e: -abs(e.weight))
    return "; ".join(say(e.sentence).rstrip(".;") for e in moving)


class LinksFile:
    """Writes `links.csv` into an open text file, link by link.

    UTF-8 without a mark. A text cell that a spreadsheet would run as a formula gets an apostrophe
    before it.
    """

    def __init__(self, file: TextIO) -> None:
        self._writer = csv.writer(file, lineterminator="\n")
        self._writer.writerow(COLUMNS)

    def add(self, placed: PlacedLink) -> None:
        self._writer.writerow(_line(placed))


def _line(placed: PlacedLink) -> tuple[str, ...]:
    link = placed.link
    return (
        harmless(link.request_id),
        harmless(link.person_id),
        harmless(placed.place.list),
        str(placed.place.row),
        str(placed.rank),
        f"{link.probability:.6f}",
        f"{link.weight:.3f}",
        link.relation.value,
        harmless(_reasons(placed)),
    )


def _reasons(placed: PlacedLink) -> str:
    reasons = reasons_of(placed.link.evidence)
    return f"{reasons}; On sheet {placed.place.sheet}" if placed.place.sheet else reasons
