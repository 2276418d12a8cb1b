"""`homeward link`: a requests file and lists in any layout in, candidate links out. No database."""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:  # the command's help must not wait for the matcher
    from service.files.linking import ReadLists
    from service.files.list_inputs import ListInput
    from service.files.requests import RequestsReading

_ONE = "FILE=VALUE, FILE being one of the lists"


@dataclass(frozen=True)
class _Target:
    out: Path
    explain: Path | None
    top: int
    policy: Path | None = None


def command(
    requests: Annotated[Path, typer.Option(help="Requests file: comma, tab or semicolon separated.")],
    lists: Annotated[
        list[Path], typer.Option("--list", help="A detainee list in any layout; repeat for more.")
    ],
    out: Annotated[Path, typer.Option(help="Where to write the links (CSV, UTF-8).")],
    top: Annotated[int, typer.Option(min=1, max=1000, help="Links for each sought person.")] = 10,
    explain: Annotated[
        Path | None, typer.Option(help="Write the whole evidence here, as JSON lines.")
    ] = None,
    list_date: Annotated[
        list[str] | None, typer.Option(help=f"Day of which a list's ages speak, YYYY-MM-DD: {_ONE}.")
    ] = None,
    list_encoding: Annotated[list[str] | None, typer.Option(help=f"Encoding of a text list: {_ONE}.")] = None,
    mapping: Annotated[
        list[str] | None, typer.Option(help=f"JSON file that says what a list's columns mean: {_ONE}.")
    ] = None,
    requests_encoding: Annotated[str | None, typer.Option(help="Encoding of the requests file.")] = None,
    policy: Annotated[
        Path | None, typer.Option(help="Scoring policy that `homeward weights estimate` wrote.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a summary as JSON.")] = False,
) -> None:
    """Link the people sought in a requests file with the people on detainee lists."""
    from service.errors import HomewardError
    from service.files.list_inputs import Sayings, list_inputs

    try:
        inputs = list_inputs(lists, Sayings(list_date or (), list_encoding or (), mapping or ()))
        target = _Target(out, explain, top, policy)
        _refuse_overwriting(target, [requests, *lists])
        summary = _run(requests, requests_encoding, inputs, target)
    except HomewardError as error:
        print(f"{error.sentence} [{error.code}]", file=sys.stderr)
        raise typer.Exit(2) from error
    if as_json:
        print(json.dumps(summary, ensure_ascii=False))
    else:
        print(f"{summary['links']} links of {summary['requests']['people']} people written to {out}")


def _refuse_overwriting(target: _Target, given: Iterable[Path]) -> None:
    from service.errors import Unprocessable

    written = [path for path in (target.out, target.explain) if path]
    if {path.resolve() for path in written} & {path.resolve() for path in given}:
        raise Unprocessable("output_is_input", "The output would overwrite one of the given files.")
    for path in written:
        if path.is_dir() or not path.parent.is_dir():
            raise Unprocessable("output_unwritable", f"{path} cannot be written: name a file in a folder.")


def _run(
    requests: Path, encoding: str | None, inputs: "tuple[ListInput, ...]", target: _Target
) -> dict[str, Any]:
    from service.cli.progress import progress
    from service.config import policy_of
    from service.files.linking import links_of, read_lists, read_requests_file
    from service.files.outputs import write_outputs
    from service.files.reports import list_summary, requests_summary

    policy = policy_of(target.policy)
    asked = read_requests_file(requests, encoding)
    with progress("Reading lists", len(inputs)) as step:
        lists = read_lists(inputs, step)
    _report(requests.name, asked, lists)
    with progress("Linking requests", len(asked.requests)) as step:
        links = links_of(asked.requests, lists, target.top, step, policy)
        count = write_outputs(target.out, target.explain, links)
    return {
        "links": count,
        "requests": requests_summary(asked),
        "lists": [list_summary(label, reading) for label, reading in lists.readings.items()],
        "out": str(target.out),
    }


def _report(name: str, asked: "RequestsReading", lists: "ReadLists") -> None:
    from service.files.reports import list_report, requests_report

    for line in requests_report(name, asked):
        print(line, file=sys.stderr)
    for label, reading in lists.readings.items():
        for line in list_report(label, reading):
            print(line, file=sys.stderr)
