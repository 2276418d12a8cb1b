"""The requests file of the command line's contract, read into tracing requests.

Reading a file is not asking for consent: an operator who links files does so on the operator's own
legal basis, so the requests carry no consents. Filing them with the service is another act, and
there consents are recorded (`service.cases.intake`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.tracing import SoughtPerson, TracingRequest
from schemas.vocabulary import Channel
from service.files.columns import Heading, find_heading, known_headings
from service.files.families import enquirer_of, relationships_of, with_enquirer
from service.files.problems import RequestProblem, RequestsRejected
from service.files.request_rows import RowLost, RowReader, read_person
from service.files.table import Row, read_table

MAX_PEOPLE = 60  # as schemas.tracing allows in one request
_SHARED = ("enquirer_name", "enquirer_relation", "language")


@dataclass(frozen=True)
class RequestsReading:
    """What the file held: requests in the order of their first row, and all that was not understood.

    Every row that is not blank, and not above the headings, is in a request or in `problems` with
    `row_lost`. `rows` gives the row of each (request_id, person_id).
    """

    requests: tuple[TracingRequest, ...]
    problems: tuple[RequestProblem, ...]
    rows: dict[tuple[str, str], int]
    unknown_columns: tuple[str, ...]
    encoding: str
    encoding_sure: bool

    @property
    def lost_rows(self) -> tuple[int, ...]:
        return tuple(problem.row for problem in self.problems if problem.row_lost)


@dataclass
class _Draft:
    """The rows of one request_id as they come in."""

    people: dict[str, SoughtPerson] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)


def read_requests(data: bytes, encoding: str | None = None) -> RequestsReading:
    """The requests in `data` (CSV, TSV or semicolon separated; any encoding a spreadsheet saves).

    Rows of one `request_id` form one request wherever they stand. Raises `RequestsRejected` when the
    file as a whole is unusable, which includes a file in which no row could be read.
    """
    table = read_table(data, known_headings, encoding)
    heading = find_heading(table.rows)
    drafts: dict[str, _Draft] = {}
    rows: dict[tuple[str, str], int] = {}
    problems: list[RequestProblem] = []
    for row in table.rows:
        if row.number > heading.row and not row.blank:
            _take(heading, row, drafts, rows, problems)
    if not drafts:
        raise RequestsRejected("no_requests", _nothing_read(problems))
    return RequestsReading(
        requests=tuple(_finish(request_id, draft) for request_id, draft in drafts.items()),
        problems=tuple(problems),
        rows=rows,
        unknown_columns=heading.unknown,
        encoding=table.encoding,
        encoding_sure=table.encoding_sure,
    )


def _take(
    heading: Heading,
    row: Row,
    drafts: dict[str, _Draft],
    rows: dict[tuple[str, str], int],
    problems: list[RequestProblem],
) -> None:
    """Adds the row to its request, or names it among the problems."""
    reader = RowReader(heading, row)
    try:
        request_id = reader.identity("request_id")
        person = read_person(reader)
        draft = drafts.get(request_id, _Draft())
        _refuse_crowd(draft, person)
    except RowLost as lost:
        problems.append(RequestProblem(row.number, lost.code, lost.sentence, row_lost=True))
        return
    draft.people[person.person_id] = person
    for column in _SHARED:
        _share(reader, column, draft)
    drafts[request_id] = draft
    rows[request_id, person.person_id] = row.number
    problems.extend(reader.problems)


def _refuse_crowd(draft: _Draft, person: SoughtPerson) -> None:
    if person.person_id in draft.people:
        raise RowLost("person_twice", "This person_id stands in an earlier row of the same request already.")
    if len(draft.people) >= MAX_PEOPLE:
        raise RowLost(
            "request_too_large", f"The request has more than {MAX_PEOPLE} people; file the rest as another."
        )


def _share(reader: RowReader, column: str, draft: _Draft) -> None:
    """What is said once for the whole request: the first row that says it counts."""
    text = reader.text(column)
    if not text:
        return
    if draft.shared.setdefault(column, text) != text:
        reader.report(
            f"{column}_differs",
            f"The {column} differs from an earlier row of the request; that one counts.",
            column,
        )


def _finish(request_id: str, draft: _Draft) -> TracingRequest:
    relation = draft.shared.get("enquirer_relation", "")
    people = with_enquirer(relation, tuple(draft.people.values()))
    return TracingRequest(
        request_id=request_id,
        enquirer=enquirer_of(draft.shared.get("enquirer_name", ""), relation, people),
        sought=people,
        relationships=relationships_of(people),
        channel=Channel.FILE,
        language=draft.shared.get("language", ""),
    )


def _nothing_read(problems: Sequence[RequestProblem]) -> str:
    if not problems:
        return "The requests file has headings but no rows under them."
    first = problems[0]
    return f"No row of the requests file could be read. Row {first.row}: {first.sentence}"
