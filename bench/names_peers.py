"""Released name matchers on the same task: what others reach on the same names in the same run.

They need the `bench` extra (uroman, PyICU, nomenklatura). Names are romanised and folded beforehand.
This project uses the universal romanizer software 'uroman' written by Ulf Hermjakob, USC Information
Sciences Institute (2015-2020).
"""

import time
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version

import jellyfish
import numpy as np
from names_figures import Floats, Ranks, mean, pair_figures, rank_figures
from names_measure import unflagged
from names_negatives import Judgement, likeness
from names_roman import by_anyascii, by_icu, by_uroman
from names_task import SEED, People, Task
from rapidfuzz import fuzz, process

PACKAGES = (
    "rapidfuzz",
    "anyascii",
    "jellyfish",
    "uroman",
    "pyicu",
    "nomenklatura",
    "rigour",
    "followthemoney",
)
PREFILTERED = 100
_BLOCK = 32
Rows = Iterator[Floats]


def missing() -> str:
    """What to say when the peers are not installed; empty when they are."""
    absent = [name for name in ("uroman", "pyicu", "nomenklatura") if not _version(name)]
    if not absent:
        return ""
    return f"peers not measured: {', '.join(absent)} not installed; pip install '.[bench]' adds them"


def versions() -> dict[str, str]:
    return {name: _version(name) for name in PACKAGES if _version(name)}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def measure_peers(task: Task, people: People, judgement: Judgement) -> dict[str, object]:
    """The figures of each peer, by the rules that hold for the engine."""
    found: dict[str, object] = {}
    ceiling = prefilter(task)
    for name, rows in _peers(task, ceiling).items():
        found[name] = _figures(rows, task, people, judgement)
    kept = [bool(right & set(places.tolist())) for right, places in zip(task.right, ceiling, strict=True)]
    found["prefilter_ceiling"] = mean(np.array(kept, float))
    return found


def prefilter(task: Task) -> np.ndarray:
    """For each query the candidates that the slow peers score: those most alike in any romanisation."""
    scores = likeness(task, (by_anyascii, by_uroman, by_icu), best=True)
    count = min(PREFILTERED, scores.shape[1])
    return np.argpartition(-scores, count - 1, axis=1)[:, :count]


def _peers(task: Task, ceiling: np.ndarray) -> dict[str, Rows]:
    asked, held = by_uroman(task.queries, task.source), by_uroman(task.candidates, task.target)
    codes = [[_codes(name) for name in names] for names in (asked, held)]
    return {
        "token_sort_ratio / uroman": _rows(asked, held, fuzz.token_sort_ratio),
        "WRatio / uroman": _rows(asked, held, fuzz.WRatio),
        "metaphone / uroman": _rows(*codes, fuzz.ratio),
        "logic-v2 [prefiltered]": _logic_rows(task, ceiling),
    }


def _codes(name: str) -> str:
    return " ".join(sorted(jellyfish.metaphone(word) for word in name.split()))


def _rows(asked: list[str], held: list[str], scorer: Callable[..., float]) -> Rows:
    for begin in range(0, len(asked), _BLOCK):
        yield from process.cdist(asked[begin : begin + _BLOCK], held, scorer=scorer).astype(float)


def _logic_rows(task: Task, ceiling: np.ndarray) -> Rows:
    score = _logic_score()
    for n, places in enumerate(ceiling):
        row = np.full(len(task.candidates), -np.inf)
        for place in places.tolist():
            row[place] = score(task.queries[n], task.candidates[place])
        yield row


@cache
def _logic_score() -> Callable[[str, str], float]:
    from followthemoney import model
    from nomenklatura.matching import LogicV2, ScoringConfig

    config = ScoringConfig.defaults()

    @cache
    def person(name: str) -> object:
        entity = model.make_entity("Person")
        entity.id = name
        entity.add("name", name)
        return entity

    return lambda asked, held: LogicV2.compare(person(asked), person(held), config).score


def _figures(rows: Rows, task: Task, people: People, judgement: Judgement) -> dict[str, object]:
    ranks = Ranks()
    scores = []
    wanted = iter(judgement.pairs)
    begun = time.process_time()
    for n, row in enumerate(rows):
        ranks.add_row(row, task.right[n])
        scores += [_pair_score(task, row, *next(wanted)) for _ in range(2)]
    spent = time.process_time() - begun
    judged = judgement.with_scores(np.array(scores))
    clean = unflagged(task, people)
    return {
        "all_rows": {**rank_figures(ranks, range(len(task.ids)), SEED), **pair_figures(judged, SEED)},
        "not_flagged": {**rank_figures(ranks, clean, SEED), **pair_figures(judged.of(clean), SEED)},
        "queries_per_cpu_s": round(len(task.ids) / max(spent, 1e-9)),
    }


def _pair_score(task: Task, row: Floats, query: int, candidate: int) -> float:
    """A pair outside the prefilter is scored all the same."""
    score = float(row[candidate])
    return score if score > -np.inf else _logic_score()(task.queries[query], task.candidates[candidate])
