"""What was not understood in the files, in lines for the person at the terminal. No cell is quoted."""

from collections.abc import Iterator
from typing import Any

from service.files.requests import RequestsReading
from service.imports import ListReading, Severity


def requests_report(name: str, reading: RequestsReading) -> Iterator[str]:
    people = sum(len(request.sought) for request in reading.requests)
    yield f"{name}: {len(reading.requests)} requests, {people} sought people"
    if not reading.encoding_sure:
        yield f"  read as {reading.encoding}, which is a guess; check a name, or use --requests-encoding"
    if reading.unknown_columns:
        yield f"  columns not used: {', '.join(reading.unknown_columns)}"
    for problem in reading.problems:
        lost = "row left out: " if problem.row_lost else ""
        yield f"  row {problem.row}: {lost}{problem.sentence} [{problem.code}]"


def list_report(label: str, reading: ListReading) -> Iterator[str]:
    yield f"{label}: {len(reading.records)} people on {len({r.row for r in reading.records})} rows"
    if reading.list_date is None:
        yield f"  no date of the list is known; say it with --list-date '{label}=YYYY-MM-DD'"
    elif reading.list_date_guessed:
        yield f"  list date {reading.list_date}, guessed from its content; --list-date sets it"
    if not reading.file.encoding_sure:
        yield f"  read as {reading.file.encoding}, which is a guess; --list-encoding sets it"
    unused = [column.heading for column in reading.columns if column.how == "none" and column.heading]
    if unused:
        yield f"  columns not understood: {', '.join(unused)}; --mapping says what they mean"
    for problem in reading.problems:
        if problem.severity is Severity.NOTE:
            continue
        sheet = f"sheet {problem.sheet}, " if problem.sheet else ""
        yield f"  {sheet}row {problem.row}: {problem.sentence} [{problem.code}]"


def requests_summary(reading: RequestsReading) -> dict[str, Any]:
    return {
        "requests": len(reading.requests),
        "people": sum(len(request.sought) for request in reading.requests),
        "problems": len(reading.problems),
        "lost_rows": list(reading.lost_rows),
        "unknown_columns": list(reading.unknown_columns),
        "encoding": reading.encoding,
    }


def list_summary(label: str, reading: ListReading) -> dict[str, Any]:
    return {
        "list": label,
        "people": len(reading.records),
        "rows": sorted({record.row for record in reading.records}),
        "skipped": [{"row": skipped.row, "reason": skipped.reason} for skipped in reading.skipped],
        "problems": [
            {"sheet": p.sheet, "row": p.row, "code": p.code, "severity": p.severity.value}
            for p in reading.problems
        ],
        "columns": {column.heading: column.meaning for column in reading.columns},
        "list_date": reading.list_date.isoformat() if reading.list_date else None,
        "list_date_guessed": reading.list_date_guessed,
        "encoding": reading.file.encoding,
    }
