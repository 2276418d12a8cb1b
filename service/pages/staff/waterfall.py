"""Evidence as a waterfall: each bar begins where the one before ended, the last ends at the weight."""

from collections.abc import Iterable
from dataclasses import dataclass

from schemas.link import Evidence

WIDTH = 240.0  # units of the drawing
LEAST = 2.0  # a bar that small can still be seen


@dataclass(frozen=True)
class Bar:
    """One row: where its bar lies in a drawing of `WIDTH` units, and the sum up to and with it."""

    evidence: Evidence
    left: float
    width: float
    axis: float
    total: float

    @property
    def supports(self) -> bool:
        return self.evidence.weight > 0


@dataclass(frozen=True)
class Waterfall:
    """`bars` add up to `total`; `not_compared` are facts that one side does not have; `notes` weigh
    nothing.
    """

    bars: tuple[Bar, ...]
    notes: tuple[Evidence, ...]
    not_compared: tuple[Evidence, ...]
    total: float


def waterfall(evidence: Iterable[Evidence]) -> Waterfall:
    """The starting point first, then what weighs most, for and against alike."""
    rows = list(evidence)
    weighed = [row for row in rows if row.weight or row.comparison == "prior"]
    weighed.sort(key=lambda row: (row.comparison != "prior", -abs(row.weight)))
    sums = [0.0]
    for row in weighed:
        sums.append(sums[-1] + row.weight)
    low, high = min(sums), max(sums)
    scale = WIDTH / (high - low) if high > low else 0.0
    bars = tuple(
        Bar(
            evidence=row,
            left=round((min(before, after) - low) * scale, 1),
            width=round(max(abs(after - before) * scale, LEAST), 1),
            axis=round((0.0 - low) * scale, 1),
            total=after,
        )
        for row, before, after in zip(weighed, sums, sums[1:], strict=False)
    )
    light = [row for row in rows if not row.weight and row.comparison != "prior"]
    notes = tuple(row for row in light if row.level == "note")
    return Waterfall(bars, notes, tuple(row for row in light if row.level != "note"), sums[-1])
