"""Runs the reading of a file in a process of its own, so that no file can harm the service."""

import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import IO

from service.imports.errors import FileRejected
from service.imports.grid import Workbook
from service.imports.limits import LIMITS, Limits
from service.imports.reader.wire import WireError, read_answer

_ROOT = str(Path(__file__).resolve().parents[2])
# Isolated mode takes no path from the environment, so the child is told where the package stands.
_CHILD = f"import sys; sys.path.insert(0, {_ROOT!r}); from service.imports.reader.main import main; main()"
_CHUNK = 1 << 20


def read_file(data: bytes, encoding: str = "", limits: Limits = LIMITS) -> Workbook:
    """The cells of a file. Raises `FileRejected` with what to do next; no other error comes of a file."""
    if len(data) > limits.file_bytes:
        megabytes = limits.file_bytes // (1024 * 1024)
        raise FileRejected(
            "file_too_large", f"The file is larger than {megabytes} MB. Save only the sheet with the list."
        )
    lines, status, in_time = _run(data, encoding, limits)
    if not in_time or status == -signal.SIGXCPU:
        raise FileRejected(
            "too_slow", "Reading the file took too long. Save only the list as CSV and upload that."
        )
    try:
        book, refusal, ended = read_answer(lines)
    except WireError as error:
        raise FileRejected("unreadable_file", _UNREADABLE) from error
    if refusal:
        raise FileRejected(*refusal)
    if not ended or status != 0:
        code = (
            "too_much_memory"
            if status in (-signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV)
            else "unreadable_file"
        )
        raise FileRejected(code, _UNREADABLE)
    return book


_UNREADABLE = (
    "The file could not be read to its end. Open it in a spreadsheet program, save it as CSV and upload that."
)


def _run(data: bytes, encoding: str, limits: Limits) -> tuple[list[bytes], int, bool]:
    child = subprocess.Popen(  # noqa: S603 - our own interpreter with a fixed program; the file goes in by pipe
        [sys.executable, "-I", "-c", _CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        close_fds=True,
    )
    assert child.stdin is not None  # noqa: S101 - both are pipes as asked for above
    assert child.stdout is not None  # noqa: S101
    header = json.dumps({"encoding": encoding, "limits": asdict(limits)}).encode() + b"\n"
    feeder = threading.Thread(target=_feed, args=(child.stdin, header, data), daemon=True)
    feeder.start()
    try:
        answer, in_time = _collect(child.stdout, limits)
    finally:
        child.kill() if child.poll() is None and not _ends(child) else None
        status = child.wait()
        feeder.join(timeout=5)
        child.stdout.close()
    return answer.split(b"\n")[:-1], status, in_time


def _ends(child: subprocess.Popen[bytes]) -> bool:
    """Whether the child, having closed its output, comes to its end by itself."""
    try:
        child.wait(timeout=0.0 if child.stdout is None or child.stdout.closed else 5.0)
    except subprocess.TimeoutExpired:
        return False
    return True


def _feed(pipe: IO[bytes], header: bytes, data: bytes) -> None:
    try:
        with pipe:
            pipe.write(header)
            pipe.write(data)
    except OSError:
        pass  # the child ended before it had read everything; its exit status says why


def _collect(pipe: IO[bytes], limits: Limits) -> tuple[bytes, bool]:
    """What the child wrote, and whether it kept to the time and the amount."""
    deadline = time.monotonic() + limits.wall_seconds
    taken: list[bytes] = []
    size = 0
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            if not selector.select(left):
                break
            chunk = os.read(pipe.fileno(), _CHUNK)
            size += len(chunk)
            if not chunk or size > limits.answer_bytes:
                return b"".join(taken), not chunk
            taken.append(chunk)
    return b"".join(taken), False
