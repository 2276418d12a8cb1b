"""Reads the reviewed tables of `matching/data`: tab separated, one header row, no quoting."""

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one table as heading -> cell. Lines that begin with `#` say where the table comes from."""
    text = files("matching.data").joinpath(name).read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    headings = lines[0].split("\t")
    for line in lines[1:]:
        cells = line.split("\t")
        yield dict(zip(headings, cells + [""] * (len(headings) - len(cells)), strict=False))


def spellings(cell: str, separator: str = "|") -> tuple[str, ...]:
    """The spellings of one cell."""
    return tuple(part.strip() for part in cell.split(separator) if part.strip())


@lru_cache(maxsize=1)
def _elements() -> dict[str, tuple[str, ...]]:
    return {row["kind"]: spellings(row["forms"], ",") for row in rows("elements.tsv")}


def elements(kind: str) -> tuple[str, ...]:
    """The word elements of one kind from `elements.tsv`: particles, compound halves, endings."""
    return _elements()[kind]
