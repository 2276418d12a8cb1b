"""Cost against rows on logarithmic axes, an SVG without a library."""

import math
from typing import Any

_WIDTH, _HEIGHT, _EDGE = 420, 300, 50
_LINES = (("prepare", "wall_s", "#1b5e8c"), ("match", "wall_s", "#8c1b3a"), ("match", "peak_gb", "#3a8c1b"))


def log_log(results: list[dict[str, Any]]) -> str:
    """Seconds to prepare and to match, and the peak of memory, against the rows of the lists."""
    rows = [float(one["rows"]) for one in results]
    lines = {
        f"{stage}, {'s' if unit == 'wall_s' else 'GB'}": (
            [max(0.001, one["stages"][stage][unit]) for one in results],
            colour,
        )
        for stage, unit, colour in _LINES
    }
    values = [value for points, _ in lines.values() for value in points]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    left, right = math.log10(min(rows)), math.log10(max(rows))

    def x(row: float) -> float:
        return _EDGE + (math.log10(row) - left) / max(0.1, right - left) * _WIDTH

    def y(value: float) -> float:
        return _EDGE + (high - math.log10(value)) / (high - low) * _HEIGHT

    drawn = [
        f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="'
        + " ".join(f"{x(r):.1f},{y(v):.1f}" for r, v in zip(rows, points, strict=True))
        + f'"/><text x="{x(rows[-1]) + 6:.0f}" y="{y(points[-1]) + 4:.0f}" fill="{colour}">{name}</text>'
        for name, (points, colour) in lines.items()
    ]
    ticks = [
        f'<text x="{x(r):.0f}" y="{_EDGE + _HEIGHT + 18}" text-anchor="middle">{r:,.0f}</text>' for r in rows
    ]
    ticks += [
        f'<text x="{_EDGE - 6}" y="{y(10.0**n) + 4:.0f}" text-anchor="end">{10.0**n:g}</text>'
        f'<path d="M{_EDGE} {y(10.0**n):.1f}h{_WIDTH}" stroke="#ddd"/>'
        for n in range(low, high + 1)
    ]
    side, height = _WIDTH + 2 * _EDGE + 60, _HEIGHT + 2 * _EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {height}" font-family="sans-serif" '
        'font-size="11" role="img" aria-label="Seconds and gigabytes against the rows of the lists, both '
        f'logarithmic"><rect width="100%" height="100%" fill="#fff"/>{"".join(ticks + drawn)}</svg>\n'
    )
