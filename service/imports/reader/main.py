"""The child process: takes a file on its standard input, writes rows to its standard output, and ends.

Started by `sandbox`. It gives up everything it does not need before it reads the first byte.
"""

import codecs
import contextlib
import ctypes
import json
import os
import resource
import sys
from typing import Any

from service.imports.errors import FileRejected
from service.imports.limits import Limits
from service.imports.reader.encodings import ENCODINGS, second_opinion
from service.imports.reader.formats import format_of
from service.imports.reader.table_text import read_text
from service.imports.reader.wire import Answer
from service.imports.reader.workbook import read_workbook

_NOBODY = 65534
_NEW_NETWORK = 0x40000000  # CLONE_NEWNET: a network without any way out
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
    "ctypes.",
    "shutil.",
)


def main() -> None:
    """Reads one line of JSON limits, then the file; the answer is written by `wire`."""
    header: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**header["limits"])
    confine(limits)
    data = sys.stdin.buffer.read(limits.file_bytes + 1)
    answer = Answer(sys.stdout.buffer)
    try:
        _read(data, str(header["encoding"]), limits, answer)
    except FileRejected as refusal:
        answer.refuse(refusal.code, refusal.sentence)
    except MemoryError:
        answer.refuse(
            "too_much_memory",
            "The file needs more memory than a list should. Save only the list as CSV and upload it.",
        )
    answer.end()


def _read(data: bytes, encoding: str, limits: Limits, answer: Answer) -> None:
    if len(data) > limits.file_bytes:
        raise FileRejected(
            "file_too_large", "The file is larger than 20 MB. Save only the sheet with the list."
        )
    kind = format_of(data)
    if kind == "text":
        read_text(data, encoding, limits, answer)
    else:
        read_workbook(data, kind == "zip", limits, answer)


def confine(limits: Limits) -> None:
    """Takes away memory, time, files, processes, network and rights, as far as the system lets it."""
    for encoding in (*ENCODINGS, "cp437"):  # cp437: how a zip archive names its parts
        codecs.lookup(encoding)  # loaded now: later the files may be out of reach
    second_opinion("тест، تجربة".encode())  # likewise what it loads late
    bounds = (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 32),
    )
    for bound, value in bounds:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(bound, (value, value))
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).unshare(_NEW_NETWORK)
    with contextlib.suppress(OSError):
        os.setgroups([])
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN) or (event == "open" and _writes(arguments)):
        raise PermissionError("the reading process may not do this")


def _writes(arguments: tuple[object, ...]) -> bool:
    mode = arguments[1] if len(arguments) > 1 else None
    return isinstance(mode, str) and any(c in mode for c in "wax+")


if __name__ == "__main__":
    main()
