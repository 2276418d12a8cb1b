"""How a comparison writes its result down."""

from schemas.link import Evidence

Shown = tuple[str, str]


def row(comparison: str, level: str, weight: float, shown: Shown, sentence: str, code: str = "") -> Evidence:
    """One line of evidence; `shown` are the values as written on the request and on the list."""
    return Evidence(
        comparison=comparison,
        level=level,
        weight=round(weight, 3),
        sought=shown[0],
        recorded=shown[1],
        sentence=sentence,
        code=code,
    )


def missing(comparison: str, shown: Shown) -> Evidence:
    """A fact that one side does not have: weight 0, but the reviewer sees what was not compared."""
    side = "the request" if not shown[0] else "the list"
    sentence = f"Not compared: not stated on {side}."
    return row(comparison, "missing", 0.0, shown, sentence, f"not_compared({comparison})")
