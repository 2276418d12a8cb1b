"""Where the table stands on a sheet: title lines, one or two heading rows, the rows of people."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.imports.fold import even, key
from service.imports.grid import GridRow, Kind, Sheet, column_letter
from service.imports.headings import UNKNOWN, is_child, recognise
from service.imports.words import TOTAL_WORDS, sex_of

_LOOK_AT = 40  # rows in which headings are looked for
_MOST_TITLES = 30


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """`index` counts from 0."""

    index: int
    heading: str
    meaning: str
    how: str

    @property
    def letter(self) -> str:
        return column_letter(self.index)


@dataclass(slots=True)
class Layout:
    columns: list[ColumnUse]
    titles: list[GridRow] = field(default_factory=list)
    headers: list[GridRow] = field(default_factory=list)
    body: list[GridRow] = field(default_factory=list)

    def of(self, *meanings: str) -> list[ColumnUse]:
        return [c for c in self.columns if c.meaning in meanings]


def find_layout(sheet: Sheet, mapping: Mapping[str, str]) -> Layout:
    """The layout by headings; without any recognised heading every row is taken for a person's."""
    told = {key(name) or name: meaning for name, meaning in mapping.items()}
    best: tuple[float, int, list[ColumnUse], int] = (0.0, 0, [], 0)
    rows = sheet.rows[:_LOOK_AT]
    for at, row in enumerate(rows):
        single = _uses([_across(row, sheet)], told)
        best = _better(best, (_score(single, row), at, single, 1))
        if at + 1 < len(rows) and not _looks_like_data(rows[at + 1]) and not _looks_like_data(row):
            lower = _across(rows[at + 1], sheet)
            double = _uses([_spread(_across(row, sheet), lower), lower], told)
            score = 0.0
            if _both_needed(row, rows[at + 1], told):
                score = _score(double, rows[at + 1]) - 0.75 + _told_apart(double, _uses([lower], told))
            best = _better(best, (score, at, double, 2))
    score, at, columns, height = best
    told_here = score > 0.0 and any(c.how == "mapping" for c in columns)
    if score < 2.0 and not (score >= 1.0 and len(columns) <= 2) and not told_here:
        return _without_headings(sheet, told)
    below = sheet.rows[at + height :]
    columns = _by_letter(_complete(columns, below), told)
    return Layout(columns, sheet.rows[:at], sheet.rows[at : at + height], below)


def _better(
    best: tuple[float, int, list[ColumnUse], int], other: tuple[float, int, list[ColumnUse], int]
) -> tuple[float, int, list[ColumnUse], int]:
    return other if other[0] > best[0] else best


def _across(row: GridRow, sheet: Sheet) -> dict[int, str]:
    """The row's texts, with cells merged sideways repeated over the columns they cover."""
    texts = {i: " ".join(row.texts[i].split()) for i in row.filled}
    for top, left, bottom, right in sheet.merges:
        if top <= row.number <= bottom and right > left and right - left < 100:
            text = texts.get(left)
            for column in range(left + 1, right + 1):
                if text and column not in texts:
                    texts[column] = text
    return texts


def _spread(upper: dict[int, str], lower: dict[int, str]) -> dict[int, str]:
    """A group heading without merged cells stands over the blank cells to its right."""
    spread = dict(upper)
    for column in sorted(lower):
        if column not in spread and column - 1 in spread:
            spread[column] = spread[column - 1]
    return spread


def _uses(rows: list[dict[int, str]], told: Mapping[str, str]) -> list[ColumnUse]:
    columns = sorted(set().union(*rows))
    uses = []
    for column in columns:
        texts = [row[column] for row in rows if row.get(column)]
        uses.append(_use(column, texts, told))
    return uses


def _use(column: int, texts: list[str], told: Mapping[str, str]) -> ColumnUse:
    """Of two heading rows, the two together (`Mother` over `Name`), then the lower, then the upper."""
    together = " ".join(dict.fromkeys(texts))
    alone = texts[1:] if len(texts) == 2 and is_child(texts[0]) else texts
    forms = list(dict.fromkeys([together, *reversed(alone)]))
    for text in forms:
        if (folded := key(text) or text) in told:
            return ColumnUse(column, together, told[folded], "mapping")
    found = [(text, recognise(text)) for text in forms]
    exact = [pair for pair in found if pair[1].how == "heading"]
    for text, known in exact or found:
        if known.meaning == UNKNOWN:
            continue
        meaning = known.meaning
        if text != together and meaning in _OF_KIN:  # `Name` under `Mother` is the mother's
            group = recognise(texts[0]).meaning
            meaning = group if group in _KIN else meaning
        return ColumnUse(column, together, meaning, known.how)
    return ColumnUse(column, together, UNKNOWN, "none")


