"""`homeward names`: compare two names, rank a file of names against another; no database involved."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Compare and rank names across scripts.")


@app.command()
def rank(
    queries: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="UTF-8, one name a line.")],
    candidates: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="UTF-8, one name a line.")],
    out: Annotated[Path, typer.Option(dir_okay=False, help="CSV: query,rank,candidate,score; lines count from 1.")],
    top: Annotated[int, typer.Option(min=1, max=1000, help="How many candidates for each query.")] = 10,
) -> None:
    """Rank the candidates for every query."""
    import csv

    from matching.names.rank import rank_names

    asked, held = _lines(queries), _lines(candidates)
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["query", "rank", "candidate", "score"])
        for place, found in rank_names(asked, held, top):
            for number, (candidate, score) in enumerate(found, 1):
                writer.writerow([place + 1, number, candidate + 1, f"{score:.6f}"])


def _lines(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return [line.rstrip("\r") for line in lines]
