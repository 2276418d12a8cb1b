"""What the uploader should look at before the list is taken in."""

from collections.abc import Iterator, Sequence

from service.imports.grid import Sheet, Workbook
from service.imports.list_date import ListDate
from service.imports.values import Column, Question, RowProblem


def questions_of(
    book: Workbook,
    read: list[Sheet],
    columns: Sequence[Column],
    day: ListDate,
    problems: Sequence[RowProblem],
) -> tuple[Question, ...]:
    return (
        *_about_file(book, read),
        *_about_columns(columns),
        *_about_date(columns, day),
        *_about_order(problems),
    )


def about_sheets(left_out: Sequence[str]) -> Iterator[Question]:
    """Sheets that look like a legend or a note beside the list."""
    if left_out:
        yield Question(
            code="notes_sheet",
            sentence=(
                "These sheets look like notes and were left out. If they name people, deliver them alone."
            ),
            choices=tuple(left_out),
        )


def _about_file(book: Workbook, read: list[Sheet]) -> Iterator[Question]:
    if not book.encoding_sure:
        choices = tuple(d.encoding for d in book.decodings)
        yield Question(
            code="encoding", sentence="Which of these readings of the text is right?", choices=choices
        )
    names = {sheet.index for sheet in read}
    hidden = tuple(s.name for s in book.sheets if s.hidden and s.rows and s.index not in names)
    if hidden:
        yield Question(
            code="hidden_sheet", sentence="Hidden sheets hold rows too and were not read.", choices=hidden
        )
    for code, sentence in book.notices:
        yield Question(code=code, sentence=sentence)


def _about_columns(columns: Sequence[Column]) -> Iterator[Question]:
    guessed = tuple(c.letter for c in columns if c.how in ("content", "similar_heading"))
    if guessed:
        yield Question(
            code="columns", sentence="The meaning of these columns was guessed. Is it right?", choices=guessed
        )
    unknown = tuple(c.letter for c in columns if c.meaning == "unknown")
    if unknown:
        yield Question(
            code="unknown_columns",
            sentence="What do these columns mean? They are kept as notes.",
            choices=unknown,
        )
    for sheet in dict.fromkeys(c.sheet for c in columns):
        here = [c for c in columns if c.sheet == sheet]
        if not any(c.meaning in ("name", "given_name", "surname", "kunya") for c in here):
            yield Question(
                code="no_name_column",
                sentence="Which column holds the names?",
                choices=tuple(c.letter for c in here),
            )


def _about_date(columns: Sequence[Column], day: ListDate) -> Iterator[Question]:
    if day.day is None and any(c.meaning == "age" for c in columns):
        yield Question(
            code="list_date_needed", sentence="On which day was the list made? Ages mean nothing without it."
        )
    elif day.guessed and day.day is not None:
        yield Question(
            code="list_date",
            sentence="The date of the list was guessed. Is it right?",
            choices=(day.day.isoformat(),),
        )


def _about_order(problems: Sequence[RowProblem]) -> Iterator[Question]:
    if any(p.code == "day_or_month_first" for p in problems):
        yield Question(
            code="date_order",
            sentence="Does the day or the month stand first in dates?",
            choices=("dmy", "mdy"),
        )
