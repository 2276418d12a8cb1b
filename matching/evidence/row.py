"""How a comparison writes its result down."""

from typing import NamedTuple

from schemas.link import Evidence

Shown = tuple[str, str]


class Finding(NamedTuple):
    """One line of evidence while links are being weighed: light, since most are never shown.

    `shown` are the values as written on the request and on the list; `weight` is in bits.
    """

    comparison: str
    level: str
    weight: float
    shown: Shown
    sentence: str
    code: str = ""
    detail: tuple[tuple[str, str], ...] = ()

    def evidence(self) -> Evidence:
        return Evidence(
            comparison=self.comparison,
            level=self.level,
            weight=self.weight,
            sought=self.shown[0],
            recorded=self.shown[1],
            sentence=self.sentence,
            code=self.code,
            detail=self.detail,
        )


def row(comparison: str, level: str, weight: float, shown: Shown, sentence: str, code: str = "") -> Finding:
    """A finding with its weight rounded to what a reviewer can add up."""
    return Finding(comparison, level, thousandths(weight), shown, sentence, code)


def thousandths(bits: float) -> float:
    """Rounded to the thousandth, in the one way that the compiled matcher rounds too."""
    return round(1000 * bits) / 1000


def missing(comparison: str, shown: Shown) -> Finding:
    """A fact that one side does not have: weight 0, but the reviewer sees what was not compared."""
    side = "the request" if not shown[0] else "the list"
    sentence = f"Not compared: not stated on {side}."
    return Finding(comparison, "missing", 0.0, shown, sentence, f"not_compared({comparison})")
