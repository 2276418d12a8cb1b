"""The front door of the store: open it once for a process, take a unit of work for each act."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlmodel import Session

from service.config import Settings
from service.store import key_check, migrations
from service.store.database import Database
from service.store.keys import KeyRing
from service.store.sealed import Sealer


@dataclass(frozen=True)
class Work:
    """One transaction and what is needed inside it: to seal and open, to hash, to know the settings."""

    session: Session
    sealer: Sealer
    settings: Settings

    @property
    def keys(self) -> KeyRing:
        return self.sealer.keys


@dataclass(frozen=True)
class Store:
    """An opened store. `begin` writes, `read` only reads; each is one transaction."""

    database: Database
    sealer: Sealer
    settings: Settings

    @property
    def keys(self) -> KeyRing:
        return self.sealer.keys

    @contextmanager
    def begin(self) -> Iterator[Work]:
        with self.database.begin() as session:
            yield Work(session, self.sealer, self.settings)

    @contextmanager
    def read(self) -> Iterator[Work]:
        with self.database.read() as session:
            yield Work(session, self.sealer, self.settings)

    def close(self) -> None:
        self.database.close()


def connect(settings: Settings) -> Database:
    """The database of these settings, nothing checked yet."""
    return Database(
        settings.url,
        busy_seconds=settings.busy_seconds,
        unsafe_for_tests=settings.postgres_unsafe_for_tests,
    )


def open_store(settings: Settings) -> Store:
    """Open the store, bringing its tables up to date.

    Raises `KeysRefused` for a missing, exposed, damaged or wrong key file, `DatabaseRefused` for a
    database that is newer than this software or may forget what it acknowledged.
    """
    sealer = Sealer(KeyRing.load(settings.keys_at))
    database = connect(settings)
    try:
        database.refuse_unless_durable()
        migrations.bring_up_to_date(database)
        key_check.refuse_foreign_keys(database, sealer)
    except BaseException:
        database.close()
        raise
    return Store(database, sealer, settings)
