"""The findings of `homeward doctor`: one sentence for each thing that can be wrong."""

import sqlite3
import stat
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version

from sqlalchemy import text

from service.config import Settings
from service.errors import HomewardError
from service.store import chunks, key_check, migrations
from service.store.database import Database
from service.store.keys import KeyRing
from service.store.sealed import Sealer
from service.store.sqlite_gate import journal_for
from service.store.work import connect

_PARTS = ("fastapi", "pydantic", "sqlalchemy", "sqlmodel", "alembic", "psycopg", "cryptography")


@dataclass(frozen=True)
class Finding:
    """What was found about one thing; `told` says what to do when it is not sound."""

    subject: str
    sound: bool
    told: str

    def as_dict(self) -> dict[str, str | bool]:
        return asdict(self)


def examine(settings: Settings) -> list[Finding]:
    """Look at everything; nothing is changed, except that a first start marks an empty database as ours."""
    findings = [_software(), _settings(settings), _notices(settings)]
    keys = _keys(settings)
    findings.append(keys[0])
    database = connect(settings)
    try:
        findings += list(_database(database, keys[1]))
    finally:
        database.close()
    return findings


def _software() -> Finding:
    parts = ", ".join(f"{name} {version(name)}" for name in _PARTS)
    python = ".".join(str(part) for part in sys.version_info[:3])
    return Finding("software", True, f"homeward {version('homeward')}, Python {python}, {parts}")


def _settings(settings: Settings) -> Finding:
    production = settings.environment == "production"
    told = "production" if production else "development: not for real people's data"
    return Finding("settings", True, told)


def _notices(settings: Settings) -> Finding:
    """What may leave this machine unasked. The settings were refused if any of it were unsafe."""
    ways = [name for name, on in (("webhook", settings.webhook_url), ("mail", settings.smtp_host)) if on]
    return Finding("notices", True, ", ".join(ways) if ways else "none leave this machine")


def _keys(settings: Settings) -> tuple[Finding, KeyRing | None]:
    path = settings.keys_at
    try:
        ring = KeyRing.load(path)
    except HomewardError as refused:
        return Finding("key file", False, refused.sentence), None
    mode = stat.S_IMODE(path.stat().st_mode)
    if not settings.database_url and path.resolve().is_relative_to(settings.data_dir.resolve()):
        told = "it lies beside the database: whoever copies the directory can read everything; move it away"
        return Finding("key file", False, told), ring
    return Finding("key file", True, f"mode {mode:04o}, {len(ring.sealing)} sealing key(s)"), ring


def _database(database: Database, keys: KeyRing | None) -> Iterator[Finding]:
    try:
        database.ping()
        yield _version(database)
        database.refuse_unless_durable()
        yield _durability(database)
        yield _migrations(database)
        if migrations.current(database) != migrations.NEWEST:
            return
        if keys is not None:
            key_check.refuse_foreign_keys(database, Sealer(keys))
            yield Finding("keys and database", True, "the key file opens this database")
        yield _queue(database)
    except HomewardError as refused:
        yield Finding("database", False, refused.sentence)


def _version(database: Database) -> Finding:
    if database.is_sqlite:
        return Finding("database", True, f"SQLite {sqlite3.sqlite_version}")
    with database.read() as session:
        found = session.connection().execute(text("SHOW server_version")).scalar_one()
    return Finding("database", True, f"PostgreSQL {found}")


def _durability(database: Database) -> Finding:
    if not database.is_sqlite:
        return Finding("durability", True, "fsync, synchronous_commit and full_page_writes are on")
    wanted = journal_for(sqlite3.sqlite_version_info[:3])
    with database.read() as session:
        mode = session.connection().execute(text("PRAGMA journal_mode")).scalar_one()
        synchronous = session.connection().execute(text("PRAGMA synchronous")).scalar_one()
    sound = mode.upper() == wanted.mode and int(synchronous) >= 2
    return Finding("durability", sound, f"journal {mode}, synchronous {wanted.synchronous}: {wanted.reason}")


def _migrations(database: Database) -> Finding:
    found, wanted = migrations.current(database), migrations.NEWEST
    if found == wanted:
        return Finding("migrations", True, f"at revision {found}")
    told = f"at {found or 'nothing'}, needs {wanted}: the next start brings it up to date"
    return Finding("migrations", found is None, told)


def _queue(database: Database) -> Finding:
    with database.read() as session:
        waiting = chunks.any_waiting(session)
    return Finding("matching", True, "work is waiting for a worker" if waiting else "nothing is waiting")
