"""Which rows below the headings are people; blanks that stand for the cell above."""

from dataclasses import dataclass, field

from service.imports.fold import even, key
from service.imports.grid import GridRow, Sheet
from service.imports.headings import UNKNOWN, recognise
from service.imports.layout import ColumnUse, Layout
from service.imports.sections import household_of
from service.imports.words import SIGNATURE_WORDS, TOTAL_WORDS

# A blank in these columns usually continues the cell above; names, ages and remarks never do.
_ALWAYS_DOWN = ("held_at",)
_HOUSEHOLD_DOWN = ("household", "tent")
_MERGED_ONLY = ("name", "given_name", "surname", "age", "birth_date", "number")


@dataclass(slots=True)
class Body:
    """`copied` maps a row number to what its blank cells take from above, by column."""

    people: list[GridRow] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)
    copied: dict[int, dict[int, str]] = field(default_factory=dict)
    sections: dict[int, str] = field(default_factory=dict)  # row number -> text of the section above it


def find_people(layout: Layout, sheet: Sheet) -> Body:
    body = Body()
    headings = {key(c.heading) for c in layout.columns if c.heading}
    last = _last_full(layout)
    section = ""
    for row in layout.body:
        reason = _not_a_person(row, layout, headings, last, sheet.merges)
        if reason:
            body.skipped.append((row.number, reason))
            if reason == "section":
                section = " ".join(row.texts[row.filled[0]].split())
            continue
        if section:
            body.sections[row.number] = section
        body.people.append(row)
    _fill_down(body, layout, sheet)
    return body


def _last_full(layout: Layout) -> int:
    """The number of the last row with at least three filled cells: what comes below is a footer."""
    width = min(3, max(1, len([c for c in layout.columns if c.meaning != UNKNOWN])))
    return max((row.number for row in layout.body if len(row.filled) >= width), default=0)


def _not_a_person(
    row: GridRow, layout: Layout, headings: set[str], last: int, merges: list[tuple[int, int, int, int]]
) -> str:
    filled = row.filled
    texts = [row.texts[i].strip() for i in filled]
    if _is_repeated_header(texts, headings, layout):
        return "repeated_header"
    if _is_total(texts):
        return "total"
    if len(filled) == 1:
        wide = any(top == row.number and right - left >= 2 for top, left, _, right in merges)
        if wide or household_of(texts[0]):
            return "section" if row.number < last else "footer"
        return _lone_cell(row, layout, last)
    if row.number > last and any(_is_signature(text) for text in texts):
        return "footer"
    numbers = {c.index for c in layout.of("number")}
    if filled and set(filled) <= numbers:
        return "number_only"
    return ""


def _is_repeated_header(texts: list[str], headings: set[str], layout: Layout) -> bool:
    if len(texts) < 2 or not layout.headers:
        return False
    same = sum(1 for text in texts if key(text) in headings)
    return same >= max(2, 0.6 * len(texts))


def _is_total(texts: list[str]) -> bool:
    """A total word that begins a cell, in a row of few cells that are numbers for the rest."""
    if not texts or len(texts) > 8:
        return False
    words = [text for text in texts if _total_word(text)]
    if not words:
        return _total_of_few(texts)
    others = [text for text in texts if text not in words]
    return all(not any(c.isalpha() for c in text) or len(text) <= 12 for text in others)


def _total_of_few(texts: list[str]) -> bool:
    """`Total personnes | 6`: one cell begins with the word, the one or two others are bare numbers."""
    words = [text for text in texts if any(c.isalpha() for c in text)]
    if len(words) != 1 or not 2 <= len(texts) <= 3:
        return False
    folded = key(words[0]).split()
    return len(folded) <= 4 and folded[0] in TOTAL_WORDS


def _total_word(text: str) -> bool:
    folded = key(text)
    if folded in TOTAL_WORDS:
        return True
    words = folded.split()
    return (
        1 < len(words) <= 8
        and (words[0] in TOTAL_WORDS or " ".join(words[:2]) in TOTAL_WORDS)
        and any(c.isdigit() for c in folded)
    )


