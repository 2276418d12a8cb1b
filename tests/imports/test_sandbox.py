"""The child process is cut off when it takes too much, and it may do nothing but read."""

import subprocess
import sys
from dataclasses import replace

import pytest

from service.imports.errors import FileRejected
from service.imports.limits import LIMITS, Limits
from service.imports.reader.wire import WireError, read_answer
from service.imports.sandbox import read_file

LIST = b"Name,Age\n" + b"".join(b"Zalina%d,7\n" % n for n in range(20_000))


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (replace(LIMITS, wall_seconds=0.001), "too_slow"),
        (replace(LIMITS, answer_bytes=1_000), "too_much_text"),
        (replace(LIMITS, rows=100), "too_many_rows"),
        (replace(LIMITS, columns=1), "too_many_columns"),
        (replace(LIMITS, file_bytes=100), "file_too_large"),
        (replace(LIMITS, text_characters=1_000), "too_much_text"),
    ],
)
def test_limits(limits: Limits, code: str) -> None:
    with pytest.raises(FileRejected) as refused:
        read_file(LIST, limits=limits)
    assert refused.value.code == code


def test_memory() -> None:
    """A child without memory ends in a refusal, not in the parent's memory."""
    with pytest.raises(FileRejected) as refused:
        read_file(LIST * 40, limits=replace(LIMITS, memory_bytes=90 * 1024 * 1024))
    assert refused.value.code in ("too_much_memory", "unreadable_file")


def test_reading_goes_on_afterwards() -> None:
    assert len(read_file(LIST).sheets[0].rows) == 20_001


CONFINED = """
import os, socket, sys
from service.imports.limits import Limits
from service.imports.reader.main import confine
confine(Limits())
try:
    {attempt}
except (OSError, RuntimeError) as error:
    sys.exit(7)
"""


@pytest.mark.parametrize(
    "attempt",
    [
        "os.fork()",
        "os.system('true')",
        "open('/tmp/homeward-must-not-be', 'w')",
        "os.execv('/bin/true', ['true'])",
        "socket.socket().connect(('127.0.0.1', 9))",
    ],
)
def test_the_child_may_only_read(attempt: str) -> None:
    """No process, no program, no file and no socket can be opened once the child is confined."""
    done = subprocess.run(
        [sys.executable, "-c", CONFINED.format(attempt=attempt)], capture_output=True, check=False
    )
    assert done.returncode == 7, done.stderr


@pytest.mark.parametrize(
    "line",
    [b"{", b"[]", b'{"t":"magic"}', b'{"t":"rows","rows":[[1,["x"]]]}', b'{"t":"sheet"}', b"\xff\xfe",
     b'{"t":"sheet","index":"a","name":"","hidden":false,"merges":[]}'],
)  # fmt: skip
def test_an_answer_that_is_none(line: bytes) -> None:
    """Whatever a child that was taken over writes, the parent takes it for what it is."""
    with pytest.raises(WireError):
        read_answer([line])


def test_exactly_as_many_rows_as_allowed() -> None:
    """200,000 rows are read; one more is refused."""
    rows = [b"Name,Age"] + [b"Zalina,7"] * (LIMITS.rows - 1)
    assert len(read_file(b"\n".join(rows)).sheets[0].rows) == LIMITS.rows
    with pytest.raises(FileRejected) as refused:
        read_file(b"\n".join([*rows, b"Murad,5"]))
    assert refused.value.code == "too_many_rows"
