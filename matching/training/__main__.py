"""`python -m matching.training [--tokens DIR] [--out DIR]`: trains every learned table, from scratch,
seeded.

First the encoder and the letter tables without the held-out tenth of the tokens, so that the weights of the
closer look can be fitted on words they have not seen; then both again with all tokens. Some ten minutes on
one core.
"""

import argparse
from pathlib import Path

import numpy as np

from matching.names import encoder, letter_tables
from matching.training.encoder import EncoderPlan, train_encoder
from matching.training.models import train_alignment
from matching.training.noise import noisy_pairs, surname_pairs
from matching.training.rerank import train_rerank
from matching.training.tokens import TokenPair, held_out, lexicon_pairs, read_pairs

_ROOT = Path(__file__).resolve().parents[2]
_TOKENS = _ROOT.parent / "shared" / "data" / "training"
_NOISE = 14_000
_STEPS = ("part", "rerank", "full-encoder", "full-alignment")


def encoder_pairs(found: dict[str, list[TokenPair]]) -> list[TokenPair]:
    """Everything the encoder learns from: read tokens, name groups (twice), invented variants, made
    surnames.
    """
    read = [pair for pairs in found.values() for pair in pairs]
    groups = lexicon_pairs()
    return read + groups + groups + noisy_pairs(read + groups, _NOISE, 7) + surname_pairs(8)


def write_encoder(found: dict[str, list[TokenPair]], epochs: int, out: Path) -> None:
    """Trains and stores the unit table."""
    table, scale = encoder.packed(train_encoder(encoder_pairs(found), EncoderPlan(epochs=epochs)))
    np.savez_compressed(out / "encoder.npz", table=table, scale=scale)
    encoder.encoder.cache_clear()


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m matching.training", description=__doc__)
    options.add_argument("--tokens", type=Path, default=_TOKENS, help="folder of the paired tokens")
    options.add_argument("--out", type=Path, default=_ROOT / "matching" / "models")
    options.add_argument("--only", choices=_STEPS, default=None, help="one step instead of all")
    chosen = options.parse_args()
    every = read_pairs(chosen.tokens)
    part = {name: [pair for pair in pairs if not held_out(pair)] for name, pairs in every.items()}
    if chosen.only in (None, "part"):
        write_encoder(part, 8, chosen.out)
        train_alignment(part, 11, chosen.out / "alignment.npz")
        letter_tables.letters.cache_clear()
    if chosen.only in (None, "rerank"):
        train_rerank(every, 5, chosen.out / "weights.json")
    if chosen.only in (None, "full-encoder"):
        write_encoder(every, 10, chosen.out)
    if chosen.only in (None, "full-alignment"):
        train_alignment(every, 11, chosen.out / "alignment.npz")


if __name__ == "__main__":
    main()
