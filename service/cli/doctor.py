"""`homeward doctor`: whether this installation is sound, and what to do if not."""

import json
from typing import Annotated

import typer


def command(
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Check settings, key file, database, durability and migrations; exit code 1 when something is wrong."""
    from service.cli.failures import sentences
    from service.config import load_settings
    from service.diagnosis import examine

    with sentences():
        findings = examine(load_settings())
    if as_json:
        typer.echo(json.dumps([finding.as_dict() for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            typer.echo(f"{'ok ' if finding.sound else 'BAD'}  {finding.subject}: {finding.told}")
    if not all(finding.sound for finding in findings):
        raise typer.Exit(1)
