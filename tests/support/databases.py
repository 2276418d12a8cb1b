"""A fresh, empty database for each test, on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.store import migrations
from service.store.database import Database
from tests.support.postgres import Postgres

KINDS = ("sqlite", "postgresql")


def _fresh(request: pytest.FixtureRequest, directory: Path, cluster: str) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{directory / 'homeward.db'}"
        return
    server: Postgres = request.getfixturevalue(cluster)
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database; a test that takes it runs once on each kind."""
    yield from _fresh(request, tmp_path, "postgres")


@pytest.fixture(params=KINDS)
def tables_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """As `database_url`, with today's tables and no rows. Copied: migrating takes longer than a test."""
    if request.param == "sqlite":
        file = tmp_path / "homeward.db"
        shutil.copy(request.getfixturevalue("tables_file"), file)
        yield f"sqlite:///{file}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = server.create(request.getfixturevalue("tables_template"))
    yield server.url(name)
    server.drop(name)


@pytest.fixture(scope="session")
def tables_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file that was migrated."""
    file = tmp_path_factory.mktemp("tables") / "homeward.db"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def tables_template(postgres: Postgres) -> str:
    """The name of a database of the cluster that was migrated."""
    name = postgres.create()
    _migrate(postgres.url(name))
    return name


def _migrate(url: str) -> None:
    database = Database(url, unsafe_for_tests=True)
    migrations.upgrade(database)
    database.close()


@pytest.fixture(params=KINDS)
def durable_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """As `database_url`, on a PostgreSQL that syncs to disk: for tests that kill processes."""
    yield from _fresh(request, tmp_path, "durable_postgres")
