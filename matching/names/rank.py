"""Ranks many names against many candidates: sparse retrieval over sound units, then a closer look at the best."""

from collections.abc import Iterator, Sequence

import numpy as np
from scipy.sparse import csr_matrix

from matching.names.script import lettered
from matching.names.skeleton import skeletons
from rapidfuzz.distance import Indel

RETRIEVED = 60


def rank_names(
    queries: Sequence[str], candidates: Sequence[str], top: int = 10
) -> Iterator[tuple[int, list[tuple[int, float]]]]:
    """For each query (by position) its best candidates (position, score 0..1), best first; empty names get none."""
    if not candidates:
        yield from ((place, []) for place in range(len(queries)))
        return
    units: dict[str, int] = {}
    gallery, _ = _features(candidates, units, grow=True)
    rarity = _rarity(gallery)
    gallery = _scaled(gallery, rarity)
    turned = gallery.T.tocsc()
    for place, query in enumerate(queries):
        row = _scaled(_features([query], units, grow=False)[0], rarity)
        scores = (row @ turned).toarray().ravel()
        best = np.argsort(-scores, kind="stable")[: max(RETRIEVED, top)]
        kept = [int(one) for one in best if scores[one] > 0]
        looked = [(one, 0.5 * float(scores[one]) + 0.5 * _tokens(query, candidates[one])) for one in kept]
        looked.sort(key=lambda pair: (-pair[1], pair[0]))
        yield place, looked[:top]


def _features(names: Sequence[str], units: dict[str, int], grow: bool) -> tuple[csr_matrix, dict[str, int]]:
    indptr, indices, data = [0], [], []
    for name in names:
        counted: dict[int, float] = {}
        for word in lettered(name).split():
            for reading in skeletons(word):
                padded = f"^{reading}$"
                for size in (2, 3):
                    for start in range(len(padded) - size + 1):
                        unit = padded[start : start + size]
                        number = units.setdefault(unit, len(units)) if grow else units.get(unit, -1)
                        if number >= 0:
                            counted[number] = 1.0
        indices.extend(counted)
        data.extend(counted.values())
        indptr.append(len(indices))
    return csr_matrix((np.array(data), np.array(indices, dtype=np.int64), np.array(indptr)), shape=(len(names), max(len(units), 1))), units


def _rarity(gallery: csr_matrix) -> np.ndarray:
    seen = np.asarray((gallery > 0).sum(axis=0)).ravel()
    return np.log((1 + gallery.shape[0]) / (1 + seen)) + 0.1


def _scaled(rows: csr_matrix, rarity: np.ndarray) -> csr_matrix:
    weighted = rows.multiply(rarity[: rows.shape[1]]).tocsr()
    norm = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    norm[norm == 0] = 1.0
    return csr_matrix(weighted.multiply((1.0 / norm)[:, None]))


def _tokens(query: str, candidate: str) -> float:
    left = [skeletons(word)[:4] for word in lettered(query).split()[:6]]
    right = [skeletons(word)[:4] for word in lettered(candidate).split()[:6]]
    if not left or not right:
        return 0.0
    best = [max((Indel.normalized_similarity(x, y) for b in right for x in a for y in b), default=0.0) for a in left]
    return sum(best) / max(len(left), len(right))
