"""From the bytes of a file to people: the front door."""

import hashlib
from dataclasses import replace

from schemas.registry import DetaineeRecord
from service.imports.ages import says_estimate
from service.imports.body import Body, find_people
from service.imports.dates import DateHabits
from service.imports.draft import Draft, ListContext
from service.imports.errors import FileRejected
from service.imports.grid import Sheet, Workbook, column_letter
from service.imports.guesses import guess_columns
from service.imports.habits import date_habits
from service.imports.headings import meanings
from service.imports.households import settle
from service.imports.layout import Layout, find_layout
from service.imports.limits import LIMITS, Limits
from service.imports.list_date import ListDate, find_list_date
from service.imports.questions import about_sheets, questions_of
from service.imports.record import in_reading_order, read_row
from service.imports.sandbox import read_file
from service.imports.sections import tell_sections
from service.imports.values import (
    Column,
    EncodingChoice,
    FileFacts,
    ListReading,
    ReadOptions,
    RowProblem,
    Severity,
    SkippedRow,
)
from service.imports.words import sexes_of_heading

_TABLE, _NOTE = 4, 2  # columns that a list has at least; that a sheet of notes has at most
_NO_OPTIONS = ReadOptions()


def read_list(
    data: bytes, file_name: str, options: ReadOptions = _NO_OPTIONS, limits: Limits = LIMITS
) -> ListReading:
    """Everything that could be understood of a list, and everything that could not, row by row.

    Raises `FileRejected` when the file as a whole cannot be read.
    """
    unknown = sorted(set(options.mapping.values()) - meanings())
    if unknown:
        raise FileRejected(
            "unknown_meaning", "The mapping names a meaning that does not exist; see docs/lists.md."
        )
    book = read_file(data, options.encoding or "", limits)
    return read_workbook(book, file_name, hashlib.sha256(data).hexdigest(), options)


def read_workbook(book: Workbook, file_name: str, sha256: str, options: ReadOptions) -> ListReading:
    """The second half of reading: from cells to people. Pure; raises `FileRejected` without any person."""
    if not options.list_id:
        options = options.model_copy(update={"list_id": f"list-{sha256[:16]}"})
    return _Reading(book, file_name, sha256, options).result()


class _Reading:
    """One file on its way; each step leaves its result for the next."""

    def __init__(self, book: Workbook, file_name: str, digest: str, options: ReadOptions) -> None:
        self.book = book
        self.options = options
        self.file_name = file_name
        self.digest = digest
        self.sheets = _chosen(book, options.sheet)
        self.layouts = [find_layout(sheet, options.mapping) for sheet in self.sheets]
        for layout in self.layouts:
            guess_columns(layout)
            _settle_names(layout)
        self.left_out = _notes_only(self.sheets, self.layouts) if not options.sheet else []
        self.problems: list[RowProblem] = []
        self.skipped: list[SkippedRow] = []
        self.records: list[DetaineeRecord] = []

    def result(self) -> ListReading:
        habits = [date_habits(layout, self.options.date_order, 2100) for layout in self.layouts]
        merged = {k: v for h in habits for k, v in h.items()}
        day = find_list_date(
            self.options.list_date, self.layouts, self.file_name, merged, self.options.received_on
        )
        if day.day is not None:
            habits = [{c: replace(h, latest_year=day.day.year) for c, h in each.items()} for each in habits]
        for sheet, layout, each in zip(self.sheets, self.layouts, habits, strict=True):
            if sheet.name in self.left_out:
                self._skip(sheet, [(row.number, "notes_sheet") for row in sheet.rows])
                continue
            self._read_sheet(sheet, layout, each, day)
        if not self.records and not self.problems:
            raise FileRejected(
                "no_people", "No row with a person was found. Check that the right sheet was chosen."
            )
        return self._assembled(day)

    def _read_sheet(self, sheet: Sheet, layout: Layout, habits: dict[int, DateHabits], day: ListDate) -> None:
        self._skip(sheet, [(row.number, "title") for row in layout.titles])
        self._skip(sheet, [(row.number, "header") for row in layout.headers])
        body = find_people(layout, sheet)
        self._tell_of_headings(sheet, layout, body)
        self._skip(sheet, body.skipped)
        context = self._context(sheet, layout, habits, day)
        columns = in_reading_order(layout.columns)
        drafts = [read_row(row, columns, context, body.copied.get(row.number, {})) for row in body.people]
        tell_sections(drafts, body.sections)
        settle(drafts)
        for draft in drafts:
            self._keep(sheet, layout, draft)
        people = {row.number for row in body.people}
        for trouble in self.book.troubles:
            if trouble.sheet != sheet.index or (
                trouble.code == "row_too_short" and trouble.row not in people
            ):
                continue
            severity = Severity.NOTE if trouble.code == "row_too_short" else Severity.WARNING
            self._problem(
                sheet, layout, trouble.row, trouble.column, trouble.code, trouble.sentence, severity
            )

    def _context(
        self, sheet: Sheet, layout: Layout, habits: dict[int, DateHabits], day: ListDate
    ) -> ListContext:
        return ListContext(
            self.options.list_id,
            sheet.index,
            sheet.name,
            day.day,
            habits,
            {c.index: sexes_of_heading(c.heading) for c in layout.of("sex")},
            frozenset(c.index for c in layout.of("age", "birth_date") if says_estimate(c.heading)),
        )

    def _tell_of_headings(self, sheet: Sheet, layout: Layout, body: Body) -> None:
        """Headings that stand twice, and cells that stand under none."""
        seen: set[str] = set()
        for column in layout.columns:
            if column.heading and column.heading in seen and layout.headers and not sheet.merges:
                self._problem(
                    sheet, layout, layout.headers[-1].number, column.index, "duplicate_heading",
                    "The heading stands above another column too; both columns were read.", Severity.NOTE,
                )  # fmt: skip
            seen.add(column.heading)
        bare = [c.index for c in layout.columns if not c.heading] if layout.headers else []
        for row in body.people if bare else []:
            if any(row.text(index).strip() for index in bare):
                self._problem(
                    sheet, layout, row.number, -1, "cells_beyond_headings",
                    "Cells of this row stand under no heading; they are kept as notes.",
                )  # fmt: skip

    def _keep(self, sheet: Sheet, layout: Layout, draft: Draft) -> None:
        for column, code, sentence in draft.problems:
            self._problem(sheet, layout, draft.row, column, code, sentence)
        if draft.counted_above:
            self._skip(sheet, [(draft.row, "count_of_row_above")])
            return
        if _says_nothing(draft):
            self._problem(
                sheet, layout, draft.row, -1, "no_person_in_row",
                "The row holds no name, age, sex or kin; no record was made.", Severity.ERROR,
            )  # fmt: skip
            return
        self.records.append(draft.build())
        self.records.extend(draft.placeholders())

    def _problem(
        self, sheet: Sheet, layout: Layout, row: int, column: int, code: str, sentence: str,
        severity: Severity = Severity.WARNING,
    ) -> None:  # fmt: skip
        where = ""
        if column >= 0:
            use = next((c for c in layout.columns if c.index == column), None)
            where = f"{column_letter(column)} {use.heading}".strip() if use else column_letter(column)
        self.problems.append(
            RowProblem(
                sheet=sheet.name, row=row, column=where, code=code, sentence=sentence, severity=severity
            )
        )

    def _skip(self, sheet: Sheet, rows: list[tuple[int, str]]) -> None:
        self.skipped.extend(
            SkippedRow(sheet=sheet.name, row=number, reason=reason) for number, reason in rows
        )

    def _assembled(self, day: ListDate) -> ListReading:
        columns = tuple(
            _column(sheet, layout, position)
            for sheet, layout in zip(self.sheets, self.layouts, strict=True)
            if sheet.name not in self.left_out
            for position in range(len(layout.columns))
        )
        facts = FileFacts(
            name=self.file_name,
            format=self.book.format,
            sha256=self.digest,
            encoding=self.book.encoding,
            encoding_sure=self.book.encoding_sure,
            encoding_choices=tuple(
                EncodingChoice(encoding=d.encoding, sample=tuple(d.sample)) for d in self.book.decodings
            ),
            sheets=tuple(sheet.name for sheet in self.book.sheets),
        )
        return ListReading(
            file=facts,
            columns=columns,
            list_date=day.day,
            list_date_guessed=day.guessed,
            list_date_basis=day.basis,
            records=tuple(self.records),
            problems=tuple(sorted(self.problems, key=lambda p: (p.sheet, p.row))),
            skipped=tuple(self.skipped),
            questions=(
                *about_sheets(self.left_out),
                *questions_of(self.book, self.sheets, columns, day, self.problems),
            ),
        )


