"""The ground the other tests stand on holds."""

import urllib.request

import psycopg
import pytest
import sqlalchemy
from playwright.sync_api import Page

from tests.support.postgres import Postgres
from tests.support.processes import Installation


def test_each_test_gets_an_empty_database_that_takes_tables(database_url: str) -> None:
    """A table can be made and read back, whatever another test left behind."""
    engine = sqlalchemy.create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE marker (word TEXT)"))
        connection.execute(sqlalchemy.text("INSERT INTO marker VALUES ('kept')"))
        assert connection.execute(sqlalchemy.text("SELECT word FROM marker")).scalar_one() == "kept"
    engine.dispose()


def test_a_dropped_database_cuts_forgotten_connections(postgres: Postgres) -> None:
    """A process that was killed, or forgot to close, does not block the tests after it."""
    name = postgres.create()
    forgotten = psycopg.connect(f"host={postgres.directory} user=postgres dbname={name}")
    postgres.drop(name)
    assert name not in _databases(postgres)
    forgotten.close()


def _databases(postgres: Postgres) -> list[str]:
    with psycopg.connect(f"host={postgres.directory} user=postgres dbname=postgres") as connection:
        return [row[0] for row in connection.execute("SELECT datname FROM pg_database")]


def test_the_browser_shapes_arabic_and_runs_on_the_right(page: Page) -> None:
    """Names in Arabic letters are drawn from the right: the first letter stands right of the last."""
    page.set_content('<p dir="auto"><span>مريم</span> <span>أحمد</span></p>')
    first, second = (page.locator("span").nth(n).bounding_box() for n in (0, 1))
    assert first is not None
    assert second is not None
    assert first["x"] > second["x"]


def test_a_real_server_answers_is_killed_and_comes_back(installation: Installation) -> None:
    """A server on a fresh database answers, and answers again at its address after kill -9."""
    server = installation.serve()
    port = int(server.address.rpartition(":")[2])
    server.kill()
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"{server.address}/healthz", timeout=5)
    again = installation.serve(port=port)
    again.wait_ready("/readyz")
    assert again.stop() == 0


def test_a_real_worker_ends_when_nothing_is_left_to_do(installation: Installation) -> None:
    """A worker on an empty database finds nothing, says so and ends cleanly."""
    worker = installation.worker("--until-idle")
    assert worker.process.wait(60) == 0, worker.log
