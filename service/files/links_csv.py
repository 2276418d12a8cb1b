"""`links.csv`: the candidate links of a run of `homeward link`, one line each."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from schemas.link import CandidateLink, Evidence
from service.files.whole_file import written_whole

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
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class PlacedLink:
    """A candidate link with the place of its record: `list` names the file, `row` is as a spreadsheet
    shows it, `rank` counts from 1 within (request_id, person_id) of this file."""

    link: CandidateLink
    list: str
    row: int
    rank: int


def place_links(links: Iterable[CandidateLink], where: dict[str, tuple[str, int]]) -> list[PlacedLink]:
    """The links of one request with list and row, ranked anew within each person.

    Several counted, unnamed children of one row are one line: the line says that the sought child
    may be among them, and the best of them stands for all.
    """
    placed: list[PlacedLink] = []
    last_rank: dict[str, int] = {}
    seen: set[tuple[str, str, int, str]] = set()
    for link in sorted(links, key=lambda link: link.rank):
        name, row = where[link.record_id]
        key = (link.person_id, name, row, link.relation.value)
        if key in seen:
            continue
        seen.add(key)
        rank = last_rank[link.person_id] = last_rank.get(link.person_id, 0) + 1
        placed.append(PlacedLink(link, name, row, rank))
    return placed


def reasons_of(evidence: Sequence[Evidence]) -> str:
    """The sentences that moved the weight, strongest first; what was not compared is left out."""
    moving = [e for e in evidence if e.sentence and abs(e.weight) >= 0.05 and e.comparison != "prior"]
    moving.sort(key=lambda e: -abs(e.weight))
    return "; ".join(e.sentence.rstrip(".;") for e in moving)


def write_links(path: Path, links: Iterable[PlacedLink]) -> int:
    """Writes all links, or leaves an older file untouched; the number of lines under the heading.

    UTF-8 without a mark. A text cell that a spreadsheet would run as a formula gets an apostrophe
    before it.
    """
    count = 0
    with written_whole(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for placed in links:
            writer.writerow(_line(placed))
            count += 1
    return count


def _line(placed: PlacedLink) -> tuple[str, ...]:
    link = placed.link
    return (
        _harmless(link.request_id),
        _harmless(link.person_id),
        _harmless(placed.list),
        str(placed.row),
        str(placed.rank),
        f"{link.probability:.6f}",
        f"{link.weight:.3f}",
        link.relation.value,
        _harmless(reasons_of(link.evidence)),
    )


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
