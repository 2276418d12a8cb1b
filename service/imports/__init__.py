"""Lists as they come: hostile files read in a process of their own, headings recognised, rows understood.

`read_list` is the one door; docs/lists.md describes what it accepts.
"""

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
