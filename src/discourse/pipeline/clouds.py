"""The words that mark two groups, as charts take them: two codes of a corpus, or any two groups that were compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse.errors import InputError
from discourse.pipeline.passports import without_passport
from discourse.pipeline.vocabulary import Keyness, keyness
from discourse.pipeline.wording import Counting

if TYPE_CHECKING:
    from discourse.chart import Marking
    from discourse.pipeline.charts.measured import Measured

__all__ = ["AGAINST", "COUNTING", "codes_marked", "draw_keyness"]

AGAINST = " against "  # between the two groups, as a mark names them
COUNTING = Counting(cues=False)


def codes_marked(measured: Measured) -> Marking:
    """Return the words that mark two codes against each other, the codebook's first two framings where none are asked for.

    The words by which the tagger knew the codes are not counted: they would mark them in any corpus. Where there are no words the reason is
    said.

    Raises
    ------
    InputError : not two codes are asked for.
    """
    import pandas as pd

    from discourse.chart import Marking

    asked, framings = measured.asked, measured.record["tag"]["framings"]
    if asked.codes and len(asked.codes) != 2:
        raise InputError(f"Words are compared between two codes, not {len(asked.codes)} ({', '.join(asked.codes)}); name two.")
    codes = asked.codes or tuple(framings)[:2]
    if len(codes) < 2:
        title, nothing = "The words of two framings", pd.DataFrame(columns=["word"])
        return Marking(nothing, ("", " "), title, said=("The codebook has no two framings to compare.",))
    names = (measured.names[codes[0]], measured.names[codes[1]])
    title = f"The words of two framings: {names[0]} and {names[1]}" if set(codes) <= set(framings) else f"Words: {names[0]} and {names[1]}"
    groups = [_group(code, measured) for code in codes]
    try:
        found = keyness(measured.workspace, *groups, counting=COUNTING)
    except InputError as error:
        return Marking(pd.DataFrame(columns=["word"]), names, title, codes, said=(str(error),))
    held = " Framings: asserted or hedged and held by the author." if set(codes) & set(framings) else ""
    return _marking(found, names, title=title, codes=codes, said=f"{_sizes(found.about, names)}{held}")


def _group(code: str, measured: Measured) -> str:
    """Return the sentences of a code, of the years and the category asked for, as a person would type them."""
    first, last = measured.asked.years
    terms = [f"code={code}"]
    if (first, last) != (None, None):
        terms.append(f"year={first or ''}..{last or ''}")
    if measured.asked.category is not None:
        terms.append(f"category={measured.asked.category}")
    return " & ".join(terms)


def _marking(found: Keyness, names: tuple[str, str], *, title: str, codes: Sequence[str] = (), said: str) -> Marking:
    """Return what charts take of a comparison."""
    from discourse.chart import Marking

    groups = found.about["groups"]
    table = found.table.assign(marks=found.table["marks"].map(dict(zip(groups, names, strict=True))))
    table = table.assign(private=table["word"].isin(found.private))
    return Marking(table, names, title, tuple(codes), AGAINST.join(groups), (said,))


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
    from discourse.chart import About
    from discourse.chart.word_cloud import draw_groups
    from discourse.export import export

    about = found.about
    first, second = about["groups"]
    left_out: dict[str, int] = {}
    for reasons in about["left_out"]:
        left_out = {reason: left_out.get(reason, 0) + reasons.get(reason, 0) for reason in (*left_out, *reasons)}
    said = About(
        corpus=" and ".join(about["corpora"]), n_posts=about["n_posts_counted"], n_sentences=about["n_sentences_counted"],
        span=about["span"], left_out=left_out, notices=tuple(about["notices"]),
    )  # fmt: skip
    marking = _marking(found, (first, second), title="The words of two groups", said=_sizes(about, (first, second)))
    return export(without_passport(draw_groups(marking, said, size=size)), name="keyness", folder=Path(out))


def _sizes(about: Mapping[str, Any], names: tuple[str, str]) -> str:
    sizes = [
        f"{name}: {n:,} sentences in {posts:,} posts" for name, n, posts in zip(names, about["n_sentences"], about["n_posts"], strict=True)
    ]
    both = f"; {about['n_sentences_in_both']:,} in both are in neither" if about["n_sentences_in_both"] else ""
    cues = "" if about["counting"].cues else " Words by which the tagger knew a code are not counted."
    return f"{'; '.join(sizes)}{both}.{cues}"
