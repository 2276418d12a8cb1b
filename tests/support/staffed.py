"""A service with two organisations and an account for every role, in this process or over HTTP."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.config import Settings
from service.security import sessions
from service.security.actors import Role
from service.security.passwords import hash_password
from service.store import accounts, organisations
from service.store.keys import KeyRing
from service.store.tables import Account
from service.store.work import Store, Work, open_store

PASSWORD = "an invented long sentence"
ROLES = tuple(role for role in Role if role is not Role.MACHINE_CLIENT)


@cache
def password_hash() -> str:
    """One digest for all invented accounts: argon2id costs a fifth of a second."""
    return hash_password(PASSWORD)


@dataclass
class Staffed:
    """The running service and who works there. Accounts are named `<role>@<organisation>`."""

    store: Store
    app: FastAPI
    organisations: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)

    def client(self) -> TestClient:
        """A browser without cookies; server errors are answers, not exceptions."""
        return TestClient(self.app, raise_server_exceptions=False)

    def hire(self, name: str, *roles: Role) -> str:
        """An account `somebody@organisation` with these roles; its id."""
        with self.store.begin() as work:
            return self._hire(work, name, roles)

    def hire_everybody(self, *names: str) -> None:
        """One person for each role in each of these organisations."""
        with self.store.begin() as work:
            for organisation in names:
                for role in ROLES:
                    self._hire(work, f"{role}@{organisation}", (role,))

    def _hire(self, work: Work, name: str, roles: tuple[Role, ...]) -> str:
        organisation = name.split("@")[1]
        if organisation not in self.organisations:
            self.organisations[organisation] = organisations.add(work.session, organisation).id
        account = Account(
            organisation_id=self.organisations[organisation], login=name, password_hash=password_hash()
        )
        accounts.add(work.session, account, [role.value for role in roles])
        self.accounts[name] = account.id
        return account.id

    def sign_in(self, name: str) -> TestClient:
        """A browser that carries a living sign-in of this account and its form token."""
        with self.store.begin() as work:
            account = accounts.get(work.session, self.accounts[name])
            assert account is not None
            opened = sessions.open_session(work, account, second_factor=False)
        client = self.client()
        client.cookies.set(sessions.cookie_name(self.store.settings), opened.token)
        client.headers["X-CSRF-Token"] = opened.csrf
        return client


def build_staffed(directory: Path, database_url: str, **settings: object) -> Staffed:
    """Open the service on an empty database and hire one person for each role in two organisations."""
    from service.app import create_app  # late: tests without a service need not import all of it

    keys = directory / "keys" / "keys.json"
    KeyRing.fresh().save(keys)
    told: dict[str, object] = {
        "environment": "development",
        "data_dir": directory / "data",
        "database_url": database_url,
        "key_file": keys,
        "secure_cookies": False,
        "rate_limits": False,
        "second_factor": "optional",
        "postgres_unsafe_for_tests": True,
    }
    kept = Settings(**{**told, **settings})  # type: ignore[arg-type]  # checked by the model itself
    store = open_store(kept)
    built = Staffed(store, create_app(kept, store))
    built.hire_everybody("north", "south")
    return built


@pytest.fixture
def staffed(tables_url: str, tmp_path: Path) -> Iterator[Staffed]:
    """The service on a fresh database; once on each kind."""
    built = build_staffed(tmp_path, tables_url)
    yield built
    built.store.close()