def _chosen(book: Workbook, wanted: str | None) -> list[Sheet]:
    """The sheet asked for, or every visible sheet that holds something."""
    filled = [sheet for sheet in book.sheets if sheet.rows]
    if wanted:
        found = [s for s in book.sheets if wanted in (s.name, str(s.index))]
        if not found:
            raise FileRejected(
                "no_such_sheet", "The file has no sheet of that name or number. Choose one of its sheets."
            )
        filled = [s for s in found if s.rows]
    elif any(not sheet.hidden for sheet in filled):
        filled = [sheet for sheet in filled if not sheet.hidden]
    if not filled:
        raise FileRejected(
            "empty_file", "The file holds no filled cell. Check that the right file was chosen."
        )
    return filled


def _notes_only(sheets: list[Sheet], layouts: list[Layout]) -> list[str]:
    """Sheets of one or two columns without a heading, beside a sheet that is a table: a legend, a note."""
    tables = [layout for layout in layouts if layout.headers and len(layout.columns) >= _TABLE]
    if not tables:
        return []
    return [
        sheet.name
        for sheet, layout in zip(sheets, layouts, strict=True)
        if not layout.headers and len(layout.columns) <= _NOTE
    ]


def _settle_names(layout: Layout) -> None:
    """`Имя` or `Nom` alone is the whole name; beside the other part it is that part."""
    found = {c.meaning for c in layout.columns}
    lone = ""
    if "given_name" in found and not found & {"surname", "name"}:
        lone = "given_name"
    elif "surname" in found and not found & {"given_name", "name"}:
        lone = "surname"
    if lone:
        layout.columns = [replace(c, meaning="name") if c.meaning == lone else c for c in layout.columns]


def _says_nothing(draft: Draft) -> bool:
    return not (
        draft.names or draft.births or draft.kin or draft.sex_as_written or draft.unknown_child
        or draft.declared_children or draft.notes or draft.relation_as_written
    )  # fmt: skip


def _column(sheet: Sheet, layout: Layout, position: int) -> Column:
    use = layout.columns[position]
    texts = (row.text(use.index).strip() for row in layout.body[:50])
    samples = tuple(dict.fromkeys(t[:80] for t in texts if t))[:3]
    return Column(
        sheet=sheet.name,
        letter=use.letter,
        heading=use.heading,
        meaning=use.meaning,
        how=use.how,
        samples=samples,
    )
