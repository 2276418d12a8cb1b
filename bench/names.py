"""Measures cross-script name retrieval on the development set (its README, section 2) and prints JSON.

    python bench/names.py [--data DIR] [--quick] [--pairs ru-ar,ar-ru] [--candidates 10000] [--draws 1]
    [--misses FILE]

The data are for measurement only and stay outside the project. Negatives of the pairwise figures are the
nearest non-matches by token_sort_ratio over the anyascii romanisation.
"""

import argparse
import csv
import gzip
import json
import random
import sys
import time
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from anyascii import anyascii
from rapidfuzz import fuzz, process

from matching.names.rank import NameIndex

SEED = 20261122
DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "bench" / "names"
PAIRS = ("ru-ar", "ar-ru", "ar-en", "en-ar", "ru-en", "en-ru")


@dataclass
class People:
    """id -> names by language, the source sets and flags."""

    names: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    source: dict[str, str] = field(default_factory=dict)
    flagged: set[str] = field(default_factory=set)


@dataclass
class Task:
    """Queries, candidates and, for each query, the places of the right candidates."""

    queries: list[str]
    ids: list[str]
    candidates: list[str]
    right: list[set[int]]


def load(folder: Path) -> People:
    people = People()
    with gzip.open(folder / "names_dev.tsv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            for language, column in zip(
                row["pair"].split("-"), ("source_script_name", "target_script_name"), strict=True
            ):
                people.names[row["id"]].setdefault(language, row[column])
            people.source[row["id"]] = row["source"]
            if row["flag"]:
                people.flagged.add(row["id"])
    return people


