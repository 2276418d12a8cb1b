"""Composes full names of held-out tokens, with what happens to names between a letter and a list."""

import random
from dataclasses import dataclass

from matching.training.noise import typing_error
from matching.training.tokens import TokenPair

_LONGER = 0.16  # of the list's names bear father's and grandfather's names that the letter lacks


@dataclass(frozen=True, slots=True)
class ComposedNames:
    """Queries and a gallery in two scripts; query i is gallery name i."""

    queries: list[str]
    gallery: list[str]


def compose(pairs: list[TokenPair], count: int, seed: int, turned: bool) -> ComposedNames:
    """`count` names of one to five words; common words come often, as in life."""
    dice = random.Random(seed)
    words = list(pairs)
    dice.shuffle(words)
    spread = [1.0 / (place + 8) for place in range(len(words))]
    queries, gallery = [], []
    for _ in range(count):
        size = dice.choices((1, 2, 3, 4), (0.03, 0.6, 0.3, 0.07))[0]
        first = dice.choices(words, spread, k=max(size - 1, 1))
        chosen = ([*first, dice.choice(words)])[:size] if size > 1 else [dice.choice(words)]
        asked, held = list(chosen), list(chosen)
        for side in (asked, held):
            if len(side) > 1 and dice.random() < _LONGER / 2:
                side[1:1] = dice.choices(words, spread, k=dice.choice((1, 2, 2, 3)))
        queries.append(_written([pair.b if turned else pair.a for pair in asked], dice, words, turned))
        gallery.append(" ".join(pair.a if turned else pair.b for pair in held))
    return ComposedNames(queries, gallery)


def _written(words: list[str], dice: random.Random, others: list[TokenPair], turned: bool) -> str:
    words = [typing_error(word, dice) if len(word) > 4 and dice.random() < 0.04 else word for word in words]
    if len(words) > 2 and dice.random() < 0.4:
        words.pop(dice.randrange(1, len(words) - 1) if dice.random() < 0.8 else dice.randrange(1, len(words)))
    elif len(words) == 2 and dice.random() < 0.02:
        words.pop(dice.randrange(2))
    elif dice.random() < 0.12:
        other = dice.choice(others)
        words.insert(dice.randrange(1, len(words) + 1), other.b if turned else other.a)
    if dice.random() < 0.25:
        dice.shuffle(words)
    return " ".join(words)
