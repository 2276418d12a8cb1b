"""Fits the two logistic regressions of the closer look: of word pairs, then of whole names.

Both learn to tell the true partner from the nearest wrong ones that retrieval brings, on tokens that the
encoder and the letter tables have not seen (train those without the held-out tenth first).
"""

import json
from collections import defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching.names.letter_tables import letters
from matching.names.name_features import NAME_FEATURES, Side
from matching.names.name_kernels import score_pairs
from matching.names.name_table import NameTable
from matching.names.rank import NameIndex
from matching.names.room import room
from matching.names.script import lettered
from matching.names.weights import weights
from matching.names.word_kernels import WORD_FEATURES, word_rows
from matching.names.word_table import Words, word_table
from matching.training.composed import compose
from matching.training.logistic import fit
from matching.training.tokens import TokenPair, held_out

_WORD_SIGNS = [1, 1, 1, 1, -1, 0]
_NAME_SIGNS = [1, 1, 1, -1, -1, -1, -1, -1, 1, 0]
_SAME_GROUP = WORD_FEATURES.index("same_group")  # one name, even where no source writes both spellings
_WORDS_ASKED = 1500
_NEAR = 12
_NAMES = 6000
_NAMES_ASKED = 1500
Floats = NDArray[np.float64]


def fit_words(found: dict[str, list[TokenPair]], seed: int) -> Floats:
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
        one, two = (word_table([lettered(word) for word in words]) for words in (asked, pool))
        near = np.argsort(-(_vectors(one) @ _vectors(two).T), axis=1)[:, :_NEAR]
        place_of = {word: place for place, word in enumerate(pool)}
        some = {(i, int(j)) for i, row in enumerate(near) for j in row}
        some |= {
            (i, place_of[word]) for i, query in enumerate(asked) for word in truth[query] if word in place_of
        }
        chosen = np.array(sorted(some))
        features = np.zeros((len(chosen), len(WORD_FEATURES)))
        word_rows(one, two, chosen[:, 0].copy(), chosen[:, 1].copy(), letters()[0], features)
        rows.append(features)
        attested = np.array([pool[j] in truth[asked[i]] for i, j in chosen])
        labels.append((attested | (features[:, _SAME_GROUP] > 0)).astype(float))
    return fit(np.vstack(rows), np.concatenate(labels), _WORD_SIGNS)


def _vectors(words: Words) -> NDArray[np.float32]:
    return np.asarray(words.vectors.astype(np.float32) * words.scales[:, None])


def fit_names(found: dict[str, list[TokenPair]], seed: int) -> Floats:
    """Weights of `NAME_FEATURES`; needs the word weights stored."""
    rows, labels = [], []
    for number, pairs in enumerate(found.values()):
        held = [pair for pair in pairs if held_out(pair)]
        for turned in (False, True):
            names = compose(held, _NAMES, seed + number, turned)
            asked = NameTable(names.queries[:_NAMES_ASKED])
            near = NameIndex.of(names.gallery).retrieve(names.queries[:_NAMES_ASKED], _NEAR)
            gallery = NameTable(names.gallery)
            seen = {(i, j) for i, row in enumerate(near) for j in row} | {(i, i) for i in range(_NAMES_ASKED)}
            chosen = np.array(sorted(seen))
            rows.append(_name_rows(asked, gallery, chosen))
            labels.append(
                np.array([names.gallery[i] == names.gallery[j] for i, j in chosen.tolist()], dtype=float)
            )
    return fit(np.vstack(rows), np.concatenate(labels), _NAME_SIGNS)


def _name_rows(asked: NameTable, gallery: NameTable, chosen: NDArray[np.int64]) -> Floats:
    left, right = chosen[:, 0].copy(), chosen[:, 1].copy()
    rows, scores, learned = np.zeros((len(left), len(NAME_FEATURES))), np.zeros(len(left)), weights()
    one = Side(asked.names, asked.words, np.zeros(0, dtype=np.float32))
    two = Side(gallery.names, gallery.words, gallery.rarity)
    space = room(len(gallery.words.scales), len(learned.word), len(learned.name))
    score_pairs(one, two, left, right, letters()[0], learned.word, learned.name, space, scores, rows)
    return rows


def train_rerank(found: dict[str, list[TokenPair]], seed: int, out: Path) -> None:
    """Writes `weights.json`."""
    word = dict(zip(WORD_FEATURES, fit_words(found, seed).round(4).tolist(), strict=True))
    stored = {"word": word, "name": dict.fromkeys(NAME_FEATURES, 0.0)}
    out.write_text(json.dumps(stored, indent=1), encoding="utf-8")
    weights.cache_clear()
    stored["name"] = dict(zip(NAME_FEATURES, fit_names(found, seed).round(4).tolist(), strict=True))
    out.write_text(json.dumps(stored, indent=1), encoding="utf-8")
    weights.cache_clear()
