"""Clean: raw posts become the tables `posts`, `notes` and `comments`, with nothing of their meaning moved.

The door is `clean`: corrections, regular text, note anchors, boilerplate, languages, folded categories, near-duplicates.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from discourse import tables
from discourse.clean.boilerplate import strip_boilerplate
from discourse.clean.categories import folded_names
from discourse.clean.corrections import Correction, apply, read_corrections
from discourse.clean.duplicates import duplicates
from discourse.clean.language import detect
from discourse.clean.summary import summarise
from discourse.clean.text import regular, take_anchors, tidy_line
from discourse.tables import RawPost

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["clean", "read_corrections", "summarise"]

ENDING = re.compile(r"(?:/index)?([.][a-z]{2}(?:-[a-z]{2,4})?)?[.][^./?#]+$")  # `a/index.de.md` is `a.de`
LISTS = ("authors", "editors", "translators", "tags")


def clean(
    posts: Sequence[RawPost],
    *,
    source: str,
    corrections: Sequence[Correction] = (),
    salt: str | None,
    licence: str | None = None,
    partial: bool = False,
) -> dict[str, pd.DataFrame]:
    """Return the tables `posts`, `notes` and `comments`, sorted by date.

    Parameters
    ----------
    posts : what a loader read; the records are changed in place.
    source : short name of the blog; the first part of every `post_id`.
    corrections : rows of the corpus's `corrections.csv`.
    salt : secret for commenters' pseudonyms; None keeps their names.
    licence : licence of posts that name none themselves.
    partial : only a part of the corpus was loaded, so corrections of other posts are no error.

    Raises
    ------
    CorrectionError : a correction matches nothing.
    """
    for post in posts:
        post.body, post.title = strip_boilerplate(regular(post.body)), tidy_line(post.title)
    ids = _ids(posts, source)
    apply(corrections, posts, ids, partial=partial)
    order = sorted(range(len(posts)), key=lambda i: (posts[i].published is None, str(posts[i].published), ids[i]))
    posts, ids = [posts[i] for i in order], [ids[i] for i in order]
    bodies = [take_anchors(post.body) for post in posts]
    repeats = duplicates([text for text, _ in bodies])
    folded = folded_names(name for post in posts for name in _tidied(post.categories))
    rows, notes, comments = [], [], []
    for post, name, (text, anchors), repeat in zip(posts, ids, bodies, repeats, strict=True):
        row = asdict(post) | {"post_id": name, "source": source, "text": text, "n_words": tables.count_words(text)}
        row |= {column: _tidied(row[column]) for column in LISTS}
        row |= _categories(post, folded) | {"language": post.language or detect(text), "licence": post.licence or licence}
        row["duplicate_of"] = None if repeat is None else ids[repeat]
        rows.append(row)
        notes += [n | {"post_id": name, "anchor": anchors.get(n["number"]), "text": tidy_line(n["text"])} for n in post.notes]
        comments += [_comment(post, k, salt) | {"post_id": name} for k in range(len(post.comments))]
    built = {"posts": rows, "notes": notes, "comments": comments}
    return {table: tables.build(table, content) for table, content in built.items()}


def _ids(posts: Sequence[RawPost], source: str) -> list[str]:
    """Return `source/path` of the post's address or else of its file, without its ending; `#title` where one file holds several posts."""
    shared = Counter(post.file for post in posts)
    ids: list[str] = []
    taken: set[str] = set()
    for post in posts:
        host, _, path = (post.address or "").partition("/")
        name = f"{source}/" + ENDING.sub(r"\1", path or host or post.file)
        if not post.address and shared[post.file] > 1:
            slug = re.sub(r"\W+", "-", post.title.casefold()).strip("-")[:60]
            name += f"#{post.published or 'undated'}-{slug}"
        while name in taken:
            name += "+"
        taken.add(name)
        ids.append(name)
    return ids


def _tidied(values: Sequence[str] | None) -> list[str]:
    return [tidied for value in values or [] if (tidied := tidy_line(value))]


def _categories(post: RawPost, folded: Mapping[str, str]) -> dict[str, Any]:
    if post.categories is None:
        return {"categories": None, "categories_raw": None}
    raw = _tidied(post.categories)
    return {"categories": list(dict.fromkeys(folded[name] for name in raw)), "categories_raw": raw}


def _comment(post: RawPost, k: int, salt: str | None) -> dict[str, Any]:
    comment = post.comments[k]
    name = tables.EMAIL.sub("", tidy_line(comment.author)).strip(" ()<>[],;:")
    if salt is not None:
        name = f"reader-{hashlib.sha256(f'{salt}:{name.casefold()}'.encode()).hexdigest()[:8]}"
    return {
        "n": k + 1,
        "parent": comment.reply_to,
        "author": name,
        "published": comment.published,
        "text": tables.EMAIL.sub("[e-mail]", regular(comment.text)),
    }
