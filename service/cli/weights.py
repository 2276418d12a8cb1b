"""`homeward weights`: learn the weights again from reviewed links, old and new side by side."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from matching.reestimate import Estimate

app = typer.Typer(no_args_is_help=True, help="The scoring policy: estimate it again from reviewed links.")


@app.callback()
def group() -> None:
    """Keeps `estimate` a sub-command."""


@app.command()
def estimate(
    out: Annotated[
        Path, typer.Option(dir_okay=False, help="Where to write the new policy, if it is better.")
    ],
    version: Annotated[str, typer.Option(help="A name for the new policy, shown with every link.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the comparison as JSON.")] = False,
) -> None:
    """Learn from the decided links of the database. Nothing changes until HOMEWARD_POLICY_FILE names the
    file.
    """
    from matching.policy_file import written
    from matching.reestimate import FEWEST, FEWEST_OF_A_SORT, TooFewError, reestimate
    from service.cases.reviewed_links import reviewed_links
    from service.cli.failures import sentences
    from service.cli.opened import opened

    with sentences(), opened() as store:
        policy = store.settings.policy
        try:
            found = reestimate(reviewed_links(store), policy, version)
        except TooFewError:
            print(
                f"Too few reviewed links: {FEWEST} are needed, {FEWEST_OF_A_SORT} of them confirmed and as "
                "many rejected. Review more and try again. [too_few_reviewed]",
                file=sys.stderr,
            )
            raise typer.Exit(2) from None
    _show(found, as_json)
    if not found.better:
        print(
            "The new weights tell fresh links no better; nothing was written. [not_better]", file=sys.stderr
        )
        raise typer.Exit(1)
    out.write_text(written(found.policy), encoding="utf-8")


def _show(found: "Estimate", as_json: bool) -> None:
    told = {
        "links": found.links,
        "confirmed": found.confirmed,
        "log_loss_old": round(found.old_loss, 4),
        "log_loss_new": round(found.new_loss, 4),
        "better": found.better,
        "shift": found.policy.shift,
        "factors": dict(sorted(found.policy.factors.items())),
    }
    if as_json:
        typer.echo(json.dumps(told))
        return
    typer.echo(f"{found.links} reviewed links, {found.confirmed} confirmed")
    typer.echo(f"log loss on links not learned from: {found.old_loss:.4f} old, {found.new_loss:.4f} new")
    typer.echo(f"starting point: {found.policy.shift:+.2f} bits")
    for kind, factor in sorted(found.policy.factors.items()):
        typer.echo(f"  {kind:<24} x {factor:.2f}")
