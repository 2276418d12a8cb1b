"""Statistics for other programs: as CSV, and in the text format of Prometheus."""

import csv
import io
from collections.abc import Iterable

from service.cases.statistics import Figure

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


def as_table(figures: Iterable[Figure]) -> bytes:
    """Name, label, value; an empty value is too small to be told."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("figure", "of", "value", "means"))
    writer.writerows(
        (one.name, one.label, "" if one.value is None else f"{one.value:g}", one.means) for one in figures
    )
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_metrics(figures: Iterable[Figure]) -> str:
    """Gauges named homeward_...; a figure that is too small to be told has no line. Labels are our codes."""
    lines: list[str] = []
    last = ""
    for one in figures:
        name = f"homeward_{one.name}"
        if name != last:
            lines += [f"# HELP {name} {one.means}", f"# TYPE {name} gauge"]
            last = name
        if one.value is not None:
            of = f'{{of="{one.label}"}}' if one.label else ""
            lines.append(f"{name}{of} {one.value:g}")
    return "\n".join(lines) + "\n"
