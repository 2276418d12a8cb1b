"""One row of cells made fit to send: lengths, forbidden characters and the total amount."""

import re

from service.imports.errors import FileRejected
from service.imports.grid import GridRow, Kind, Trouble
from service.imports.limits import Limits
from service.imports.reader.wire import Answer

# C0 and C1 controls but tab and line ends; surrogates cannot be stored; all else is kept exactly.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


def too_many_rows(limits: Limits) -> FileRejected:
    return FileRejected(
        "too_many_rows", f"The list has more than {limits.rows:,} rows. Split it into several files."
    )


class CellText:
    """Counts what has been read of the whole file and reports what had to be changed."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._characters = 0

    def row(self, sheet: int, number: int, values: list[tuple[str, Kind]], answer: Answer) -> GridRow | None:
        """None for a blank row."""
        while values and not values[-1][0].strip():
            values.pop()
        if not values:
            return None
        if number > self.limits.rows:
            raise too_many_rows(self.limits)
        if len(values) > self.limits.columns:
            raise FileRejected(
                "too_many_columns",
                f"The list has more than {self.limits.columns} columns. Delete the columns not needed.",
            )
        texts: list[str] = []
        kinds: dict[int, Kind] = {}
        for column, (text, kind) in enumerate(values):
            texts.append(self._clean(text, (sheet, number, column), answer))
            if kind is not Kind.TEXT:
                kinds[column] = kind
        self._characters += sum(map(len, texts))
        if self._characters > self.limits.text_characters:
            raise FileRejected(
                "too_much_text", "The list holds more text than a list can. Split it into several files."
            )
        return GridRow(number, texts, kinds)

    def _clean(self, text: str, at: tuple[int, int, int], answer: Answer) -> str:
        if len(text) > self.limits.cell_characters:
            text = text[: self.limits.cell_characters]
            answer.trouble(
                Trouble(
                    *at,
                    "cell_too_long",
                    f"The cell holds more than {self.limits.cell_characters:,} characters; the rest "
                    f"was left out.",
                )
            )
        if text.isprintable() or not _CONTROL.search(text):
            return text
        answer.trouble(
            Trouble(
                *at, "control_character", "The cell held characters that cannot be shown; they were left out."
            )
        )
        return _CONTROL.sub("", text)
