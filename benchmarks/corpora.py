"""What is measured on: the real corpora of a folder where one is given, else the sample."""

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import discourse

NAMES = ("iff-archive", "digitalrightswatch")
SAMPLE = "the sample"


@contextmanager
def workspaces(real: Path | None, *, tagged=False) -> Iterator[dict[str, Path]]:
    """Give corpus -> workspace; what is loaded from `real` lies in a folder that goes when the block ends.

    Parameters
    ----------
    real : holds corpora/iff-archive and corpora/digitalrightswatch; without it the sample is given, tagged.
    tagged : tag what is loaded.
    """
    if real is None:
        yield {SAMPLE: discourse.prepared()}
        return
    missing = [name for name in NAMES if not (real / "corpora" / name).is_dir()]
    if missing:
        raise SystemExit(
            f"{real} lacks {', '.join(f'corpora/{name}' for name in missing)}; give a folder that holds them, or none for the sample."
        )
    with tempfile.TemporaryDirectory() as folder:
        made = {name: Path(folder, name) for name in NAMES}
        for name, workspace in made.items():
            discourse.load_corpus(real / "corpora" / name, workspace)
            if tagged:
                discourse.tag_corpus(workspace)
        yield made


def english(workspace):
    """Return the texts of the posts in English, in the order of the table."""
    posts = discourse.table(workspace, "posts")
    return posts.loc[posts["language"] == "en", "text"].tolist()


def drawn(texts, words, *, seed=1):
    """Return texts drawn at random, without one twice, of so many words together or a little more."""
    texts = list(texts)
    random.Random(seed).shuffle(texts)
    chosen, n = [], 0
    for text in texts:
        if n >= words:
            break
        chosen.append(text)
        n += len(text.split())
    return chosen


def title(made):
    """Return the corpora's names in words."""
    return " and ".join(made)
