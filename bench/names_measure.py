"""Ranks one task with the engine and turns what came out into figures."""

import os
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from names_classes import CLASSES, closest, hardness
from names_figures import Judged, Ranks, calibration, mean, pair_figures, rank_figures
from names_negatives import Judgement
from names_task import SEED, People, Task

from matching.names.rank import NameIndex

TOP = 50  # as deep as the engine looks closely in ordinary use
Ranked = list[tuple[int, float]]


def measure(task: Task, people: People, judgement: Judgement, misses: Path | None) -> dict[str, object]:
    begun = time.perf_counter()
    index = NameIndex.of(task.candidates, len(os.sched_getaffinity(0)))
    prepared = time.perf_counter() - begun
    begun = time.perf_counter()
    found = [ranked for _, ranked in index.rank(task.queries, TOP)]
    spent = time.perf_counter() - begun
    ranks = Ranks()
    for right, ranked in zip(task.right, found, strict=True):
        ranks.add(ranked, right)
    if misses is not None:
        write_misses(task, people, found, ranks, misses)
    near = index.retrieve(task.queries, 60)
    scores = np.asarray(index.pair_scores(task.queries, judgement.pairs), float)
    judged = judgement.with_scores(scores)
    clean = unflagged(task, people)
    everyone = range(len(task.ids))
    return {
        "candidates": len(task.candidates),
        "all_rows": {**_figures(ranks, everyone, judged), **_recall(task, near, everyone)},
        "not_flagged": {**_figures(ranks, clean, judged), **_recall(task, near, clean)},
        "by_source": by_source(task, people, ranks, clean),
        "by_class": by_class(task, ranks, clean),
        "calibration_not_flagged": calibration(judged.of(clean)),
        "prepare_wall_s": round(prepared, 2),
        "queries_per_wall_s": round(len(task.queries) / max(spent, 1e-9)),
    }


def unflagged(task: Task, people: People) -> list[int]:
    return [n for n, i in enumerate(task.ids) if i not in people.flagged]


def _figures(ranks: Ranks, keep: Sequence[int], judged: Judged) -> dict[str, object]:
    return {**rank_figures(ranks, keep, SEED), **pair_figures(judged.of(keep), SEED)}


def _recall(task: Task, near: list[list[int]], keep: Sequence[int]) -> dict[str, float]:
    return {
        f"retrieval_recall{count}": mean([float(bool(task.right[n] & set(near[n][:count]))) for n in keep])
        for count in (50, 60)
    }


def by_source(task: Task, people: People, ranks: Ranks, keep: Sequence[int]) -> dict[str, object]:
    places: dict[str, list[int]] = defaultdict(list)
    for n in keep:
        places[people.source[task.ids[n]]].append(n)
    return {
        name: {"queries": len(own), **{f"r{k}": mean(ranks.hit(k)[own]) for k in (1, 10)}}
        for name, own in sorted(places.items())
    }


def by_class(task: Task, ranks: Ranks, keep: Sequence[int]) -> dict[str, object]:
    """Per class of query: how many, R@1 and R@10, and the share of all that is missed which lies there."""
    places: dict[str, list[int]] = defaultdict(list)
    for n in keep:
        held = [task.candidates[place] for place in task.right[n]]
        places[hardness(task.queries[n], closest(task.queries[n], held))].append(n)
    first, tenth = ranks.hit(1), ranks.hit(10)
    missed = max(sum(1 - first[n] for n in keep), 1e-9)
    return {
        name: {
            "queries": len(places[name]),
            "r1": mean(first[places[name]]),
            "r10": mean(tenth[places[name]]),
            "missed_first": round(float(sum(1 - first[places[name]])), 1),
            "share_of_missed": round(float(sum(1 - first[places[name]]) / missed), 3),
        }
        for name in CLASSES
        if places[name]
    }


def write_misses(task: Task, people: People, found: list[Ranked], ranks: Ranks, path: Path) -> None:
    """Append what was not first, for reading; the file holds real names and stays outside the project."""
    first = ranks.hit(1)
    with path.open("a", encoding="utf-8") as file:
        for n, right in enumerate(task.right):
            if first[n] == 1.0:
                continue
            scores = dict(found[n])
            top = [f"{task.candidates[place]}[{score:.2f}]" for place, score in found[n][:2]]
            wanted = [f"{task.candidates[place]}[{scores.get(place, -99):.2f}]" for place in sorted(right)]
            flag = "*" if task.ids[n] in people.flagged else ""
            kind = hardness(task.queries[n], closest(task.queries[n], [task.candidates[p] for p in right]))
            pair = f"{task.source}-{task.target}"
            line = (pair, task.ids[n] + flag, kind, task.queries[n], f"TRUE {wanted[:2]}", f"TOP {top}")
            file.write("\t".join(line) + "\n")
