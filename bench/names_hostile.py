"""The time that hostile pairs of names take, found by a search that makes them ever slower; prints JSON.

    python bench/names_hostile.py [--pairs 10000] [--seed 7] [--profile]

Proposals are seeded; which of them live on depends on the clock, so figures vary a little. Every pair is
of letters not seen before. The slowest are timed again in other letters, five times, and the least time is
taken: what the machine did besides is not the pair's fault. `--profile` prints where the time goes.
"""

import argparse
import cProfile
import json
import pstats
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import numpy as np  # noqa: E402  (the path above comes first)
from names_hostile_shapes import fresh, hostile, mutated, shape  # noqa: E402  (as above)

from matching.names.compare import compare_names  # noqa: E402  (as above)
from matching.names.parse import parse_name  # noqa: E402  (as above)
from matching.names.rank import NameIndex  # noqa: E402  (as above)

_ALIVE = 60
_AGAIN = 5
_WORST = 30
Pair = tuple[str, str]


def compared(left: str, right: str) -> None:
    """Both names parsed and compared, as for the reader of one pair."""
    compare_names(parse_name(left), parse_name(right))


def scored(left: str, right: str) -> None:
    """One name prepared as a list, the other as a query, and the pair scored."""
    NameIndex.of([right]).pair_scores([left], [(0, 0)])


WAYS: dict[str, Callable[[str, str], None]] = {"compare_names": compared, "pair_scores": scored}


@dataclass
class Found:
    """The pairs tried, their milliseconds each way, and what was raised."""

    pairs: list[Pair]
    spent: dict[str, list[float]]
    raised: Counter[str]


def timed(way: Callable[[str, str], None], pair: Pair, raised: Counter[str]) -> float:
    begun = time.perf_counter()
    try:
        way(*pair)
    except Exception as error:  # noqa: BLE001  (any exception is a finding)
        raised[type(error).__name__] += 1
    return 1000 * (time.perf_counter() - begun)


def search(count: int, seed: int) -> Found:
    """Half of the pairs are sought to slow down one way, half the other; all are timed both ways."""
    dice = random.Random(seed)
    found = Found([], {name: [] for name in WAYS}, Counter())
    for way in WAYS.values():
        timed(way, ("Анна Майская", "آنا مايسكايا"), found.raised)
    for goal in WAYS:
        alive: list[tuple[float, Pair]] = []
        for number in range(count // len(WAYS)):
            pair = _proposed(alive, dice) if number >= 4 * _ALIVE else (hostile(dice), hostile(dice))
            found.pairs.append(pair)
            for name, way in WAYS.items():
                found.spent[name].append(timed(way, pair, found.raised))
            alive = _outlived(alive, found.spent[goal][-1], pair, WAYS[goal], dice)
    return found


def _outlived(
    alive: list[tuple[float, Pair]],
    spent: float,
    pair: Pair,
    way: Callable[[str, str], None],
    dice: random.Random,
) -> list[tuple[float, Pair]]:
    """The slowest so far. A newcomer must be slow twice, lest the clock's own jumps be bred."""
    if len(alive) >= _ALIVE:
        if spent <= alive[-1][0]:
            return alive
        spent = min(spent, timed(way, (fresh(pair[0], dice), fresh(pair[1], dice)), Counter()))
    return sorted([*alive, (spent, pair)], key=lambda one: -one[0])[:_ALIVE]


def _proposed(alive: list[tuple[float, Pair]], dice: random.Random) -> Pair:
    if dice.random() < 0.1:
        return hostile(dice), hostile(dice)
    left, right = dice.choice(alive)[1]
    kind = dice.randrange(4)
    if kind == 0:
        return mutated(left, dice), fresh(right, dice)
    if kind == 1:
        return fresh(left, dice), mutated(right, dice)
    if kind == 2:
        return mutated(left, dice), mutated(left, dice)
    return fresh(left, dice), fresh(dice.choice(alive)[1][1], dice)


def again(found: Found, name: str, dice: random.Random) -> list[tuple[float, Pair]]:
    """The slowest pairs in other letters: the least of a few times."""
    order = np.argsort(-np.array(found.spent[name]))[:_WORST]
    result = []
    for left, right in (found.pairs[place] for place in order):
        tries = [(fresh(left, dice), fresh(right, dice)) for _ in range(_AGAIN)]
        result.append((min(timed(WAYS[name], pair, found.raised) for pair in tries), (left, right)))
    return sorted(result, key=lambda one: -one[0])


def figures(found: Found, name: str, dice: random.Random) -> dict[str, Any]:
    spent = np.array(found.spent[name])
    worst = again(found, name, dice)
    return {
        "mean_ms": round(float(spent.mean()), 3),
        "p99_ms": round(float(np.percentile(spent, 99)), 3),
        "max_ms": round(float(spent.max()), 3),
        "over_1_ms": round(float((spent > 1).mean()), 4),
        "worst_again_ms": round(worst[0][0], 3),
        "worst_shapes": [
            {"ms": round(ms, 3), "left": shape(left), "right": shape(right)}
            for ms, (left, right) in worst[:3]
        ],
    }


def batch(pairs: list[Pair]) -> float:
    """Milliseconds per pair when all are prepared and scored in one call."""
    begun = time.perf_counter()
    index = NameIndex.of([right for _, right in pairs])
    index.pair_scores([left for left, _ in pairs], [(n, n) for n in range(len(pairs))])
    return round(1000 * (time.perf_counter() - begun) / len(pairs), 3)


def profile(found: Found, name: str, dice: random.Random) -> None:
    order = np.argsort(-np.array(found.spent[name]))[:_WORST]
    pairs = [tuple(fresh(text, dice) for text in found.pairs[place]) for place in order]
    watch = cProfile.Profile()
    watch.enable()
    for left, right in pairs:
        timed(WAYS[name], (left, right), found.raised)
    watch.disable()
    sys.stderr.write(f"\n{name}, the {_WORST} slowest pairs in other letters\n")
    for order_by in ("tottime", "cumulative"):
        pstats.Stats(watch, stream=sys.stderr).strip_dirs().sort_stats(order_by).print_stats(22)


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--pairs", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--profile", action="store_true", help="where the time goes, to stderr")
    chosen = options.parse_args()
    found = search(chosen.pairs, chosen.seed)
    dice = random.Random(chosen.seed + 1)
    result: dict[str, Any] = {name: figures(found, name, dice) for name in WAYS}
    result["batch_ms_per_pair"] = batch([(fresh(a, dice), fresh(b, dice)) for a, b in found.pairs])
    if chosen.profile:
        for name in WAYS:
            profile(found, name, dice)
    raised = dict(found.raised)
    print(json.dumps({"seed": chosen.seed, "pairs": len(found.pairs), "raised": raised, **result}, indent=1))


if __name__ == "__main__":
    main()
