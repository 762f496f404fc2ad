"""Join the two trained halves into one pipeline and write it where the package ships it.

python pack.py SYNTAX NAMES OUT [--version 1.0.0]
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import spacy

HERE = Path(__file__).resolve().parent
COMPONENTS = ("tok2vec", "tagger", "morphologizer", "trainable_lemmatizer", "parser")


def main() -> None:
    """Write OUT with the card, the licence and the pipeline."""
    parser = argparse.ArgumentParser()
    parser.add_argument("syntax", type=Path)
    parser.add_argument("names", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--version", default="1.0.0")
    given = parser.parse_args()
    nlp = spacy.load(given.syntax)
    names = spacy.load(given.names)
    names.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
    nlp.add_pipe("ner", source=names)
    about = {"license": "CC BY-SA 4.0", "description": "Small English pipeline; see README.md."}
    nlp.meta.update(name="discourse_en", version=given.version, **about)
    nlp.meta["performance"] = {}
    shutil.rmtree(given.out, ignore_errors=True)
    nlp.to_disk(given.out, exclude=["lookups"])
    for name in ("README.md", "LICENSE"):
        if (HERE / "card" / name).exists():
            shutil.copy(HERE / "card" / name, given.out / name)
    size = sum(path.stat().st_size for path in given.out.rglob("*") if path.is_file())
    print(f"{given.out}: {size / 1e6:.1f} MB, {', '.join(nlp.pipe_names)}")


if __name__ == "__main__":
    main()
