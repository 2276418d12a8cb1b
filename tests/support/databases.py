"""A fresh, empty database for each test, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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
def durable_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """As `database_url`, on a PostgreSQL that syncs to disk: for tests that kill processes."""
    yield from _fresh(request, tmp_path, "durable_postgres")
