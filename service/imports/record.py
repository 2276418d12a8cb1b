"""One row of cells -> one draft: a table from the meaning of a column to its reader."""

from collections.abc import Callable

from pydantic import ValidationError

from schemas.vocabulary import NameRole, PlaceKind, Relation
from service.imports import fact_cells, name_cells, notes
from service.imports.draft import Draft, ListContext, cell
from service.imports.grid import GridRow, Kind
from service.imports.layout import ColumnUse
from service.imports.words import is_unknown, relation_of

Reader = Callable[[Draft, str, int, Kind], None]


def _named(role: NameRole) -> Reader:
    return lambda draft, text, _column, _kind: name_cells.read_name(draft, text, role)


def _kin(relation: Relation) -> Reader:
    return lambda draft, text, _column, _kind: name_cells.read_kin(draft, text, relation)


def _place(kind: PlaceKind) -> Reader:
    return lambda draft, text, _column, _kind: fact_cells.read_place(draft, text, kind)


def _identifier(name: str) -> Reader:
    return lambda draft, text, _column, _kind: fact_cells.read_identifier(draft, text, name)


def _number(draft: Draft, text: str, _column: int, _kind: Kind) -> None:
    draft.printed_number = draft.printed_number or text.strip()


def _household(draft: Draft, text: str, _column: int, _kind: Kind) -> None:
    if not is_unknown(text):
        draft.household, draft.household_basis = text.strip(), "list number"
        fact_cells.read_identifier(draft, text, "household")


def _tent(draft: Draft, text: str, _column: int, _kind: Kind) -> None:
    if not is_unknown(text):
        draft.tent = text.strip()
        fact_cells.read_identifier(draft, text, "tent")


def _relation(draft: Draft, text: str, _column: int, _kind: Kind) -> None:
    draft.relation_as_written = text.strip()
    draft.relation = relation_of(text)
    if draft.relation is Relation.UNKNOWN and not is_unknown(text):
        notes.read_note(draft, text)


def _status(draft: Draft, text: str, _column: int, _kind: Kind) -> None:
    notes.read_note(draft, text)
    if draft.relation is Relation.UNKNOWN and (found := relation_of(text)) is Relation.HEAD:
        draft.relation, draft.relation_as_written = found, text.strip()


def _note(draft: Draft, text: str, _column: int, _kind: Kind) -> None:
    notes.read_note(draft, text)


def _mark(draft: Draft, text: str, _column: int, _kind: Kind) -> None:
    if not is_unknown(text):
        draft.marks.append(draft.statement(text.strip()))


# In this order, whatever the order on the sheet: remarks complete what the cells say.
READERS: dict[str, Reader] = {
    "number": _number,
    "registered_on": lambda d, t, c, _k: fact_cells.read_registered(d, t, c),
    "name": _named(NameRole.FULL),
    "surname": _named(NameRole.SURNAME),
    "given_name": _named(NameRole.GIVEN),
    "patronymic": _named(NameRole.PATRONYMIC),
    "other_name": _named(NameRole.OTHER),
    "kunya": lambda d, t, _c, _k: name_cells.read_kunya(d, t),
    "sex": lambda d, t, c, _k: fact_cells.read_sex(d, t, c),
    "birth_date": lambda d, t, c, k: fact_cells.read_birth(d, t, c, k),
    "age": lambda d, t, c, k: fact_cells.read_age(d, t, c, k),
    "father": _kin(Relation.FATHER),
    "mother": _kin(Relation.MOTHER),
    "husband": _kin(Relation.HUSBAND),
    "grandfather": _kin(Relation.GRANDFATHER),
    "nationality": lambda d, t, _c, _k: fact_cells.read_nationality(d, t),
    "ethnicity": lambda d, t, _c, _k: fact_cells.read_nationality(d, t),
    "language": lambda d, t, _c, _k: fact_cells.read_language(d, t),
    "held_at": _place(PlaceKind.HELD_AT),
    "origin": _place(PlaceKind.ORIGIN),
    "found_at": _place(PlaceKind.FOUND_AT),
    "entry_date": lambda d, t, c, _k: fact_cells.read_entry(d, t, c),
    "relation_to_head": _relation,
    "household": _household,
    "tent": _tent,
    "children_count": lambda d, t, c, _k: fact_cells.read_count(d, t, c, False),
    "family_size": lambda d, t, c, _k: fact_cells.read_count(d, t, c, True),
    "case_id": _identifier("case_id"),
    "row_ref": _identifier("row_ref"),
    "national_id": _identifier("national_id"),
    "passport": _identifier("passport"),
    "icrc_id": _identifier("icrc_ref"),
    "unhcr_id": _identifier("unhcr_individual"),
    "prison_no": _identifier("prison_no"),
    "telephone": _identifier("telephone"),
    "marks": _mark,
    "care_status": _status,
    "remarks": _note,
}


_READ_WHOLE = (_note, _status)  # these know their own measure
_LONGEST = 200  # characters; no name, place or number is longer


def read_row(row: GridRow, columns: list[ColumnUse], context: ListContext, copied: dict[int, str]) -> Draft:
    """The draft of one row. `copied` holds what a blank cell takes from the row above, by column."""
    draft = Draft(context, row.number)
    draft.cells = tuple(
        cell(c.heading or c.letter, row.texts[c.index])
        for c in sorted(columns, key=lambda c: c.index)
        if row.text(c.index)
    )
    for column in columns:
        text = row.text(column.index).strip() or copied.get(column.index, "").strip()
        reader = READERS.get(column.meaning)
        if reader is not None and reader not in _READ_WHOLE and len(text) > _LONGEST:
            draft.problem(
                "text_partly_read",
                "Only the beginning of this long cell was understood; its whole text is kept.",
                column.index,
            )
            text = text[:_LONGEST]
        if text and reader is not None:
            try:
                reader(draft, text, column.index, row.kind(column.index))
            except ValidationError:  # a value that none of ours may hold: the row stays, the cell is told of
                draft.problem(
                    "cell_not_understood", "The cell is not understood; its text is kept.", column.index
                )
        elif text and column.meaning == "unknown" and any(c.isalpha() for c in text):
            draft.notes.append(
                draft.statement(f"{column.heading}: {text}"[:2000] if column.heading else text)
            )
    notes.mark_staff_names(draft)
    return draft


def in_reading_order(columns: list[ColumnUse]) -> list[ColumnUse]:
    order = {meaning: place for place, meaning in enumerate(READERS)}
    return sorted(columns, key=lambda c: (order.get(c.meaning, len(order)), c.index))
