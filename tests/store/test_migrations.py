"""Migrations and models agree, on both databases, up and down."""

import pytest
from sqlalchemy import inspect, text

from service.store import migrations
from service.store.database import Database, DatabaseRefused
from service.store.tables import metadata


@pytest.fixture
def database(database_url: str) -> Database:
    return Database(database_url, unsafe_for_tests=True)


def tables(database: Database) -> set[str]:
    with database.engine.connect() as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_up_down_and_up_again(database: Database) -> None:
    """The migrations make every table, remove every table, and can be run again after that."""
    migrations.upgrade(database)
    assert tables(database) == set(metadata.tables)
    migrations.check(database)
    migrations.downgrade(database)
    assert tables(database) == set()
    migrations.upgrade(database)
    migrations.check(database)
    assert migrations.current(database) == migrations.NEWEST
    database.close()


def test_bringing_up_to_date_twice_is_once(database: Database) -> None:
    """A start on a database that is up to date changes nothing."""
    migrations.bring_up_to_date(database)
    migrations.bring_up_to_date(database)
    assert migrations.current(database) == migrations.NEWEST
    database.close()


def test_a_database_of_a_newer_version_is_refused(database: Database) -> None:
    """Older software does not touch what newer software wrote."""
    migrations.upgrade(database)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseRefused) as refused:
        migrations.bring_up_to_date(database)
    assert refused.value.code == "database_is_newer"
    database.close()


def test_the_schema_refuses_unknown_words(database: Database) -> None:
    """State columns hold the words of their vocabulary, whoever writes."""
    migrations.upgrade(database)
    for table in metadata.tables.values():
        for constraint in table.constraints:
            name = str(constraint.name or "")
            if name.startswith("ck_"):
                with database.engine.connect() as connection:
                    found = {c["name"] for c in inspect(connection).get_check_constraints(table.name)}
                assert name in found
    database.close()


def test_the_newest_revision_is_the_last_of_the_files() -> None:
    """What the service believes to be the newest revision is what the migrations end with."""
    assert migrations.known()[0] == migrations.NEWEST
