"""What the child writes and the parent reads: one JSON value a line, nothing that could be code."""

import json
from typing import IO, Any

from service.imports.grid import Decoding, GridRow, Kind, Sheet, Trouble, Workbook

_BATCH = 500


class WireError(ValueError):
    """The child's answer is not what the child writes."""


class Answer:
    """Writes the parts of a reading as they become known."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._batch: list[Any] = []

    def _send(self, kind: str, **values: Any) -> None:
        line = json.dumps({"t": kind, **values}, ensure_ascii=True, separators=(",", ":"))
        self._out.write(line.encode("ascii") + b"\n")

    def file(self, book: Workbook) -> None:
        decodings = [[d.encoding, d.sample] for d in book.decodings]
        self._send(
            "file",
            format=book.format,
            encoding=book.encoding,
            sure=book.encoding_sure,
            decodings=decodings,
            notices=book.notices,
        )

    def sheet(self, sheet: Sheet) -> None:
        self.flush()
        self._send("sheet", index=sheet.index, name=sheet.name, hidden=sheet.hidden, merges=sheet.merges)

    def row(self, row: GridRow) -> None:
        kinds = {str(c): k.value for c, k in row.kinds.items()}
        self._batch.append([row.number, row.texts, kinds] if kinds else [row.number, row.texts])
        if len(self._batch) >= _BATCH:
            self.flush()

    def trouble(self, trouble: Trouble) -> None:
        self._send(
            "trouble",
            at=[trouble.sheet, trouble.row, trouble.column],
            code=trouble.code,
            sentence=trouble.sentence,
        )

    def refuse(self, code: str, sentence: str) -> None:
        self._batch.clear()
        self._send("refused", code=code, sentence=sentence)

    def end(self) -> None:
        self.flush()
        self._send("end")
        self._out.flush()

    def flush(self) -> None:
        if self._batch:
            self._send("rows", rows=self._batch)
            self._batch = []


def read_answer(lines: list[bytes]) -> tuple[Workbook, tuple[str, str] | None, bool]:
    """The workbook, the refusal if there is one, and whether the child came to its end.

    Raises `WireError` for anything a sound child would not write.
    """
    book, refusal, ended = Workbook(), None, False
    for line in lines:
        try:
            part = json.loads(line)
            kind = part["t"]
            if kind == "refused":
                refusal = (str(part["code"]), str(part["sentence"]))
            elif kind == "end":
                ended = True
            else:
                _add(book, kind, part)
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise WireError("unreadable answer") from error
    return book, refusal, ended


def _add(book: Workbook, kind: str, part: dict[str, Any]) -> None:
    if kind == "rows":
        book.sheets[-1].rows.extend(_row(r) for r in part["rows"])
    elif kind == "trouble":
        sheet, row, column = (int(x) for x in part["at"])
        book.troubles.append(Trouble(sheet, row, column, str(part["code"]), str(part["sentence"])))
    elif kind == "sheet":
        merges = [(int(a), int(b), int(c), int(d)) for a, b, c, d in part["merges"]]
        book.sheets.append(Sheet(int(part["index"]), str(part["name"]), bool(part["hidden"]), merges))
    elif kind == "file":
        book.format, book.encoding = str(part["format"]), str(part["encoding"])
        book.encoding_sure = bool(part["sure"])
        book.decodings = [Decoding(str(e), [str(s) for s in lines]) for e, lines in part["decodings"]]
        book.notices = [(str(c), str(s)) for c, s in part["notices"]]
    else:
        raise WireError("unknown part")


def _row(part: list[Any]) -> GridRow:
    texts = part[1]
    if not isinstance(texts, list) or not all(isinstance(t, str) for t in texts):
        raise WireError("cells must be text")
    kinds = {int(c): Kind(k) for c, k in part[2].items()} if len(part) > 2 else {}
    return GridRow(int(part[0]), texts, kinds)
