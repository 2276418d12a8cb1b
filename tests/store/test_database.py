"""Transactions, pragmas, durability, versions."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, StatementError
from sqlmodel import select

from service.errors import Unavailable
from service.store import organisations, sessions
from service.store.database import READ_ONLY, Database, DatabaseRefused
from service.store.sqlite_gate import journal_for
from service.store.tables import Account, Organisation, SessionRow
from service.store.versions import VersionConflict, swap
from service.store.work import Store
from tests.support.postgres import Postgres
from tests.support.stores import House


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    """Whatever is raised inside, what was written before it is gone."""

    def fail_after_writing() -> None:
        with store.begin() as work:
            organisations.add(work.session, "Invented Relief")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_writing()
    with store.read() as work:
        assert not organisations.every(work.session)


def test_of_many_changes_from_one_version_one_wins(house: House) -> None:
    """Twenty people change one row they all read at the same version: one does, nineteen are told."""

    def change(number: int) -> bool:
        try:
            with house.store.begin() as work:
                row = work.session.get(Organisation, house.organisation_id)
                assert row is not None
                swap(work.session, row, 1, name=f"Renamed {number}")
        except VersionConflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(change, range(20))) == 1
    with house.store.read() as work:
        row = work.session.get(Organisation, house.organisation_id)
        assert row is not None
        assert row.version == 2


def test_no_increment_is_lost(house: House) -> None:
    """Read, change, swap from eight threads: what was accepted is what the row has counted."""

    def change(number: int) -> int:
        accepted = 0
        for _ in range(10):
            try:
                with house.store.begin() as work:
                    row = work.session.exec(select(Account)).one()
                    swap(work.session, row, failed_count=row.failed_count + 1)
                accepted += 1
            except VersionConflict:
                pass
        return accepted

    with ThreadPoolExecutor(8) as pool:
        accepted = sum(pool.map(change, range(8)))
    with house.store.read() as work:
        assert work.session.exec(select(Account)).one().failed_count == accepted


def test_a_time_without_a_zone_is_refused(house: House) -> None:
    """The store never guesses a zone; what it gives back is aware and in UTC."""
    naive = datetime(2030, 1, 1)  # noqa: DTZ001 - the naive value is the point
    row = SessionRow(id_hash="a", account_id=house.actor.account_id, csrf="c", expires_at=naive)
    with pytest.raises(StatementError), house.store.begin() as work:
        sessions.add(work.session, row)
    with house.store.read() as work:
        read = work.session.exec(select(Account)).one().created_at
    assert read.tzinfo is UTC or read.utcoffset() == datetime.now(UTC).utcoffset()


def test_every_sqlite_connection_is_durable_and_strict(tmp_path: Path) -> None:
    """Each pooled connection, not only the first, has the pragmas of the durability rules."""
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    readers = database.engine.execution_options(**{READ_ONLY: True})
    opened = [readers.connect() for _ in range(5)]
    for connection in opened:
        asked = {
            name: str(connection.execute(text(f"PRAGMA {name}")).scalar_one())
            for name in ("foreign_keys", "trusted_schema", "busy_timeout", "secure_delete", "synchronous")
        }
        journal = journal_for(_sqlite_version())
        assert asked["synchronous"] == {"FULL": "2", "EXTRA": "3"}[journal.synchronous]
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == journal.mode.lower()
        assert (asked["foreign_keys"], asked["trusted_schema"], asked["secure_delete"]) == ("1", "0", "1")
        assert asked["busy_timeout"] == "30000"
    for connection in opened:
        connection.close()
    database.close()
    assert (tmp_path / "a.db").stat().st_mode & 0o077 == 0


def _sqlite_version() -> tuple[int, int, int]:
    return sqlite3.sqlite_version_info[:3]


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "TRUNCATE"),
        ((3, 44, 5), "TRUNCATE"),
        ((3, 44, 6), "WAL"),
        ((3, 50, 6), "TRUNCATE"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 2), "TRUNCATE"),
        ((3, 51, 3), "WAL"),
        ((3, 52, 0), "TRUNCATE"),
        ((3, 53, 0), "WAL"),
        ((4, 0, 0), "WAL"),
    ],
)
def test_wal_only_where_it_loses_nothing(version: tuple[int, int, int], mode: str) -> None:
    """Libraries with the WAL-reset bug get a rollback journal with EXTRA, sound ones WAL with FULL."""
    journal = journal_for(version)
    assert (journal.mode, journal.synchronous) == (mode, "FULL" if mode == "WAL" else "EXTRA")


def test_a_locked_database_is_an_honest_answer(tmp_path: Path) -> None:
    """A writer that waits too long gets 503 and the advice to try again; then it works."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    holder, waiting = Database(url), Database(url, busy_seconds=1)
    with holder.begin():
        with pytest.raises(Unavailable) as refused, waiting.begin():
            pass
        assert refused.value.status == 503
        assert "Retry-After" in refused.value.headers
    with waiting.begin():
        pass
    holder.close()
    waiting.close()


def test_an_absent_postgres_is_an_honest_answer(tmp_path: Path) -> None:
    """No server behind the address: 503, not a fault."""
    database = Database(f"postgresql+psycopg://nobody@/none?host={tmp_path}")
    with pytest.raises(Unavailable):
        database.ping()
    database.close()


def test_a_forgetful_postgres_is_refused(durable_postgres: Postgres, postgres: Postgres) -> None:
    """fsync off refuses to start; with everything on it starts; only tests may say otherwise."""
    forgetful = Database(postgres.url("postgres"))
    with pytest.raises(DatabaseRefused) as refused:
        forgetful.refuse_unless_durable()
    assert "fsync" in refused.value.sentence
    forgetful.close()
    durable = Database(durable_postgres.url("postgres"))
    durable.refuse_unless_durable()
    durable.close()


def test_a_reading_cannot_write(store: Store) -> None:
    """What only reads is refused a writing, and nothing of it stays."""
    with pytest.raises((DBAPIError, Unavailable)), store.read() as work:
        organisations.add(work.session, "Invented Relief")
    with store.read() as work:
        assert not organisations.every(work.session)
