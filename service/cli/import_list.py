"""`homeward import-list`: detainee lists from files, previewed and, when asked, published."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from service.cases.list_details import ListView
    from service.imports import ReadOptions
    from service.security.actors import Actor
    from service.store.work import Store, Work


def command(
    files: Annotated[list[Path], typer.Argument(help="List files: CSV, TSV, XLSX, XLS or ODS.")],
    commit: Annotated[bool, typer.Option("--commit", help="Publish what was understood.")] = False,
    organisation: Annotated[
        str, typer.Option(help="Whose lists they are; not needed while there is only one organisation.")
    ] = "",
    list_date: Annotated[
        str, typer.Option(help="Day of which the ages on the lists speak, YYYY-MM-DD.")
    ] = "",
    mapping: Annotated[
        Path | None, typer.Option(help="JSON file that says what columns mean: heading or letter -> meaning.")
    ] = None,
    encoding: Annotated[str, typer.Option(help="Encoding of text files, where it is known.")] = "",
    keep_good_rows: Annotated[
        bool, typer.Option("--keep-good-rows", help="Publish although some rows were not understood.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the reports as JSON.")] = False,
) -> None:
    """Read detainee lists; without --commit they stay previews that nobody matches."""
    from service.cli.failures import sentences
    from service.cli.opened import opened

    with sentences():
        wish = _Wish(_options(list_date, mapping, encoding), commit, keep_good_rows)
        with opened() as store:
            actor = _importer(store, organisation)
            reports = [_one(store, actor, path, wish) for path in files]
    if as_json:
        typer.echo(json.dumps(reports, ensure_ascii=False))
        return
    for report in reports:
        _tell(report)


def _options(list_date: str, mapping: Path | None, encoding: str) -> "ReadOptions":
    from service.errors import Unprocessable
    from service.imports import ReadOptions

    try:
        day = date.fromisoformat(list_date) if list_date else None
        meanings = json.loads(mapping.read_text("utf-8")) if mapping else {}
        return ReadOptions(list_date=day, mapping=meanings, encoding=encoding)
    except (ValueError, OSError):
        raise Unprocessable(
            "options_not_understood",
            "Give the list date as YYYY-MM-DD, and the mapping as a JSON file of headings and meanings.",
        ) from None


def _importer(store: "Store", organisation: str) -> "Actor":
    """The operator of this machine, acting for one organisation."""
    from service.security.actors import Actor, Role

    with store.read() as work:
        return Actor("operator", _organisation_id(work, organisation), frozenset({Role.IMPORTER}))


def _organisation_id(work: "Work", name: str) -> str:
    from service.errors import Unprocessable
    from service.store import organisations

    if name:
        found = organisations.named(work.session, name)
        if found is None:
            raise Unprocessable("organisation_unknown", "There is no organisation of this name.")
        return found.id
    every = organisations.every(work.session)
    if len(every) != 1:
        raise Unprocessable(
            "organisation_needed", "Say whose lists these are: --organisation NAME (see: homeward user list)."
        )
    return every[0].id


@dataclass(frozen=True)
class _Wish:
    options: "ReadOptions"
    commit: bool
    keep_good_rows: bool


def _one(store: "Store", actor: "Actor", path: Path, wish: _Wish) -> dict[str, Any]:
    from service.cases import lists
    from service.errors import Unprocessable

    try:
        data = path.read_bytes()
    except OSError:
        raise Unprocessable("file_unreadable", f"{path} cannot be read.") from None
    view = lists.preview_list(store, actor, lists.Upload(data, path.name, wish.options))
    repeated = view.repeated
    if wish.commit and view.state.value == "preview":
        with store.begin() as work:
            view = lists.commit_list(work, actor, view.list_id, keep_good_rows=wish.keep_good_rows)
    return _report(path, view, repeated)


def _report(path: Path, view: "ListView", repeated: bool) -> dict[str, Any]:
    reading, difference = view.details.reading, view.details.difference
    return {
        "file": str(path),
        "list_id": view.list_id,
        "state": view.state.value,
        "repeated": repeated,
        "edition": view.edition,
        "records": view.record_count,
        "rows_lost": view.details.rows_lost,
        "problems": [p.model_dump(mode="json") for p in reading.problems],
        "skipped": [s.model_dump(mode="json") for s in reading.skipped],
        "questions": [q.model_dump(mode="json") for q in reading.questions],
        "difference": None
        if difference is None
        else {
            "unchanged": difference.unchanged,
            "changed": len(difference.changed),
            "new": len(difference.new_rows),
            "gone": len(difference.gone_rows),
        },
    }


def _tell(report: dict[str, Any]) -> None:
    again = " (delivered before: nothing changed)" if report["repeated"] else ""
    typer.echo(f"{report['file']}: {report['records']} records, {report['state']}{again}")
    if report["difference"]:
        told = ", ".join(f"{count} {word}" for word, count in report["difference"].items())
        typer.echo(f"  edition {report['edition']}: {told}")
    for question in report["questions"]:
        typer.echo(f"  question: {question['sentence']}")
    for problem in report["problems"]:
        typer.echo(f"  row {problem['row']} {problem['column']}: {problem['sentence']}")
