"""Logs hold ids, codes and counts."""

import io
import json
import logging

import pytest

from service import logs


@pytest.fixture
def written() -> io.StringIO:
    stream = io.StringIO()
    logs.set_up("debug", stream)
    return stream


def test_unknown_keys_and_words_are_dropped(written: io.StringIO) -> None:
    """A name reaches no log, whether under a key of its own or under an allowed one."""
    logs.get_logger().info("answered", name="Zarema Tsurkaeva", request="Зарема", status=200, run="a1b2")
    line = json.loads(written.getvalue())
    assert {key: line[key] for key in ("run", "status")} == {"run": "a1b2", "status": 200}
    assert "Zarema" not in written.getvalue()
    assert "Зарема" not in line.values()


def test_a_librarys_message_is_reduced_to_its_origin(written: io.StringIO) -> None:
    """What a library says may quote what somebody sent; only who spoke is kept."""
    try:
        raise ValueError("Zarema Tsurkaeva")
    except ValueError:
        logging.getLogger("some.library").exception("could not store Zarema Tsurkaeva")
    line = json.loads(written.getvalue())
    assert line["code"] == "some.library"
    assert line["error"] == "ValueError"
    assert "Zarema" not in written.getvalue()
