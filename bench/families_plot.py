"""The reliability of probabilities as a plot: what was said against what was so, an SVG without a library."""

from families_measure import Person

_SIZE, _EDGE = 320, 40
_BINS = 10


def reliability(found: list[Person]) -> str:
    """One dot a tenth, sized by the number of links from 2 % up; the line is perfect calibration."""
    pairs = [(k.probability, k.right) for person in found for k in person.links if k.probability >= 0.02]
    dots = []
    for number in range(_BINS):
        inside = [p for p in pairs if min(int(p[0] * _BINS), _BINS - 1) == number]
        if inside:
            said = sum(p for p, _ in inside) / len(inside)
            true = sum(y for _, y in inside) / len(inside)
            radius = 2 + 8 * (len(inside) / len(pairs)) ** 0.5
            dots.append(
                f'<circle cx="{_across(said):.1f}" cy="{_up(true):.1f}" r="{radius:.1f}" fill="#1b5e8c">'
                f"<title>{len(inside)} links said {said:.2f}, true {true:.2f}</title></circle>"
            )
    ticks = [
        f'<text x="{_across(n / 10):.0f}" y="{_up(0) + 16:.0f}" text-anchor="middle">{n * 10}</text>'
        f'<text x="{_across(0) - 6:.0f}" y="{_up(n / 10) + 4:.0f}" text-anchor="end">{n * 10}</text>'
        for n in range(0, 11, 2)
    ]
    side = _SIZE + 2 * _EDGE
    axes = f"M{_across(0)} {_up(1)}V{_up(0)}H{_across(1)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" font-family="sans-serif" '
        'font-size="11" role="img" aria-label="Probability said against share of links that are true, in per '
        'cent"><rect width="100%" height="100%" fill="#fff"/>'
        f'<path d="{axes}" fill="none" stroke="#555"/>'
        f'<path d="M{_across(0)} {_up(0)}L{_across(1)} {_up(1)}" stroke="#aaa" stroke-dasharray="4 3"/>'
        + "".join(dots + ticks)
        + f'<text x="{side / 2:.0f}" y="{side - 6}" text-anchor="middle">said, %</text>'
        f'<text x="12" y="{side / 2:.0f}" transform="rotate(-90 12 {side / 2:.0f})" '
        'text-anchor="middle">true, %</text></svg>\n'
    )


def _across(share: float) -> float:
    return _EDGE + share * _SIZE


def _up(share: float) -> float:
    return _EDGE + (1 - share) * _SIZE
