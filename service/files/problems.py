"""What can be wrong with a requests file, said so that its author can mend it."""

from dataclasses import dataclass

from service.errors import Unprocessable


class RequestsRejected(Unprocessable):
    """The whole file is unusable. `code` is stable, `sentence` says what to do next."""


@dataclass(frozen=True)
class RequestProblem:
    """One thing that was not understood, without the text that stood there.

    `row` counts as a spreadsheet shows it (the first line of the file is 1). `row_lost` tells whether
    the whole row was left out or only the named column of it.
    """

    row: int
    code: str
    sentence: str
    column: str = ""
    row_lost: bool = False
