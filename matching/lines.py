"""Where a record stands on its list: all that is kept of it beside the profile of its person."""

from dataclasses import dataclass
from sys import intern

from schemas.registry import DetaineeRecord


@dataclass(frozen=True, slots=True)
class Line:
    """Place, numbers and household of a record; `numbers` are those that agencies gave to its person."""

    record_id: str
    list_id: str
    sheet: str
    row: int
    placeholder: int
    printed_number: str
    household_id: str | None
    numbers: tuple[str, ...]
    linked_numbers: tuple[str, ...]

    @classmethod
    def of(cls, record: DetaineeRecord) -> "Line":
        return cls(
            record.record_id,
            intern(record.list_id),
            intern(record.sheet),
            record.row,
            record.placeholder,
            record.printed_number,
            record.household_id,
            tuple(one.value for one in record.person.identifiers),
            record.linked_numbers,
        )

    @property
    def order(self) -> tuple[str, str, int, int]:
        """Lists one after the other, each in its own order."""
        return self.list_id, self.sheet, self.row, self.placeholder
