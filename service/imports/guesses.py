"""Columns without a recognised heading, guessed from what stands in them; always to be confirmed."""

import itertools
from dataclasses import replace

from service.imports.ages import parse_age
from service.imports.dates import parse_date
from service.imports.fold import key
from service.imports.grid import GridRow, Kind
from service.imports.headings import UNKNOWN
from service.imports.layout import Layout
from service.imports.numerals import whole_number
from service.imports.words import sex_of

_LOOK_AT = 200
_SURE = 0.7  # share of filled cells that must fit


def guess_columns(layout: Layout) -> None:
    """Fills in sex, birth, age, number and name where no column has that meaning yet."""
    rows = layout.body[:_LOOK_AT]
    for meaning, fits in (
        ("sex", _fits_sex),
        ("birth_date", _fits_birth),
        ("number", _fits_number),
        ("age", _fits_age),
    ):
        if not layout.of(meaning):
            _take_best(layout, rows, meaning, fits)
    if not layout.of("name", "given_name", "kunya"):
        _take_best(layout, rows, "name", _fits_name)


def _take_best(layout: Layout, rows: list[GridRow], meaning: str, fits: object) -> None:
    best, best_share = -1, _SURE
    for position, column in enumerate(layout.columns):
        if column.meaning != UNKNOWN or column.how == "mapping":
            continue
        cells = [(row.text(column.index).strip(), row.kind(column.index)) for row in rows]
        filled = [cell for cell in cells if cell[0]]
        if len(filled) < 0.3 * len(rows) or not filled:
            continue
        share = fits(filled)  # type: ignore[operator]  # one of the functions below
        if meaning == "name":  # nearly everybody has a name; a column of remarks has gaps
            share *= 0.5 + 0.5 * len(filled) / len(rows)
        if share > best_share:
            best, best_share = position, share
    if best >= 0:
        layout.columns[best] = replace(layout.columns[best], meaning=meaning, how="content")


def _fits_sex(cells: list[tuple[str, Kind]]) -> float:
    known = sum(1 for text, _ in cells if sex_of(text).value != "unknown")
    kinds = {key(text) for text, _ in cells}
    return known / len(cells) if len(kinds) <= 8 else 0.0


def _fits_birth(cells: list[tuple[str, Kind]]) -> float:
    """Dates that spread over more than ten years; entry dates of a list lie closer."""
    found = [
        r for text, kind in cells if (r := parse_date(text)) and (kind is not Kind.NUMBER or len(text) == 4)
    ]
    years = {r.earliest.year for r in found}
    return len(found) / len(cells) if years and max(years) - min(years) >= 8 else 0.0


def _fits_number(cells: list[tuple[str, Kind]]) -> float:
    numbers = [whole_number(text) for text, _ in cells]
    steps = sum(1 for a, b in itertools.pairwise(numbers) if a is not None and b == a + 1)
    return steps / max(1, len(cells) - 1) if len(cells) > 2 else 0.0


def _fits_age(cells: list[tuple[str, Kind]]) -> float:
    return sum(1 for text, _ in cells if parse_age(text)) / len(cells)


def _fits_name(cells: list[tuple[str, Kind]]) -> float:
    """Words, mostly different from row to row."""
    words = [
        key(text)
        for text, _ in cells
        if text and not any(c.isdigit() for c in text) and 1 <= len(text.split()) <= 6
    ]
    several = sum(1 for w in words if " " in w) / max(1, len(words))
    return (
        (len(words) / len(cells)) * (0.5 + 0.5 * len(set(words)) / max(1, len(words))) * (0.8 + 0.2 * several)
    )
