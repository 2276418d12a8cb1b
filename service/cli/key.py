"""`homeward key`: the key file of the installation, and keys of machine clients."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="The key file, and keys of machine clients.", no_args_is_help=True)


@app.command()
def create(
    path: Annotated[
        Path | None, typer.Option("--path", help="Where to write it; default: HOMEWARD_KEY_FILE.")
    ] = None,
) -> None:
    """Make the key file of a new installation, readable by its owner only. It never replaces one."""
    from service.config import load_settings
    from service.errors import HomewardError
    from service.store.keys import KeyRing

    try:
        where = path or load_settings().keys_at
        KeyRing.fresh().save(where)
    except HomewardError as error:
        typer.echo(error.sentence, err=True)
        raise typer.Exit(1) from None
    typer.echo(f"Wrote {where}. Keep a copy in a safe place: without it the database cannot be read.")


@app.command()
def api(
    organisation: Annotated[str, typer.Option(help="Name of the organisation that the client acts for.")],
    label: Annotated[str, typer.Option(help="What the key is for.")],
    scope: Annotated[list[str], typer.Option("--scope", help="What it may do; repeat for several.")],
    days: Annotated[int, typer.Option(help="After how many days it ends.", min=1, max=730)] = 365,
) -> None:
    """Issue a key for a machine client. It is shown once."""
    from datetime import timedelta

    from service.cli.opened import opened
    from service.errors import NotFound
    from service.security import api_keys, audit
    from service.security.actors import Actor
    from service.store import organisations
    from service.store.columns import now

    with opened() as store, store.begin() as work:
        home = organisations.named(work.session, organisation)
        if home is None:
            raise NotFound("organisation_unknown", "There is no organisation of this name.")
        order = api_keys.NewKey(label, frozenset(scope), now() + timedelta(days=days))
        made = api_keys.issue_key(work, Actor("", home.id), order)
        audit.record(
            work.session, work.keys, "system", "api_key.issued", "api_key", made.key_id, None, home.id
        )
    typer.echo(made.secret)


@app.command()
def revoke(
    prefix: Annotated[str, typer.Argument(help="The part of the key between hw_ and the next _.")],
) -> None:
    """End a machine client's key at once."""
    from service.cli.opened import opened
    from service.errors import NotFound
    from service.security import api_keys, audit
    from service.security.actors import Actor
    from service.store import api_keys as rows

    with opened() as store, store.begin() as work:
        row = rows.by_prefix(work.session, prefix)
        if row is None:
            raise NotFound("key_unknown", "There is no key with this prefix.")
        api_keys.revoke_key(work, Actor("", row.organisation_id), row.id)
        audit.record(
            work.session, work.keys, "system", "api_key.revoked", "api_key", row.id, None, row.organisation_id
        )
    typer.echo("The key is revoked.")
