"""How stored values read on a page: filters of the templates."""

from collections.abc import Callable, Mapping


def born(card: Mapping[str, str]) -> str:
    """The typed day, month and year of a card, with dots between."""
    return ".".join(part for part in (card["day"], card["month"], card["year"]) if part)


def place_when(boxes: Mapping[str, str]) -> str:
    """The typed month and year of a last known place."""
    return ".".join(part for part in (boxes["place_month"], boxes["place_year"]) if part)


FILTERS: dict[str, Callable[..., object]] = {"born": born, "place_when": place_when}
