"""`homeward names`: compare two names, rank a file of names against another; no database involved."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from rich.console import Console

    from matching.names.compare import NameComparison
    from matching.names.parts import NamePart, ParsedName

_RANKED = ("query", "rank", "candidate", "score")

app = typer.Typer(no_args_is_help=True, help="Compare and rank names across scripts.")

_COLOURS = {
    "same_spelling": "green",
    "same_group": "green",
    "same_skeleton": "cyan",
    "sound_alike": "cyan",
    "spelled_alike": "yellow",
    "weak_link": "yellow",
    "differs": "red",
}


@app.command()
def compare(
    left: Annotated[str, typer.Argument(metavar="A", help="A name in any script.")],
    right: Annotated[str, typer.Argument(metavar="B", help="Another name in any script.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a machine to read.")] = False,
) -> None:
    """Compare two names: what agrees, which letters met, what it weighs in bits."""
    from rich.console import Console

    from matching.names.compare import compare_names
    from matching.names.parse import parse_name

    names = parse_name(left), parse_name(right)
    for place, name in zip("AB", names, strict=True):
        if not name.parts:
            typer.echo(f"{place} holds no name. Give at least one letter of some script. [no_name]", err=True)
            raise typer.Exit(2)
    found = compare_names(*names)
    if as_json:
        typer.echo(json.dumps({"left": _name(names[0]), "right": _name(names[1])} | _plain(found), indent=1))
    else:
        _print(found, Console())


def _name(name: "ParsedName") -> dict[str, object]:
    """A name in its parts; `start` and `end` count code points of what was written."""
    return {
        "written": name.original,
        "parts": [_part(part) for part in name.parts],
    }


def _part(part: "NamePart") -> dict[str, object]:
    return {
        "text": part.text,
        "start": part.start,
        "end": part.end,
        "role": part.role.value,
        "script": part.script.value,
        "groups": _groups(part.groups),
        "nisba": part.nisba,
        "bearer": part.kunya_sex.value if part.kunya_sex else "",
    }


def _groups(groups: frozenset[str]) -> list[str]:
    from matching.names.lexicon import lexicon

    return [lexicon().label(group.partition(":")[0]) for group in sorted(groups)]


def _plain(found: "NameComparison") -> dict[str, object]:
    return {
        "weight": found.weight,
        "level": found.level.value,
        "sentence": found.sentence,
        "pairs": [
            {
                "left": pair.a.text,
                "left_role": pair.a.role.value,
                "right": pair.b.text,
                "right_role": pair.b.role.value,
                "level": pair.match.level.value,
                "similarity": pair.match.similarity,
                "weight": pair.weight,
                "how": pair.match.how,
                "groups": _groups(pair.a.groups & pair.b.groups),
                "aligned": [list(letters) for letters in pair.match.aligned],
            }
            for pair in found.pairs
        ],
        "unmatched_left": [_part(part) for part in found.unmatched_a],
        "unmatched_right": [_part(part) for part in found.unmatched_b],
        "frequencies": "prior",  # no list is loaded here; see docs/names.md
    }


def _print(found: "NameComparison", console: "Console") -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table("A", "B", "bits", "why", "letters that met", show_edge=False)
    for pair in found.pairs:
        colour = _COLOURS[pair.match.level.value]
        letters = " ".join(f"{_apart(one)}={_apart(two)}" for one, two in pair.match.aligned)
        how = pair.match.how.partition(":")[0]
        label = ", ".join(_groups(pair.a.groups & pair.b.groups))
        cells = (
            _apart(pair.a.text),
            _apart(pair.b.text),
            f"{pair.weight:+.1f}",
            f"{how}: {label}" if label else how,
            letters,
        )
        table.add_row(*(Text(cell, style=colour) for cell in cells))
    if found.pairs:
        console.print(table)
    for side, parts in (("A", found.unmatched_a), ("B", found.unmatched_b)):
        if parts:
            console.print(
                Text(f"only in {side}: " + ", ".join(_apart(part.text) for part in parts), style="dim")
            )
    colour = _COLOURS[found.level.value]
    console.print(
        Text(f"{found.level.value}, {found.weight:+.1f} bits against chance", style=f"bold {colour}")
    )


def _apart(text: str) -> str:
    """A piece of text that keeps its own direction beside others: right-to-left ones would run together."""
    return f"\u2068{text}\u2069" if text else "·"


@app.command()
def rank(
    queries: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="UTF-8, one name a line.")],
    candidates: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="UTF-8, one name a line.")],
    out: Annotated[
        Path, typer.Option(dir_okay=False, help="CSV: query,rank,candidate,score (lines from 1).")
    ],
    top: Annotated[int, typer.Option(min=1, max=1000, help="How many candidates for each query.")] = 10,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object a line, with the same keys.")
    ] = False,
) -> None:
    """Rank the candidates for every query, names of any script on either side."""
    import os

    from rich.console import Console
    from rich.progress import track

    from matching.names.rank import rank_names

    asked, held = _lines(queries), _lines(candidates)
    found = track(
        rank_names(asked, held, top, threads=len(os.sched_getaffinity(0))),
        description="Ranking",
        total=len(asked),
        console=Console(stderr=True),
        transient=True,
    )
    with out.open("w", encoding="utf-8", newline="") as file:
        write = _write_json if as_json else _write_csv
        write(file, found)


def _write_csv(file: "TextIO", found: "Iterable[tuple[int, list[tuple[int, float]]]]") -> None:
    import csv

    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(_RANKED)
    for place, ranked in found:
        writer.writerows(
            [place + 1, number, candidate + 1, f"{score:.6f}"]
            for number, (candidate, score) in enumerate(ranked, 1)
        )


def _write_json(file: "TextIO", found: "Iterable[tuple[int, list[tuple[int, float]]]]") -> None:
    for place, ranked in found:
        for number, (candidate, score) in enumerate(ranked, 1):
            row = zip(_RANKED, (place + 1, number, candidate + 1, round(score, 6)), strict=True)
            file.write(json.dumps(dict(row)) + "\n")


def _lines(path: Path) -> list[str]:
    """The lines of a UTF-8 file without its byte-order mark; other bytes become a replacement sign."""
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    lines = text.replace("\r\n", "\n").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return lines
