"""Two names of one person written in one word: رستمأبوبكر, Ramazanaboubakar."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from matching.names.parts import NamePart, PartRole, keys_of

LONG = 8  # letters from which a word that is no known name may be two
_MOST = 2  # given names, and names of each other kind, that are tried


@dataclass(frozen=True, slots=True)
class Glued:
    """`whole` is the given name and another name in one word; `kind` tells the other: father or surname."""

    whole: NamePart
    given: NamePart
    other: NamePart
    kind: str


def glued(
    given: Sequence[NamePart], fathers: Sequence[NamePart], surnames: Sequence[NamePart]
) -> tuple[Glued, ...]:
    """The given name with the father's behind it, with the surname behind or before it."""
    found = [
        Glued(_joined(one, two), one, two, "father") for one, two in product(given[:_MOST], fathers[:_MOST])
    ]
    for one, two in product(given[:_MOST], surnames[:_MOST]):
        found += [
            Glued(_joined(one, two), one, two, "surname"),
            Glued(_joined(two, one), one, two, "surname"),
        ]
    return tuple(found)


def may_be_two(part: NamePart) -> bool:
    """Whether a recorded word is long and no known name."""
    return len(part.folded) >= LONG and not part.groups


def _joined(one: NamePart, two: NamePart) -> NamePart:
    text = one.text + two.text
    folded, script, _, sounds = keys_of(text)
    return NamePart(text, 0, len(text), PartRole.BARE, folded, script, frozenset(), sounds)
