"""Runs the reading of a file in a process of its own, so that no file can harm the service."""

import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from service.imports.errors import FileRejected
from service.imports.grid import Workbook
from service.imports.limits import LIMITS, Limits
from service.imports.reader.wire import WireError, read_answer

_ROOT = str(Path(__file__).resolve().parents[2])
# Isolated mode takes no path from the environment, so the child is told where the package stands.
_CHUNK = 1 << 20
_PATIENCE = 5.0  # seconds for the child to end once it has answered


@dataclass(frozen=True, slots=True)
class Child:
    """A module whose `main` reads a header line and a file from its standard input, and confines itself."""

    module: str

    @property
    def program(self) -> str:
        return f"import sys; sys.path.insert(0, {_ROOT!r}); from {self.module} import main; main()"


_READER = Child("service.imports.reader.main")


def read_file(data: bytes, encoding: str = "", limits: Limits = LIMITS) -> Workbook:
    """The cells of a file. Raises `FileRejected` with what to do next; no other error comes of a file."""
    if len(data) > limits.file_bytes:
        size = limits.file_bytes // (1024 * 1024)
        raise FileRejected("file_too_large", f"The file is larger than {size} MB. Save only the list itself.")
    outcome = run(_READER, {"encoding": encoding}, data, limits)
    if outcome.cut or outcome.status == -signal.SIGXCPU:
        raise FileRejected(outcome.cut or "too_slow", _SENTENCES[outcome.cut or "too_slow"])
    try:
        book, refusal, ended = read_answer(outcome.answer.split(b"\n")[:-1])
    except WireError as error:
        raise FileRejected("unreadable_file", _SENTENCES["unreadable_file"]) from error
    if refusal:
        raise FileRejected(*refusal)
    if not ended or outcome.status != 0:
        code = "too_much_memory" if outcome.status in _OUT_OF_MEMORY else "unreadable_file"
        raise FileRejected(code, _SENTENCES[code])
    return book


_OUT_OF_MEMORY = (-signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV)
_SENTENCES = {
    "too_slow": "Reading the file took too long. Save only the list as CSV and upload that.",
    "too_much_text": "The list holds more text than a list can. Split it into several files.",
    "too_much_memory": "The file needs more memory than a list should. Save only the list as CSV.",
    "unreadable_file": "The file could not be read to its end. Save it anew as CSV and upload that.",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a child wrote. `status` as of a process, negative for a signal; `cut`: why the parent ended it."""

    answer: bytes
    status: int
    cut: str


def run(program: Child, header: dict[str, str], data: bytes, limits: Limits) -> Outcome:
    """Gives a file to a child process and takes what it answers, within the limits."""
    first = json.dumps({**header, "limits": asdict(limits)}).encode() + b"\n"
    with subprocess.Popen(  # noqa: S603 - our own interpreter with a fixed program; the file goes in by pipe
        [sys.executable, "-I", "-c", program.program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
    ) as child:
        assert child.stdin is not None  # noqa: S101 - both are pipes, as asked for above
        assert child.stdout is not None  # noqa: S101 - as above
        feeder = threading.Thread(target=_feed, args=(child.stdin, first, data), daemon=True)
        feeder.start()
        answer, cut = _collect(child.stdout, limits)
        status = _ended(child, patient=not cut)
        feeder.join(timeout=_PATIENCE)
    return Outcome(answer, status, cut)


def _ended(child: subprocess.Popen[bytes], patient: bool) -> int:
    """The child's status; a child that does not end by itself after its answer is ended."""
    try:
        return child.wait(timeout=_PATIENCE if patient else 0)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()


def _feed(pipe: IO[bytes], header: bytes, data: bytes) -> None:
    try:
        with pipe:
            pipe.write(header)
            pipe.write(data)
    except OSError:
        pass  # the child ended before it had read everything; its exit status says why


def _collect(pipe: IO[bytes], limits: Limits) -> tuple[bytes, str]:
    """What the child wrote, and why no more was taken, if it was cut off."""
    deadline = time.monotonic() + limits.wall_seconds
    taken: list[bytes] = []
    size = 0
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            if not selector.select(left):
                break
            chunk = os.read(pipe.fileno(), _CHUNK)
            if not chunk:
                return b"".join(taken), ""
            size += len(chunk)
            if size > limits.answer_bytes:
                return b"", "too_much_text"
            taken.append(chunk)
    return b"", "too_slow"
