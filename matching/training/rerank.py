"""Fits the two logistic regressions of the closer look: of word pairs, then of whole names.

Both learn to tell the true partner from the nearest wrong ones that retrieval brings, on tokens that the
encoder and the transducers have not seen (train those without the held-out tenth first).
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from matching.names.encoder import encoder
from matching.names.scoring import NAME_FEATURES, WordedNames, name_features
from matching.names.wordpairs import WORD_FEATURES, Words, word_features
from matching.training.composed import compose
from matching.training.logistic import fit
from matching.training.tokens import TokenPair, held_out

_WORD_SIGNS = [1, 1, 1, 1, 1, -1, -1, 0]
_NAME_SIGNS = [1, 1, 1, 1, -1, -1, -1, 1, 1, 0]
_WORDS_ASKED = 1500
_NEAR = 12
_NAMES = 4000


def fit_words(found: dict[str, list[TokenPair]], seed: int) -> np.ndarray:
    """Weights of `WORD_FEATURES`."""
    rows, labels = [], []
    for number, pairs in enumerate(found.values()):
        truth: dict[str, set[str]] = defaultdict(set)
        for pair in pairs:
            truth[pair.a].add(pair.b)
        dice = np.random.default_rng(seed + number)
        held = [pair for pair in pairs if held_out(pair)]
        asked = sorted({held[place].a for place in dice.permutation(len(held))[:_WORDS_ASKED]})
        pool = sorted({pair.b for pair in held})
        a, b = encoder().vectors(asked), encoder().vectors(pool)
        near = np.argsort(-(a @ b.T), axis=1)[:, :_NEAR]
        place_of = {word: place for place, word in enumerate(pool)}
        some = {(i, int(j)) for i, row in enumerate(near) for j in row}
        some |= {
            (i, place_of[word]) for i, query in enumerate(asked) for word in truth[query] if word in place_of
        }
        chosen = np.array(sorted(some))
        cosine = (a[chosen[:, 0]] * b[chosen[:, 1]]).sum(1)
        rows.append(word_features(Words(asked), Words(pool), chosen, cosine))
        labels.append(np.array([pool[j] in truth[asked[i]] for i, j in chosen], dtype=float))
    return fit(np.vstack(rows), np.concatenate(labels), _WORD_SIGNS)


def fit_names(found: dict[str, list[TokenPair]], seed: int) -> np.ndarray:
    """Weights of `NAME_FEATURES`; needs the word weights stored."""
    rows, labels = [], []
    for number, pairs in enumerate(found.values()):
        held = [pair for pair in pairs if held_out(pair)]
        for turned in (False, True):
            names = compose(held, _NAMES, seed + number, turned)
            asked, gallery = WordedNames(names.queries[:1200]), WordedNames(names.gallery)
            near = np.argsort(-(asked.names @ gallery.names.T), axis=1)[:, :_NEAR]
            truth = {
                i: {j for j, name in enumerate(names.gallery) if name == names.gallery[i]}
                for i in range(1200)
            }
            seen = {(i, int(j)) for i, row in enumerate(near) for j in row} | {(i, i) for i in range(1200)}
            pairs_seen = np.array(sorted(seen))
            rows.append(name_features(asked, gallery, pairs_seen[:, 0], pairs_seen[:, 1]))
            labels.append(np.array([j in truth[i] for i, j in pairs_seen.tolist()], dtype=float))
    return fit(np.vstack(rows), np.concatenate(labels), _NAME_SIGNS)


def train_rerank(found: dict[str, list[TokenPair]], seed: int, out: Path) -> None:
    """Writes `weights.json`."""
    from matching.names.wordpairs import weights

    word = dict(zip(WORD_FEATURES, fit_words(found, seed).round(4).tolist(), strict=True))
    stored = {"word": word, "name": dict.fromkeys(NAME_FEATURES, 0.0)}
    out.write_text(json.dumps(stored, indent=1), encoding="utf-8")
    weights.cache_clear()
    stored["name"] = dict(zip(NAME_FEATURES, fit_names(found, seed).round(4).tolist(), strict=True))
    out.write_text(json.dumps(stored, indent=1), encoding="utf-8")
    weights.cache_clear()
    sys.stderr.write(json.dumps(stored) + "\n")
