"""Files in, placed candidate links out: the work of `homeward link`, without a database."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from matching.linker import Linker
from matching.weights import POLICY, Policy
from schemas.tracing import TracingRequest
from service.errors import HomewardError, Unprocessable
from service.files.links_csv import PlacedLink, RecordPlace, place_links
from service.files.list_inputs import ListInput
from service.files.requests import RequestsReading, read_requests
from service.imports import FileRejected, ListReading, read_list


class ListUnusable(Unprocessable):
    """A list that cannot be read at all; the sentence names its file."""


@dataclass(frozen=True)
class ReadLists:
    """The lists as read, in the order given, each under its label."""

    readings: dict[str, ListReading]

    def where(self) -> dict[str, RecordPlace]:
        """record_id -> where it stands."""
        return {
            record.record_id: RecordPlace(label, record.row, record.sheet if several else "")
            for label, reading in self.readings.items()
            for several in [len({record.sheet for record in reading.records}) > 1]
            for record in reading.records
        }


def read_requests_file(path: Path, encoding: str | None = None) -> RequestsReading:
    return read_requests(_bytes(path, "requests"), encoding)


def read_lists(inputs: Sequence[ListInput], step: Callable[[], None] = lambda: None) -> ReadLists:
    """All lists; `step` is called after each. One list without any person stops the run."""
    readings: dict[str, ListReading] = {}
    for given in inputs:
        try:
            reading = read_list(_bytes(given.path, "list"), given.path.name, given.options)
        except FileRejected as rejected:
            raise ListUnusable(rejected.code, f"{given.label}: {rejected.sentence}") from rejected
        if not reading.records:
            raise ListUnusable(
                "list_without_people",
                f"{given.label}: no row was understood as a person; name the columns with --mapping.",
            )
        readings[given.label] = reading
        step()
    return ReadLists(readings)


def _bytes(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise HomewardError(
            "file_unreadable", f"The {what} file {path.name} cannot be opened: {error.strerror}."
        ) from error


def links_of(
    requests: Sequence[TracingRequest],
    lists: ReadLists,
    top: int,
    step: Callable[[], None] = lambda: None,
    policy: Policy = POLICY,
) -> Iterator[PlacedLink]:
    """The links of all requests, request by request; `step` is called after each request."""
    where = lists.where()
    linker = Linker((one for reading in lists.readings.values() for one in reading.records), policy)
    for request in requests:
        yield from place_links(linker.rank(request, top=top).links, where)
        step()