def nkey(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return " ".join(sorted(plain.replace(",", " ").split()))


def build(people: People, pair: str, track: str, size: int, limit: int, draw: int) -> Task:
    source, target = pair.split("-")
    real = [i for i, s in people.source.items() if s != "coling_composed"]
    keys = {nkey(people.names[i]["en"]) for i in real if "en" in people.names[i]}
    composed = [
        i
        for i, s in people.source.items()
        if s == "coling_composed" and nkey(people.names[i].get("en", "")) not in keys
    ]
    members = real if track == "real" else composed
    usable = sorted(i for i in members if source in people.names[i] and target in people.names[i])
    dice = random.Random(SEED)
    dice.shuffle(usable)
    asked = usable if {source, target} == {"ru", "ar"} and track == "real" else usable[:1000]
    asked = asked[:limit]
    right_strings = _right_strings(people, members, source, target, asked)
    dice = random.Random(SEED + draw)
    candidates = _candidates(right_strings, people, real, composed, target, size, dice)
    place = {name: number for number, name in enumerate(candidates)}
    right = [{place[name] for name in names if name in place} for names in right_strings]
    return Task([people.names[i][source] for i in asked], asked, candidates, right)


def _right_strings(
    people: People, members: list[str], source: str, target: str, asked: list[str]
) -> list[set[str]]:
    by_string: dict[str, set[str]] = defaultdict(set)
    by_key: dict[str, set[str]] = defaultdict(set)
    for i in members:
        names = people.names[i]
        if target in names:
            if source in names:
                by_string[names[source]].add(names[target])
            if "en" in names:
                by_key[nkey(names["en"])].add(names[target])
    found = []
    for i in asked:
        names = people.names[i]
        strings = set(by_string[names[source]])
        if "en" in names:
            strings |= by_key[nkey(names["en"])]
        found.append(strings)
    return found


def _candidates(
    right: list[set[str]],
    people: People,
    real: list[str],
    composed: list[str],
    target: str,
    size: int,
    dice: random.Random,
) -> list[str]:
    chosen: dict[str, None] = {}
    groups = [
        sorted({name for names in right for name in names}),
        sorted({people.names[i][target] for i in real if target in people.names[i]}),
        sorted({people.names[i][target] for i in composed if target in people.names[i]}),
    ]
    for number, group in enumerate(groups):
        dice.shuffle(group)
        for name in group:
            if len(chosen) >= size and number:
                break
            chosen[name] = None
    return list(chosen)


def measure(task: Task, people: People, misses: Path | None, pair: str) -> dict[str, object]:
    begun = time.process_time()
    index = NameIndex(task.candidates)
    prepared = time.process_time() - begun
    begun = time.process_time()
    found = [ranked for _, ranked in index.rank(task.queries, 100)]
    spent = time.process_time() - begun
    figures = {"r1": [], "r10": [], "r50": [], "r100": [], "mrr": []}
    for right, ranked in zip(task.right, found, strict=True):
        better, tied = _place(ranked, right)
        for name, k in (("r1", 1), ("r10", 10), ("r50", 50), ("r100", 100)):
            figures[name].append(min(1.0, max(0.0, (k - better) / tied)) if tied else 0.0)
        figures["mrr"].append(sum(1 / (better + i) for i in range(1, tied + 1)) / tied if tied else 0.0)
    _report(task, people, found, figures["r1"], misses, pair)
    clean = [n for n, i in enumerate(task.ids) if i not in people.flagged]
    by_source: dict[str, list[float]] = defaultdict(list)
    for n in clean:
        by_source[people.source[task.ids[n]]].append(figures["r1"][n])
    return {
        "queries": len(task.queries),
        "candidates": len(task.candidates),
        **{name: _mean(values) for name, values in figures.items()},
        "not_flagged": {name: _mean([values[n] for n in clean]) for name, values in figures.items()},
        "r1_by_source": {name: _mean(values) for name, values in sorted(by_source.items())},
        "retrieval_recall50": _mean(
            [
                float(bool(right & set(got)))
                for right, got in zip(task.right, index.retrieve(task.queries, 50), strict=True)
            ]
        ),
        "pr_auc": pairwise(task, index),
        "prepare_cpu_s": round(prepared, 2),
        "queries_per_cpu_s": round(len(task.queries) / max(spent, 1e-9)),
    }


def _mean(values: list[float]) -> float:
    return round(float(np.mean(values)), 4) if values else 0.0


def _place(ranked: list[tuple[int, float]], right: set[int]) -> tuple[int, int]:
    best = max((score for place, score in ranked if place in right), default=None)
    if best is None:
        return len(ranked), 0
    better = sum(score > best for _, score in ranked)
    return better, sum(score == best for _, score in ranked)


def _report(task: Task, people: People, found: list, r1: list[float], misses: Path | None, pair: str) -> None:
    if misses is None:
        return
    with misses.open("a", encoding="utf-8") as file:
        for n, right in enumerate(task.right):
            if r1[n] < 1.0:
                top = [f"{task.candidates[c]}[{s:.2f}]" for c, s in found[n][:2]]
                scores = dict(found[n])
                wanted = [f"{task.candidates[c]}[{scores.get(c, -99):.2f}]" for c in sorted(right)[:2]]
                flag = "*" if task.ids[n] in people.flagged else ""
                file.write(f"{pair}\t{task.ids[n]}{flag}\t{task.queries[n]}\tTRUE {wanted}\tTOP {top}\n")


def pairwise(task: Task, index: NameIndex) -> float:
    """Average precision of true pairs against each query's nearest non-match."""
    latin_q = [anyascii(name).lower() for name in task.queries]
    latin_c = [anyascii(name).lower() for name in task.candidates]
    pairs, labels = [], []
    for n, right in enumerate(task.right):
        near = process.extract(latin_q[n], latin_c, scorer=fuzz.token_sort_ratio, limit=len(right) + 1)
        wrong = next(place for _, _, place in near if place not in right)
        pairs += [(n, min(right)), (n, wrong)]
        labels += [1, 0]
    scores = index.pair_scores(task.queries, pairs)
    order = np.argsort(-np.asarray(scores), kind="stable")
    hits = np.asarray(labels)[order]
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return round(float((precision * hits).sum() / hits.sum()), 4)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, default=DEFAULT)
    options.add_argument("--quick", action="store_true", help="200 queries, 3,000 candidates")
    options.add_argument("--pairs", default=",".join(PAIRS))
    options.add_argument("--track", choices=("real", "composed"), default="real")
    options.add_argument("--candidates", type=int, default=10_000)
    options.add_argument("--draws", type=int, default=1)
    options.add_argument("--misses", type=Path, default=None, help="append the misses, for reading")
    chosen = options.parse_args()
    people = load(chosen.data)
    size, limit = (3000, 200) if chosen.quick else (chosen.candidates, 10**9)
    results: dict[str, object] = {}
    for pair in chosen.pairs.split(","):
        runs = [
            measure(build(people, pair, chosen.track, size, limit, draw), people, chosen.misses, pair)
            for draw in range(chosen.draws)
        ]
        results[pair] = runs[0] if len(runs) == 1 else runs
        sys.stderr.write(f"{pair} {json.dumps(results[pair], ensure_ascii=False)}\n")
    print(json.dumps({"track": chosen.track, "seed": SEED, "pairs": results}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
