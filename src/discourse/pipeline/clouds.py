"""Clouds of the words that mark groups: two framings of a corpus, or any two groups that were compared."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import paths
from discourse.errors import InputError
from discourse.pipeline.vocabulary import Keyness, keyness
from discourse.pipeline.wording import Counting

if TYPE_CHECKING:
    from discourse.chart import Marking

__all__ = ["draw_keyness", "framings_marked"]


def framings_marked(workspace: Path) -> Marking:
    """Return the words that mark the first two framings of the codebook against each other; where there are none, the reason is said.

    The words by which the tagger knew the framings are not counted: they would mark them in any corpus.
    """
    import pandas as pd

    from discourse.chart import Marking
    from discourse.chart.word_cloud import NUMBERS

    title, nothing = "The words of two framings", pd.DataFrame(columns=NUMBERS)
    framings = paths.manifest(workspace)["tag"]["framings"]
    if len(framings) < 2:
        return Marking(nothing, ("", " "), title, said=("The codebook has no two framings to compare.",))
    (one, first), (two, second), *_ = framings.items()
    try:
        found = keyness(workspace, f"code={one}", f"code={two}", counting=Counting(cues=False))
    except InputError as error:
        return Marking(nothing, (first, second), title, (one, two), said=(str(error),))
    table = found.table.assign(marks=found.table["marks"].map(dict(zip(found.about["groups"], (first, second), strict=True))))
    said = f"{_sizes(found.about, (first, second))} Asserted or hedged and held by the author."
    return Marking(table, (first, second), title, (one, two), said=(said,))


def draw_keyness(found: Keyness, out: Path | str, *, size: str = "z") -> list[Path]:
    """Draw a cloud of the words of each group, write PNG, SVG and CSV, and return the paths.

    Parameters
    ----------
    found : by `keyness`.
    out : folder for the files, `keyness.png` and its like.
    size : of the words, `z` (the evidence) or `n` (the uses).

    Raises
    ------
    InputError : there is no such size.
    WorkspaceError : the folder cannot be written.
    """
    from discourse.chart import About, Marking, draw_clouds
    from discourse.export import Figure, export

    about = found.about
    first, second = about["groups"]
    left_out: dict[str, int] = {}
    for reasons in about["left_out"]:
        left_out = {reason: left_out.get(reason, 0) + reasons.get(reason, 0) for reason in (*left_out, *reasons)}
    said = About(
        corpus=" and ".join(about["corpora"]), n_posts=about["n_posts_counted"], n_sentences=about["n_sentences_counted"],
        span=about["span"], left_out=left_out, notices=tuple(about["notices"]),
    )  # fmt: skip
    marking = Marking(found.table, (first, second), "The words of two groups", size=size, said=(_sizes(about, (first, second)),))
    return export(Figure(draw_clouds(marking, said)), name="keyness", folder=Path(out))


def _sizes(about: Mapping[str, Any], names: tuple[str, str]) -> str:
    sizes = [
        f"{name}: {n:,} sentences in {posts:,} posts" for name, n, posts in zip(names, about["n_sentences"], about["n_posts"], strict=True)
    ]
    both = f"; {about['n_sentences_in_both']:,} in both are in neither" if about["n_sentences_in_both"] else ""
    cues = "" if about["counting"].cues else " Words by which the tagger knew a code are not counted."
    return f"{'; '.join(sizes)}{both}.{cues}"
