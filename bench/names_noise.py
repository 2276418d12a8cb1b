"""How well a name is found that was written otherwise in the same script; prints JSON.

    python bench/names_noise.py [--training DIR] [--queries 300] [--candidates 10000] [--languages ru,en,ar]
    [--misses FILE]

Each query is one name of the list after one kind of noise. The same name in another tradition of spelling
counts as right too, and so does every name that the noise would have made into the very same string
(initials). No name is anybody's: they are invented or composed from single attested tokens.
"""

import argparse
import json
import os
import random
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import names_noise_rules as rules  # noqa: E402  (the path above comes first)
from names_figures import Ranks, mean, rank_figures  # noqa: E402  (as above)
from names_noise_cases import CASES  # noqa: E402  (as above)
from names_noise_latin import TRADITIONS  # noqa: E402  (as above)
from names_noise_lists import LANGUAGES, Held, fill, in_case, in_latin  # noqa: E402  (as above)
from names_padding import Padding  # noqa: E402  (as above)

from matching.names.rank import NameIndex  # noqa: E402  (as above)

SEED = 20261126
Change = Callable[[Held, random.Random], list[str]]
Fits = Callable[[Held], bool]


@dataclass(frozen=True)
class Noise:
    """One kind: which names it can be done to, and whether it leaves nothing to chance."""

    change: Change
    fits: Fits
    certain: bool = False


def _plain(noise: rules.Noise, certain: bool = False) -> Noise:
    return Noise(lambda held, dice: noise(list(held.words), dice), lambda held: len(held.words) > 1, certain)


def _respelled(tradition: str) -> Noise:
    def change(held: Held, _dice: random.Random) -> list[str]:
        return list(in_latin(held.person, held.father, tradition)) if held.person else []

    return Noise(change, lambda held: bool(held.person) and held.tradition != tradition, certain=True)


def kinds(language: str) -> dict[str, Noise]:
    found = {
        "typing, 1 edit": _plain(rules.typing(language, 1)),
        "typing, 2 edits": _plain(rules.typing(language, 2)),
        "order": _plain(rules.swapped),
        "merged or split words": _plain(rules.respaced),
    }
    if language != "ar":
        found["initials"] = _plain(rules.initials, certain=True)
    if language == "ru":
        oblique = Noise(lambda held, dice: in_case(held, dice.choice(CASES)), lambda held: bool(held.person))
        found["oblique case"] = oblique
    if language == "en":
        found |= {f"{tradition} spelling": _respelled(tradition) for tradition in TRADITIONS}
    if language == "ar":
        found["habits of Arabic spelling"] = _plain(rules.arabic_habits)
    return found


def ask(noise: Noise, held: list[Held], count: int, dice: random.Random) -> tuple[list[str], list[set[int]]]:
    """Queries that are not themselves in the list, each with the places of what is right."""
    texts = {one.text for one in held}
    same: dict[str, set[int]] = defaultdict(set)
    named: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for place, one in enumerate(held):
        named[one.name].add(place)
    places = [place for place, one in enumerate(held) if noise.fits(one)]
    if noise.certain:
        for place in places:
            same[" ".join(noise.change(held[place], dice))].add(place)
    queries, right = [], []
    for place in dice.sample(places, len(places)):
        query = " ".join(noise.change(held[place], dice))
        if not query or query in texts:
            continue
        queries.append(query)
        right.append(same[query] | named[held[place].name])
        if len(queries) == count:
            break
    return queries, right


def measure(language: str, chosen: argparse.Namespace, total: Ranks) -> dict[str, Any]:
    dice = random.Random(f"{SEED} {language}")
    held = fill(language, chosen.candidates, Padding(chosen.training), dice)
    index = NameIndex.of([one.text for one in held], len(os.sched_getaffinity(0)))
    found: dict[str, Any] = {}
    for kind, noise in kinds(language).items():
        queries, right = ask(noise, held, chosen.queries, dice)
        ranks = Ranks()
        for (place, ranked), good in zip(index.rank(queries, 50), right, strict=True):
            ranks.add(ranked, good)
            if chosen.misses and not good & {one for one, _ in ranked[:10]}:
                _write_miss(chosen.misses, kind, queries[place], held, good, ranked)
        near = index.retrieve(queries, 50)
        figures = rank_figures(ranks, range(len(queries)), SEED)
        recall = mean([float(bool(good & set(got))) for good, got in zip(right, near, strict=True)])
        found[kind] = {**figures, "retrieval_recall50": recall}
        total.better += ranks.better
        total.tied += ranks.tied
    return found


def _write_miss(
    path: Path, kind: str, query: str, held: list[Held], right: set[int], ranked: list[tuple[int, float]]
) -> None:
    scores = dict(ranked)
    top = [f"{held[place].text}[{score:.2f}]" for place, score in ranked[:2]]
    wanted = [f"{held[place].text}[{scores.get(place, -99):.2f}]" for place in sorted(right)[:2]]
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{kind}\t{query}\tTRUE {wanted}\tTOP {top}\n")


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--training", type=Path, default=ROOT.parent / "shared" / "data" / "training")
    options.add_argument("--queries", type=int, default=300, help="of each kind")
    options.add_argument("--candidates", type=int, default=10_000)
    options.add_argument("--languages", default=",".join(LANGUAGES))
    options.add_argument("--misses", type=Path, default=None, help="append what is not among ten")
    chosen = options.parse_args()
    total = Ranks()
    by_language = {one: measure(one, chosen, total) for one in chosen.languages.split(",")}
    everything = rank_figures(total, range(len(total.better)), SEED)
    print(json.dumps({"seed": SEED, "all": everything, "by_language": by_language}, indent=1))


if __name__ == "__main__":
    main()
