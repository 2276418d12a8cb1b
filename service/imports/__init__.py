"""Lists as they come: hostile files read in a process of their own, headings recognised, rows understood.

`read_list` is the one door; docs/lists.md describes what it accepts. The names below are loaded when
they are first asked for: the child process needs none of them and must start fast.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.imports.errors import FileRejected
    from service.imports.read import read_list
    from service.imports.values import (
        Column,
        EncodingChoice,
        FileFacts,
        ListReading,
        Question,
        ReadOptions,
        RowProblem,
        Severity,
        SkippedRow,
    )

_HOMES = {"FileRejected": "errors", "read_list": "read"}

__all__ = [
    "Column",
    "EncodingChoice",
    "FileFacts",
    "FileRejected",
    "ListReading",
    "Question",
    "ReadOptions",
    "RowProblem",
    "Severity",
    "SkippedRow",
    "read_list",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = import_module(f"{__name__}.{_HOMES.get(name, 'values')}")
    return getattr(home, name)
