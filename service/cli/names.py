"""`homeward names`: compare two names, rank a file of names against another; no database involved."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from matching.names.compare import NameComparison

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

    found = compare_names(parse_name(left), parse_name(right))
    if as_json:
        typer.echo(json.dumps(_plain(found), ensure_ascii=False, indent=1))
    else:
        _print(found, Console())


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
                "aligned": [list(letters) for letters in pair.match.aligned],
            }
            for pair in found.pairs
        ],
        "unmatched_left": [part.text for part in found.unmatched_a],
        "unmatched_right": [part.text for part in found.unmatched_b],
    }


def _print(found: "NameComparison", console: "Console") -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table("A", "B", "level", "bits", "letters", "why", show_edge=False)
    for pair in found.pairs:
        colour = _COLOURS[pair.match.level.value]
        letters = " ".join(f"{one or '·'}={two or '·'}" for one, two in pair.match.aligned)
        cells = (
            pair.a.text,
            pair.b.text,
            pair.match.level.value,
            f"{pair.weight:+.1f}",
            letters,
            pair.match.how,
        )
        table.add_row(*(Text(cell, style=colour) for cell in cells))
    if found.pairs:
        console.print(table)
    for side, parts in (("A", found.unmatched_a), ("B", found.unmatched_b)):
        if parts:
            console.print(Text(f"only in {side}: " + ", ".join(part.text for part in parts), style="dim"))
    colour = _COLOURS[found.level.value]
    console.print(
        Text(f"{found.level.value}, {found.weight:+.1f} bits against chance", style=f"bold {colour}")
    )


@app.command()
def rank(
    queries: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="UTF-8, one name a line.")],
    candidates: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="UTF-8, one name a line.")],
    out: Annotated[
        Path, typer.Option(dir_okay=False, help="CSV: query,rank,candidate,score (lines from 1).")
    ],
    top: Annotated[int, typer.Option(min=1, max=1000, help="How many candidates for each query.")] = 10,
) -> None:
    """Rank the candidates for every query, names of any script on either side."""
    import csv

    from rich.console import Console
    from rich.progress import track

    from matching.names.rank import rank_names

    asked, held = _lines(queries), _lines(candidates)
    found = track(
        rank_names(asked, held, top),
        description="Ranking",
        total=len(asked),
        console=Console(stderr=True),
        transient=True,
    )
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["query", "rank", "candidate", "score"])
        for place, ranked in found:
            writer.writerows(
                [place + 1, number, candidate + 1, f"{score:.6f}"]
                for number, (candidate, score) in enumerate(ranked, 1)
            )


def _lines(path: Path) -> list[str]:
    """The lines of a UTF-8 file without its byte-order mark; other bytes become a replacement sign."""
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    lines = text.replace("\r\n", "\n").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return lines
