# ruff: noqa: N818 - "DatabaseRefused" says what happened
"""The database: engine, transactions, and the promise that a commit is on the disk."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session

from service.errors import HomewardError, Unavailable
from service.store.sqlite_gate import journal_for

READ_ONLY = "homeward_read_only"
# SQLSTATE classes in which a repetition by the caller may succeed: connection, rollback, resources,
# operator intervention, system error; and lock_not_available.
PASSING_CLASSES = ("08", "40", "53", "57", "58", "55P03")

# SQLite calls a locked or full database and a mistyped statement alike; only the first is the world's fault.
PASSING_SQLITE = tuple(
    f"SQLITE_{name}"
    for name in ("BUSY", "LOCKED", "FULL", "IOERR", "READONLY", "CANTOPEN", "PROTOCOL", "NOMEM", "INTERRUPT")
)


class DatabaseRefused(HomewardError):
    """The database would not keep what it acknowledges; the sentence says what to switch on."""

    status = 500


class Database:
    """One database, SQLite or PostgreSQL. `begin` writes, `read` only reads; both are one transaction."""

    def __init__(self, url: str, *, busy_seconds: int = 30, unsafe_for_tests: bool = False) -> None:
        self.url = make_url(url)
        if self.url.drivername == "postgresql":
            self.url = self.url.set(drivername="postgresql+psycopg")
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.busy_seconds = busy_seconds
        self.unsafe_for_tests = unsafe_for_tests
        self._writing = Lock()
        self.engine = self._sqlite() if self.is_sqlite else self._postgres()
        self._reading = self.engine.execution_options(**{READ_ONLY: True})

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """A write transaction: committed at the end, rolled back when anything is raised.

        Raises `Unavailable` (503) when the database is away, full or locked for longer than
        `busy_seconds`; nothing was changed then, unless the connection broke during the commit itself.
        """
        with (
            _honest(),
            self._turn(),
            Session(self.engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            if self.is_sqlite:
                session.connection()  # take the write lock now, before anything is read
            yield session

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One writer of this process at a time, where the database allows no more: SQLite lets those who wait
        sleep and try again, so that with many of them one may be passed over for seconds.
        """
        if not self.is_sqlite:
            yield
            return
        if not self._writing.acquire(timeout=self.busy_seconds):
            raise Unavailable
        try:
            yield
        finally:
            self._writing.release()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A read-only transaction that sees one state of the data. Raises `Unavailable` like `begin`."""
        with _honest(), Session(self._reading, expire_on_commit=False) as session, session.begin():
            yield session

    def ping(self) -> None:
        """Raises `Unavailable` when the database does not answer."""
        with self.read() as session:
            session.connection().execute(text("SELECT 1"))

    def scrub(self) -> None:
        """Let the files of a SQLite database forget what was deleted: its log is emptied into the database,
        which overwrites what goes. PostgreSQL does so at its next vacuum.
        """
        if not self.is_sqlite:
            return
        with closing(self.engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self.engine.dispose()

    def _sqlite(self) -> Engine:
        path = self.url.database
        if not path or path == ":memory:":
            raise DatabaseRefused("database_not_a_file", "SQLite needs a file: sqlite:////path/homeward.db")
        Path(path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        Path(path).touch(mode=0o600)  # for the owner only, whatever the umask says
        engine = create_engine(
            self.url,
            pool_size=8,
            max_overflow=40,
            pool_timeout=self.busy_seconds,
            connect_args={"timeout": self.busy_seconds},
        )
        journal = journal_for(sqlite3.sqlite_version_info[:3])

        @event.listens_for(engine, "connect")
        def _prepare(connection: sqlite3.Connection, _: Any) -> None:
            connection.isolation_level = None  # the driver begins nothing by itself
            for pragma in (
                f"busy_timeout={self.busy_seconds * 1000}",
                f"journal_mode={journal.mode}",
                f"synchronous={journal.synchronous}",
                "foreign_keys=ON",
                "trusted_schema=OFF",
                "secure_delete=ON",
            ):
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            reading = connection.get_execution_options().get(READ_ONLY)
            connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reading else 'OFF'}")
            connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

        return engine

    def _postgres(self) -> Engine:
        engine = create_engine(
            self.url,
            pool_size=8,
            max_overflow=40,
            pool_timeout=self.busy_seconds,
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": 5,
                "options": f"-c lock_timeout={self.busy_seconds * 1000} -c timezone=UTC",
            },
        )

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            if connection.get_execution_options().get(READ_ONLY):
                connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

        return engine

    def refuse_unless_durable(self) -> None:
        """Raises `DatabaseRefused` for a PostgreSQL that may forget what it acknowledged."""
        if self.is_sqlite or self.unsafe_for_tests:
            return
        with self.read() as session:
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                value = session.connection().execute(text(f"SHOW {name}")).scalar_one()
                if value in ("off", "local") and not (name == "synchronous_commit" and value == "local"):
                    raise DatabaseRefused(
                        "database_not_durable",
                        f"PostgreSQL runs with {name} off: what is acknowledged could be lost. "
                        "Switch it on and start again.",
                    )


@contextmanager
def _honest() -> Iterator[None]:
    """Turn a database that is away, full or locked into `Unavailable`; leave our own faults as they are."""
    try:
        yield
    except PoolTimeout:
        raise Unavailable from None
    except OperationalError as failed:
        name = str(getattr(failed.orig, "sqlite_errorname", "") or "")
        if name and not name.startswith(PASSING_SQLITE):
            raise
        raise Unavailable from None
    except DBAPIError as failed:
        state = str(getattr(failed.orig, "sqlstate", "") or "")
        if failed.connection_invalidated or state.startswith(PASSING_CLASSES):
            raise Unavailable from None
        raise
