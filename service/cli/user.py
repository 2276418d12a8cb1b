"""`homeward user`: accounts, from the machine that holds the key file."""

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from service.security.actors import Role

app = typer.Typer(help="Accounts: add, list, disable, enable, new password, roles.", no_args_is_help=True)

Login = Annotated[str, typer.Argument(help="The account's name; a work name, not a relative's.")]
Roles = Annotated[list[str], typer.Option("--role", help="A role; repeat for several.")]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document instead of a table.")]


@app.command()
def add(
    login: Login,
    role: Roles,
    organisation: Annotated[str, typer.Option(help="Name of the organisation; made when absent.")],
    password_stdin: FromStdin = False,
) -> None:
    """Add an account. The password comes from a prompt or standard input, never from the command line."""
    from service.cases import accounts
    from service.cli.opened import opened
    from service.store import organisations

    roles = _roles(role)
    password = _password(password_stdin)
    with opened() as store, store.begin() as work:
        home = organisations.named(work.session, organisation) or organisations.add(
            work.session, organisation
        )
        made = accounts.create(work, home.id, accounts.NewAccount(login, password, roles), None)
    typer.echo(f"Added {made.login} with {', '.join(sorted(made.roles))}.")


@app.command("list")
def list_accounts(as_json: AsJson = False) -> None:
    """List the accounts of every organisation."""
    from service.cli.opened import opened
    from service.store import accounts, organisations

    with opened() as store, store.read() as work:
        homes = {home.id: home.name for home in organisations.every(work.session)}
        rows = [
            {
                "login": account.login,
                "organisation": homes[account.organisation_id],
                "roles": sorted(accounts.roles_of(work.session, account.id)),
                "disabled": account.disabled,
                "second_factor": account.totp_sealed is not None,
            }
            for account in accounts.of_organisation(work.session)
        ]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        typer.echo("  ".join(f"{name}: {value}" for name, value in row.items()))


@app.command()
def disable(login: Login) -> None:
    """Close an account and end its sign-ins at once."""
    _switch(login, disabled=True)


@app.command()
def enable(login: Login) -> None:
    """Open a closed account again."""
    _switch(login, disabled=False)


@app.command()
def password(login: Login, password_stdin: FromStdin = False) -> None:
    """Set a new password and end the account's sign-ins."""
    from service.cases import accounts
    from service.cli.opened import opened

    chosen = _password(password_stdin)
    with opened() as store, store.begin() as work:
        accounts.set_password(work, accounts.by_login(work, login), chosen, None)
    typer.echo("The password is changed; earlier sign-ins have ended.")


@app.command()
def role(login: Login, role: Roles) -> None:
    """Replace the roles of an account and end its sign-ins."""
    from service.cases import accounts
    from service.cli.opened import opened

    roles = _roles(role)
    with opened() as store, store.begin() as work:
        changed = accounts.replace_roles(work, accounts.by_login(work, login), roles, None)
    typer.echo(f"{changed.login} now has {', '.join(sorted(changed.roles)) or 'no role'}.")


@app.command("reset-second-factor")
def reset_second_factor(login: Login) -> None:
    """Take the second factor away, for somebody who lost the telephone."""
    from service.cases import accounts
    from service.cli.opened import opened

    with opened() as store, store.begin() as work:
        accounts.reset_second_factor(work, accounts.by_login(work, login), None)
    typer.echo("The second factor is removed; a new one is set up at the next sign-in.")


def _switch(login: str, disabled: bool) -> None:
    from service.cases import accounts
    from service.cli.opened import opened

    with opened() as store, store.begin() as work:
        accounts.switch(work, accounts.by_login(work, login), disabled, None)
    typer.echo("The account is closed." if disabled else "The account is open.")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))


def _roles(words: list[str]) -> "frozenset[Role]":
    from service.security.actors import Role

    unknown = sorted(set(words) - {role.value for role in Role})
    if unknown:
        typer.echo(f"Unknown role. Roles are: {', '.join(role.value for role in Role)}", err=True)
        raise typer.Exit(2)
    return frozenset(Role(word) for word in words)