def _is_signature(text: str) -> bool:
    head = key(text.split(":")[0])
    return head in SIGNATURE_WORDS or any(head.startswith(word + " ") for word in SIGNATURE_WORDS)


def _lone_cell(row: GridRow, layout: Layout, last: int) -> str:
    """One filled cell: a name in a name column is a person, below the table a footer, else a section line."""
    column = row.filled[0]
    text = row.texts[column].strip()
    use = next((c for c in layout.columns if c.index == column), None)
    named = use is not None and use.meaning in ("name", "given_name", "surname", "kunya", "other_name")
    counted = any(c.isdigit() for c in text)
    if row.number > last and (not named or counted or _is_signature(text) or len(text.split()) > 8):
        return "footer"
    if named and len(layout.columns) > 1 and len(text.split()) > 8:
        return "section"
    if use is not None and use.meaning == "number":
        return "section" if any(c.isalpha() for c in text) else "number_only"
    if named or not any(c.isalpha() for c in even(text)) or len(layout.columns) == 1:
        return ""
    if use is not None and use.meaning in (UNKNOWN, "row_ref", "household"):
        return "section" if " " in text or recognise(text).meaning == UNKNOWN else ""
    return ""


def _fill_down(body: Body, layout: Layout, sheet: Sheet) -> None:
    _from_merges(body, layout, sheet)
    for column in layout.columns:
        if column.meaning in _ALWAYS_DOWN and _few_and_first(body.people, column, 0.6):
            _copy_blanks(body, column, None)
        elif column.meaning in _HOUSEHOLD_DOWN and _once_each(body.people, column):
            _copy_blanks(body, column, layout)
        elif column.meaning == "entry_date" and _few_and_first(body.people, column, 0.4):
            _copy_blanks(body, column, None)


def _from_merges(body: Body, layout: Layout, sheet: Sheet) -> None:
    """Cells that the file itself says are merged downwards, in columns where that makes sense."""
    barred = {c.index for c in layout.columns if c.meaning in _MERGED_ONLY}
    rows = {row.number: row for row in body.people}
    budget = 500_000
    for top, left, bottom, right in sheet.merges:
        source = rows.get(top)
        if source is None or bottom <= top or left in barred or left != right:
            continue
        for number in range(top + 1, min(bottom, top + 5_000) + 1):
            budget -= 1
            target = rows.get(number)
            if target is not None and not target.text(left).strip() and source.text(left).strip():
                body.copied.setdefault(number, {})[left] = source.text(left)
        if budget < 0:
            return


def _once_each(people: list[GridRow], column: ColumnUse) -> bool:
    """Every number stands once, on the first row of its family, as in merged cells."""
    cells = [row.text(column.index).strip() for row in people]
    filled = [cell for cell in cells if cell]
    return (
        bool(cells) and bool(cells[0]) and len(filled) < 0.8 * len(cells) and len(set(filled)) == len(filled)
    )


def _few_and_first(people: list[GridRow], column: ColumnUse, share: float) -> bool:
    """The first person has the cell, and at most this share of all have it."""
    filled = [bool(row.text(column.index).strip()) for row in people]
    return len(filled) > 1 and filled[0] and sum(filled) <= share * len(filled)


def _copy_blanks(body: Body, column: ColumnUse, layout: Layout | None) -> None:
    """With a layout the copying stops at a new head or a numbered row of its own (household columns)."""
    above = ""
    heads = [c.index for c in layout.of("relation_to_head")] if layout else []
    for row in body.people:
        own = row.text(column.index).strip()
        if own:
            above = row.text(column.index)
        elif heads and _is_head(row, heads):
            above = ""
        elif above:
            body.copied.setdefault(row.number, {}).setdefault(column.index, above)


def _is_head(row: GridRow, columns: list[int]) -> bool:
    from service.imports.words import relation_of

    return any(relation_of(row.text(c)).value == "head" for c in columns)
