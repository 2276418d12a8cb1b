"""How much of a file is read before it is refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one reading. Sizes are bytes unless the name says otherwise.

    The figures follow the upload rules in docs/lists.md: a list of people never comes near them, a
    hostile file meets one of them before it meets the machine's.
    """

    file_bytes: int = 20 * 1024 * 1024
    unpacked_bytes: int = 200 * 1024 * 1024  # counted while unpacking: the sizes in a header may lie
    members: int = 100  # files inside one workbook
    rows: int = 200_000
    columns: int = 100
    cell_characters: int = 2_000
    text_characters: int = 80_000_000  # of all cells together
    sheets: int = 40
    memory_bytes: int = 1024 * 1024 * 1024  # address space of the child
    cpu_seconds: int = 30
    wall_seconds: float = 60.0
    answer_bytes: int = 400 * 1024 * 1024  # what the parent accepts from the child


LIMITS = Limits()
