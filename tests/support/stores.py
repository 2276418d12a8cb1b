"""An opened store on a fresh database, with an organisation and staff."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.base import Value
from service.config import Settings
from service.security.actors import Actor, Role
from service.store import accounts, organisations, records, source_lists
from service.store.keys import KeyRing
from service.store.records import NewRow
from service.store.states import ListState
from service.store.tables import Account, SourceListRow
from service.store.work import Store, open_store
from tests.cases import invented


@dataclass(frozen=True)
class House:
    """A store with one organisation and one account that may do everything an organisation may."""

    store: Store
    actor: Actor
    organisation_id: str


def settings_for(database_url: str, directory: Path, **more: object) -> Settings:
    key_file = directory / "keys.json"
    if not key_file.exists():
        KeyRing.fresh().save(key_file)
    given: dict[str, object] = {
        "environment": "development",
        "database_url": database_url,
        "data_dir": directory,
        "key_file": key_file,
        "postgres_unsafe_for_tests": True,
        "rate_limits": False,
    }
    return Settings(**(given | more))  # type: ignore[arg-type]  # checked by pydantic


def add_staff(store: Store, organisation: str, login: str, roles: frozenset[Role] = frozenset(Role)) -> Actor:
    """An account of an organisation, both made when absent. Nobody can sign in to it."""
    with store.begin() as work:
        found = organisations.named(work.session, organisation)
        found = found or organisations.add(work.session, organisation)
        account = Account(organisation_id=found.id, login=login, password_hash="!")
        accounts.add(work.session, account, [role.value for role in roles])
        return Actor(account.id, found.id, roles)


@pytest.fixture
def store(tables_url: str, tmp_path: Path) -> Iterator[Store]:
    """An empty store, once on each kind of database."""
    opened = open_store(settings_for(tables_url, tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def house(store: Store) -> House:
    actor = add_staff(store, "Invented Relief", "staff")
    return House(store, actor, actor.organisation_id)


def publish(house: House, numbers: range) -> str:
    """A published list of invented records, put straight into the store."""
    with house.store.begin() as work:
        row = SourceListRow(
            organisation_id=house.organisation_id,
            state=ListState.PUBLISHED.value,
            file_hash=f"{numbers}",
            published_at=datetime.now(UTC),
            sealed=b"",
        )
        source_lists.insert(work, row, Value(), b"")
        records.insert_all(work, row, [NewRow(invented.record(n)) for n in numbers])
        return row.id