_KIN = ("mother", "father", "husband")
_OF_KIN = ("name", "given_name", "care_status")


def _score(uses: list[ColumnUse], row: GridRow) -> float:
    """Recognised headings, each meaning once; rows that hold data or one long sentence count for nothing."""
    known = {u.meaning for u in uses if u.meaning != UNKNOWN}
    told = any(u.how == "mapping" for u in uses)  # the importer names a cell of this row as a heading
    if not uses or (len(known) < 0.3 * len(uses) and not told) or _looks_like_data(row):
        return 0.0
    exact = sum(1 for u in uses if u.how in ("heading", "mapping"))
    return len(known) + 0.01 * exact - 0.02 * sum(1 for u in uses if len(u.heading) > 60)


def _told_apart(double: list[ColumnUse], single: list[ColumnUse]) -> int:
    """How many columns mean something else once the row above is read too."""
    alone = {use.index: use.meaning for use in single}
    return sum(1 for use in double if alone.get(use.index, UNKNOWN) not in (UNKNOWN, use.meaning))


def _both_needed(upper: GridRow, lower: GridRow, told: Mapping[str, str]) -> bool:
    """A second heading row names columns; a row of people would hardly be recognised as headings."""
    texts = [lower.texts[i] for i in lower.filled]
    named = [t for t in texts if recognise(t).meaning != UNKNOWN or (key(t) or t) in told]
    return len(named) >= max(1, len(texts) // 2) and len(upper.filled) > 1


def _looks_like_data(row: GridRow) -> bool:
    """Headings hold no bare numbers, dates or words for a sex."""
    for column in row.filled:
        text = row.texts[column].strip()
        plain = even(text)
        if (
            row.kind(column) in (Kind.NUMBER, Kind.DATE)
            or plain.replace(".", "").replace("/", "").replace("-", "").isdigit()
        ):
            return True
        if len(key(text)) > 1 and sex_of(text).value != "unknown" and recognise(text).meaning == UNKNOWN:
            return True
        if key(text) in TOTAL_WORDS:
            return True
    return False


def _complete(columns: list[ColumnUse], body: list[GridRow]) -> list[ColumnUse]:
    """Columns without a heading that hold something, so that nothing is lost."""
    named = {c.index for c in columns}
    width = max((len(row.texts) for row in body), default=0)
    used = [i for i in range(width) if i not in named and any(row.text(i).strip() for row in body)]
    extra = [ColumnUse(i, "", UNKNOWN, "none") for i in used]
    return sorted([*columns, *extra], key=lambda c: c.index)


def _by_letter(columns: list[ColumnUse], told: Mapping[str, str]) -> list[ColumnUse]:
    return [
        ColumnUse(c.index, c.heading, told[c.letter.lower()], "mapping") if c.letter.lower() in told else c
        for c in columns
    ]


def _without_headings(sheet: Sheet, told: Mapping[str, str]) -> Layout:
    """Lone cells above the table are its title; everything else may be a person."""
    at = 0
    while at < min(len(sheet.rows), _MOST_TITLES) and len(sheet.rows[at].filled) == 1 < _usual_width(sheet):
        at += 1
    body = sheet.rows[at:]
    headers: list[GridRow] = []
    below = body[1:6]
    if len(body) > 2 and not _looks_like_data(body[0]) and _mostly_data(below):
        headers, body = body[:1], body[1:]
    named = _across(headers[0], sheet) if headers else {}
    width = max((len(row.texts) for row in body), default=0)
    columns = [ColumnUse(i, named.get(i, ""), UNKNOWN, "none") for i in range(width)]
    return Layout(_by_letter(columns, told), sheet.rows[:at], headers, body)


def _mostly_data(rows: list[GridRow]) -> bool:
    return sum(1 for row in rows if _looks_like_data(row)) * 3 >= len(rows) * 2


def _usual_width(sheet: Sheet) -> int:
    widths = sorted(len(row.filled) for row in sheet.rows[:_LOOK_AT])
    return widths[len(widths) // 2] if widths else 0
